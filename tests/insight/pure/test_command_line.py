"""`python -m app.insight`: one row a passage, every column kept, one clear line when the input is wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.insight.__main__ import ADDED, NOT_DETERMINED, main

ROOT = Path(__file__).resolve().parents[3]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(source: Path, out: Path, *more: str) -> int:
    return main([str(source), "--text-column", "text", "--out", str(out), *more])


def test_every_column_stays_and_each_passage_is_a_row(tmp_path: Path) -> None:
    source, out, concerns = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "concerns.json"
    source.write_text(
        "id,text,lang,note\n"
        '1,"De lift is al drie weken stuk, bel 0612345678",nl,=1+1\n'
        "2,The lift has been broken for three weeks now,en,b\n"
        "3,,nl,c\n"
        "4,😊,nl,d\n"
        '5,"- Ik wil bomen\n- Ik wil een bankje",nl,e\n',
        encoding="utf-8",
    )
    assert run(source, out, "--language-column", "lang", "--concerns", str(concerns)) == 0
    found = rows(out)
    assert list(found[0]) == ["id", "text", "lang", "note", *ADDED]
    assert [row["id"] for row in found] == ["1", "2", "3", "4", "5", "5"]
    assert [row["note"] for row in found] == ["=1+1", "b", "c", "d", "e", "e"]
    assert found[0]["text"].endswith("0612345678")
    assert found[0]["passage"].endswith("[telefoon]")
    assert found[0]["redacted"] == "phone"
    assert [row["language"] for row in found] == ["nl", "en", "", NOT_DETERMINED, "nl", "nl"]
    assert found[0]["concern"] == found[1]["concern"] == "c1"
    assert not any(found[2][name] for name in ADDED)
    assert [found[3][name] for name in ("theme", "kind", "feeling", "concern")] == [*[NOT_DETERMINED] * 3, ""]
    (told,) = json.loads(concerns.read_text(encoding="utf-8"))
    assert (told["id"], told["passages"], told["statements"]) == ("c1", 2, 2)
    assert {quote["language"] for quote in told["quotes"]} == {"nl", "en"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("text;id\nDe stoep is één bende;1\n".encode("cp1252"), "De stoep is één bende"),
        ("text,id\nDe stoep is één bende,1\n".encode("utf-8-sig"), "De stoep is één bende"),
        ("text\tid\r\nDe stoep is één bende\t1\r\n".encode("utf-16"), "De stoep is één bende"),
        (b"text,id\nDe prijs \x80 5 is \x81 hoog,1\n", "De prijs € 5 is hoog"),
    ],
)
def test_files_are_read_as_they_come(content: bytes, expected: str, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    assert run(source, out) == 0
    text = out.read_text(encoding="utf-8")
    (row,) = csv.DictReader(text.splitlines(), delimiter=next(c for c in ",;\t" if c in text.splitlines()[0]))
    assert " ".join(row["passage"].split()) == expected


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no file"),
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"id,words\n1,hallo\n", "id, words"),
        (b"text,text\na,b\n", "text"),
        (b"id,text\n1,goed\n2," + b"x" * 10_000_000 + b"\n", "line 3: a cell is longer than 1,000,000 characters"),
        (b"id,text\n1,goed\n2,a,b,c\n", "line 3: 4 cells, but the first line has 2"),
        (b"PK\x03\x04\x00\x00\x08\x00text", "CSV"),
        ("id,text\n1,één\n2,ça\n3,".encode() + b"\xff\xfe\n", "line 4: this is no text in utf-8"),
    ],
)
def test_wrong_input_is_told_in_one_line_with_status_two(
    content: bytes | None, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    if content is not None:
        source.write_bytes(content)
    assert run(source, out) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == (["in.csv"] if content is not None else [])


def test_a_missing_language_column_and_a_place_that_cannot_be_written_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("text\nhallo\n", encoding="utf-8")
    assert run(source, tmp_path / "out.csv", "--language-column", "lang") == 2
    assert '"lang"' in capsys.readouterr().err
    assert run(source, tmp_path / "no such folder" / "out.csv") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_text_that_is_too_long_is_cut_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"text\n{'a ' * 15_000}\n", encoding="utf-8")
    assert run(source, out) == 0
    assert "line 2: only the first 20,000 of 30,000 characters" in capsys.readouterr().err


def test_no_rows_give_no_rows(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,text\n", encoding="utf-8")
    assert run(source, out) == 0
    assert out.read_text(encoding="utf-8") == ",".join(["id", "text", *ADDED]) + "\n"


def test_it_needs_neither_flask_nor_a_database(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Blocker:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'flask', 'sqlalchemy', 'flask_sqlalchemy', 'huey', 'wtforms'}:\n"
        "            raise ImportError(name + ' is blocked')\n"
        "sys.meta_path.insert(0, Blocker())\n",
        encoding="utf-8",
    )
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\nDe lift is stuk\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    blocked = subprocess.run([sys.executable, "-c", "import flask"], env=environment, cwd=ROOT, capture_output=True)
    assert blocked.returncode != 0
    command = [sys.executable, "-m", "app.insight", str(source), "--text-column", "text", "--out", str(out)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(out)[0]["passage"] == "De lift is stuk"
