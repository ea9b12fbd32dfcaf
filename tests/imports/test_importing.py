"""`flask import statements`: into the stream once, whatever happens on the way."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.contributions.importing import Outcome, import_statements
from app.contributions.models import Contribution, ContributionOriginal, Source
from app.contributions.statements import look_at
from app.places.models import Neighbourhood

Run = Callable[..., Result]
COMMENTS = Path(__file__).parent.parent / "data" / "bowling-green" / "comments.csv"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "statements.csv"


@pytest.fixture
def run(app: Flask, neighbourhood: Neighbourhood, session: Any) -> Run:
    def go(path: Path, *options: str, code: str = neighbourhood.code, column: str = "text") -> Result:
        session.commit()
        arguments = ["import", "statements", str(path), "--neighbourhood", code, "--text-column", column, *options]
        return app.test_cli_runner().invoke(args=arguments)

    return go


def stored(session: Any) -> Counter[str]:
    session.rollback()
    return Counter(session.scalars(select(ContributionOriginal.text).join(ContributionOriginal.contribution)))


def write(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["text"], *([text] for text in texts)])


def test_a_file_comes_into_the_stream_and_waits_for_analysis(
    run: Run, file: Path, session: Any, neighbourhood: Neighbourhood
) -> None:
    write(file, ["De lift is stuk", "Meer groen", "Meer groen", "مزيد من الأشجار"])
    result = run(file)
    assert result.exit_code == 0, result.output
    assert "4 texts added, 0 were there already." in result.output
    assert "4 texts of Waterkwartier wait for analysis" in result.output
    assert "flask insight analyse" in result.output
    assert stored(session) == {"De lift is stuk": 1, "Meer groen": 2, "مزيد من الأشجار": 1}
    for contribution in session.scalars(select(Contribution)):
        assert contribution.source is Source.IMPORT
        assert contribution.neighbourhood_id == neighbourhood.id
        assert (contribution.language, contribution.analysed_at, contribution.resident_id) == (None, None, None)


def test_the_language_of_a_file_can_be_told(run: Run, file: Path, session: Any) -> None:
    write(file, ["Meer groen"])
    assert run(file, "--language", "nl").exit_code == 0
    assert session.scalars(select(Contribution.language)).all() == ["nl"]


def test_running_twice_adds_nothing(run: Run, file: Path, session: Any) -> None:
    write(file, ["one", "two", "two", "three"])
    run(file)
    result = run(file)
    assert "0 texts added, 4 were there already." in result.output
    assert stored(session) == {"one": 1, "two": 2, "three": 1}


def test_a_file_that_grew_adds_what_is_new(run: Run, file: Path, session: Any) -> None:
    write(file, ["one", "two"])
    run(file)
    write(file, ["zero", "two", "one", "two"])
    assert "2 texts added, 2 were there already." in run(file).output
    assert stored(session) == {"zero": 1, "one": 1, "two": 2}


def test_the_same_words_elsewhere_or_in_another_collection_count_again(
    run: Run, file: Path, session: Any, other_neighbourhood: Neighbourhood
) -> None:
    write(file, ["Meer groen"])
    run(file)
    run(file, "--collection", "survey 2025")
    run(file, code=other_neighbourhood.code)
    assert stored(session) == {"Meer groen": 3}


def test_what_was_withdrawn_does_not_come_back(run: Run, file: Path, session: Any) -> None:
    from app.contributions.service import withdraw

    write(file, ["one", "two"])
    run(file)
    mine = session.scalar(select(Contribution).join(Contribution.original).where(ContributionOriginal.text == "one"))
    withdraw(mine)
    session.commit()
    assert "0 texts added" in run(file).output
    assert stored(session) == {"two": 1}


def test_the_key_of_a_statement_does_not_give_its_words_away(run: Run, file: Path, session: Any) -> None:
    import hashlib

    write(file, ["one"])
    run(file)
    (key,) = session.scalars(select(Contribution.source_key))
    assert hashlib.sha256(b"one").hexdigest() not in key


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=30), st.integers(0, 30))
def test_interrupted_anywhere_and_run_again_nothing_is_lost_or_doubled(
    run: Run, file: Path, session: Any, texts: list[str], stored_before: int
) -> None:
    session.execute(delete(ContributionOriginal))
    session.execute(delete(Contribution))
    write(file, texts[:stored_before])
    run(file)  # what an interrupted run leaves behind is the beginning of the file
    write(file, texts)
    assert run(file).exit_code == 0
    assert stored(session) == Counter(texts)


def test_an_interruption_keeps_whole_batches_and_the_next_run_goes_on(
    app: Flask, run: Run, file: Path, session: Any, neighbourhood: Neighbourhood
) -> None:
    texts = [f"text {i % 1_700}" for i in range(2_500)]
    write(file, texts)

    def stop(outcome: Outcome, _at_byte: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_statements(file, look_at(file, "text"), neighbourhood_id=neighbourhood.id, on_batch=stop)
    assert sum(stored(session).values()) == 1_000
    result = run(file)
    assert "1,500 texts added, 1,000 were there already." in result.output
    assert stored(session) == Counter(texts)


def test_the_report_says_which_rows_were_refused_and_why(run: Run, file: Path, tmp_path: Path, session: Any) -> None:
    file.write_bytes(
        b"id,text\n1,good\n2,\n3\n4,\xe2\x82\xac \xc3\xa9\xc3\xa9\n5,bad \xff\n6," + b"x" * 20_001 + b"\n"
    )
    report = tmp_path / "refused.csv"
    result = run(file, "--report", str(report))
    assert result.exit_code == 0
    assert "1 refused: empty" in result.output
    assert str(report) in result.output
    with report.open(encoding="utf-8", newline="") as written:
        assert list(csv.reader(written)) == [
            ["line", "reason"],
            ["3", "empty"],
            ["4", "fewer columns than the first line"],
            ["6", "bytes that are no text in this encoding"],
            ["7", "longer than 20,000 characters"],
        ]
    assert stored(session) == {"good": 1, "€ éé": 1}


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (None, (), "cannot be read: No such file"),
        (b"", (), "is empty"),
        (b"id;body\n1;x\n", (), 'There is no column "text" in'),
        (b"text\nx\n", ("--language", "dutch?"), '"dutch?" is no language'),
        (b"text\nx\n", ("--neighbourhood", "WK000000"), "There is no neighbourhood WK000000. There are: WK034401."),
        (b"text\nx\n", ("--report", "/nowhere/at/all.csv"), "cannot be written"),
    ],
)
def test_wrong_input_is_told_in_one_line_and_changes_nothing(
    run: Run, file: Path, session: Any, content: bytes | None, options: tuple[str, ...], says: str
) -> None:
    if content is not None:
        file.write_bytes(content)
    result = run(file, *options)
    assert result.exit_code == 2
    (line,) = [line for line in result.output.splitlines() if not line.startswith("Reading")]
    assert says in line
    assert session.scalar(select(func.count()).select_from(Contribution)) == 0


def test_the_report_does_not_overwrite_the_file(run: Run, file: Path) -> None:
    write(file, ["one"])
    before = file.read_bytes()
    assert run(file, "--report", str(file)).exit_code == 2
    assert file.read_bytes() == before


def test_real_statements_of_a_town_come_in_whole(run: Run, session: Any) -> None:
    result = run(COMMENTS, column="comment-body")
    assert result.exit_code == 0, result.output
    with COMMENTS.open(encoding="utf-8", newline="") as file:
        expected = Counter(row["comment-body"].strip() for row in csv.DictReader(file))
    assert stored(session) == expected
    assert sum(expected.values()) == 896
