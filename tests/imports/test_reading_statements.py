"""Reading texts from any CSV: encodings, separators, quotes, and rows that cannot be used."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contributions.statements import (
    MOST_CHARACTERS,
    MOST_IN_ROW,
    Reason,
    Refused,
    Statement,
    UnusableFile,
    look_at,
    read,
)
from app.contributions.typed_text import cleaned, is_blank


def everything(path: Path, column: str = "text") -> list[Statement | Refused]:
    return list(read(path, look_at(path, column), lambda _bytes: None))


def texts(path: Path, column: str = "text") -> list[str]:
    found = everything(path, column)
    assert all(isinstance(row, Statement) for row in found), found
    return [row.text for row in found if isinstance(row, Statement)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "statements.csv"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"], ids=lambda name: name.replace("-", "_")
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_common_way_of_writing_a_file_reads_the_same(
    file: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    said = ["Één café, géén overlast; nooit meer", 'Hij zei "ja"\tmaar deed niets', "Eerste regel\nTweede regel"]
    writer.writerows([["id", "text", "date"], *([i, text, ""] for i, text in enumerate(said))])
    file.write_bytes(written.getvalue().encode(encoding))
    assert texts(file) == said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60), max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_writes_is_what_is_read(file: Path, said: list[str], delimiter: str, line_end: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerow(["number", "text"])
    writer.writerows(enumerate(said))
    file.write_bytes(written.getvalue().encode("utf-8"))
    found = everything(file)
    assert [row.text if isinstance(row, Statement) else row.reason for row in found] == [
        Reason.EMPTY if is_blank(cleaned(text)) else cleaned(text) for text in said
    ]


def test_a_line_number_is_where_the_row_begins(file: Path) -> None:
    file.write_text('text,n\n"one\ntwo\nthree",1\n\nfour,2\n,3\n', encoding="utf-8")
    assert [(row.line, isinstance(row, Statement)) for row in everything(file)] == [(2, True), (6, True), (7, False)]


def test_one_damaged_row_in_a_utf_8_file_is_one_refused_row(file: Path) -> None:
    file.write_bytes("text\ncafé\nbelébt ".encode() + b"\xe9\xff\n" + "überall grün\n".encode())
    assert everything(file) == [
        Statement(2, "café"),
        Refused(3, Reason.UNDECODABLE),
        Statement(4, "überall grün"),
    ]


def test_a_byte_that_windows_does_not_have_is_refused(file: Path) -> None:
    file.write_bytes("text\ncafé\n".encode("cp1252") + b"kapot \x81\n")
    assert everything(file) == [Statement(2, "café"), Refused(3, Reason.UNDECODABLE)]


def test_a_mark_that_cuts_a_letter_at_the_edge_of_a_chunk_is_still_utf_8(file: Path) -> None:
    file.write_bytes(b"text\n" + b"x" * ((1 << 20) - 6) + "é\ncafé\n".encode())
    assert look_at(file, "text").encoding == "utf-8"


def test_ten_megabytes_in_one_cell_is_one_refused_row_and_reading_goes_on(file: Path) -> None:
    huge = 'He said ""no"",\n' * 700_000
    assert len(huge) > 10_000_000
    file.write_text(f'id,text\n1,first\n2,"{huge}"\n3,last\n', encoding="utf-8")
    assert everything(file) == [
        Statement(2, "first"),
        Refused(3, Reason.ROW_TOO_LONG),
        Statement(700_004, "last"),
    ]


@pytest.mark.parametrize("quoted", ["", '"'], ids=["bare", "quoted"])
def test_ten_megabytes_on_one_line_is_one_refused_row_and_reading_goes_on(file: Path, quoted: str) -> None:
    file.write_text(f"id,text\n1,{quoted}{'x' * 10_000_000}{quoted}\n2,last\n", encoding="utf-8")
    assert everything(file) == [Refused(2, Reason.ROW_TOO_LONG), Statement(3, "last")]


@pytest.mark.parametrize("length", [MOST_CHARACTERS, MOST_CHARACTERS + 1, MOST_IN_ROW - 10, MOST_IN_ROW + 10])
def test_a_text_may_have_twenty_thousand_characters(file: Path, length: int) -> None:
    file.write_text(f"text\n{'x' * length}\nnext\n", encoding="utf-8")
    first, second = everything(file)
    if length <= MOST_CHARACTERS:
        assert first == Statement(2, "x" * length)
    else:
        assert first == Refused(2, Reason.TOO_LONG if length < MOST_IN_ROW else Reason.ROW_TOO_LONG)
    assert second == Statement(3, "next")


def test_a_quote_that_is_never_closed_is_told_and_keeps_nothing_in_memory(file: Path) -> None:
    file.write_text('text\nfirst\n"never closed\n' + "more and more\n" * 50_000, encoding="utf-8")
    assert everything(file) == [Statement(2, "first"), Refused(3, Reason.QUOTE_NOT_CLOSED)]


def test_rows_that_are_too_narrow_or_too_wide_are_refused(file: Path) -> None:
    file.write_text("id,text\n1\n2,fine\n3,I like trees, birds\n4,also fine,,\n", encoding="utf-8")
    assert everything(file) == [
        Refused(2, Reason.TOO_FEW_COLUMNS),
        Statement(3, "fine"),
        Refused(4, Reason.TOO_MANY_COLUMNS),
        Statement(5, "also fine"),
    ]


def test_a_single_column_without_quotes_may_have_commas(file: Path) -> None:
    file.write_text("text\nTrees, birds, and silence\nMore light, please\nLess noise\n", encoding="utf-8")
    assert texts(file) == ["Trees, birds, and silence", "More light, please", "Less noise"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        ("\u200b\u200d\ufeff", Reason.EMPTY),
        ("\u0301", Reason.EMPTY),
        ("x", "x"),
        ("😡👍🏽", "😡👍🏽"),
        ("دكان صغير قرب Station 12", "دكان صغير قرب Station 12"),
        ("'; DROP TABLE idea; --", "'; DROP TABLE idea; --"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("it\x92s fine \x85", "it’s fine …"),
        ("one\x0btwo", "one\ntwo"),
        ("before\x00after", Reason.UNDECODABLE),
    ],
)
def test_strange_texts_are_read_as_they_are_or_refused(file: Path, said: str, outcome: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["id", "text"], ["1", said], ["2", "the next"]])
    row, following = everything(file)
    assert (row.text if isinstance(row, Statement) else row.reason) == outcome
    assert following == Statement(following.line, "the next")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"id;body;date\n1;x;2\n", 'no column "text" in * The columns are: id, body, date.'),
        (b"text,text\na,b\n", 'More than one column is called "text"'),
        (b"PK\x03\x04\x14\x00\x06\x00", "is not a CSV file"),
    ],
)
def test_an_unusable_file_is_told_in_one_line(file: Path, content: bytes, says: str) -> None:
    file.write_bytes(content)
    with pytest.raises(UnusableFile) as problem:
        look_at(file, "text")
    first, _, second = says.partition(" * ")
    assert first in str(problem.value)
    assert second in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="cannot be read: No such file"):
        look_at(tmp_path / "nothing.csv", "text")


def test_the_file_is_read_to_its_last_byte(file: Path) -> None:
    file.write_text("text\n" + "één regel\n" * 2_000, encoding="utf-8")
    heard: list[int] = []
    assert len(list(read(file, look_at(file, "text"), heard.append))) == 2_000
    assert heard == sorted(heard)
    assert heard[-1] == file.stat().st_size


def test_blank_lines_above_the_heading_are_no_statement(tmp_path: Path) -> None:
    file = tmp_path / "blank.csv"
    file.write_text("\n\ntext\nDe lift is stuk\n", encoding="utf-8")
    shape = look_at(file, "text")
    assert [row.text for row in read(file, shape, lambda _at: None) if isinstance(row, Statement)] == [
        "De lift is stuk"
    ]
