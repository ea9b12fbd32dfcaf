"""A survey file is read, or every problem in it is named with its line and what to do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config import ROOT
from app.surveys.definition import And, AnyOf, AtLeast, Is, Kind, Not, Or
from app.surveys.reading import read, read_file
from app.surveys.yaml_lines import MAX_BYTES
from tests.surveys.survey_files import CHAIN, HEAD, survey_from

HERE = "# here"


def test_a_good_file_becomes_pages_of_questions_with_their_conditions() -> None:
    survey = survey_from(CHAIN)
    assert [page.id for page in survey.pages] == ["home", "told", "after", "why_bad", "last"]
    assert [question.kind for question in survey.pages[0].questions] == [Kind.MULTIPLE, Kind.NUMBER]
    assert survey.by_id["told"].ask_if == AnyOf("broken", ("lift", "door"))
    assert survey.by_id["reply"].ask_if == Is("told", "yes_told")
    assert survey.by_id["story"].ask_if == Not(AtLeast("reply", 3))
    assert survey.by_id["broken"].options[2].alone
    assert (survey.by_id["people"].minimum, survey.by_id["people"].maximum) == (1, 20)


def test_conditions_can_be_built_from_conditions() -> None:
    condition = "{all: [{question: people, at_least: 2}, {any: [{question: broken, is: lift}]}]}"
    survey = survey_from(CHAIN.replace("{question: told, is: yes_told}", condition))
    assert survey.by_id["reply"].ask_if == And((AtLeast("people", 2), Or((Is("broken", "lift"),))))


TOLD_YES = "{question: told, is: yes_told}"


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        (
            "type: scale",
            f"type: stars {HERE}",
            "unknown question type `stars`",
            "single, multiple, scale, number, open",
        ),
        ("id: reply", f"id: told {HERE}", "the question `told` is there already, on line 27", "id of its own"),
        ("id: after", f"id: home {HERE}", "the page `home` is there already, on line 9", "id of its own"),
        ("id: door,", f"id: lift, {HERE}\n            ", "`lift` is there already, on line 16", "id of its own"),
        ("lift, door]}", f"lift, stairs]}} {HERE}", "`broken` has no option `stairs`", "lift, door, nothing"),
        (TOLD_YES, f"{{question: wish, is: x}} {HERE}", "`wish`, which is not on an earlier page", "a later page"),
        (TOLD_YES, f"{{question: reply, is: 3}} {HERE}", "`reply`, which is not on an earlier page", "a later page"),
        (TOLD_YES, f"{{question: nope, is: x}} {HERE}", "`nope`, but there is no such question", "correct the id"),
        (TOLD_YES, f"{{question: told, at_least: 2}} {HERE}", "`told`, which has type single", "`is` or `any_of`"),
        (TOLD_YES, f"{{question: told}} {HERE}", "needs one test", "`is`, `any_of`, `at_least`"),
        (TOLD_YES, f"{{question: told, is: yes_told, any_of: [x]}} {HERE}", "needs one test", "use one of"),
        (TOLD_YES, f"sometimes {HERE}", "not a condition", "for example"),
        (TOLD_YES, f"{{all: []}} {HERE}", "`all` has 0 items", "1 to 20"),
        (TOLD_YES, f"{{not: []}} {HERE}", "not a condition", "for example"),
        (TOLD_YES, f"{{question: people, at_least: 21}} {HERE}", "is `21`", "from 1 to 20"),
        ("at_least: 3}}", f"at_least: 6}}}} {HERE}", "is `6`", "from 1 to 5"),
        ("{en: Your home}", f"{{}} {HERE}", "no text in `en`", "add `en: …`"),
        ("{en: Your home}", f'{{en: "  "}} {HERE}', "no text in `en`", "with words in it"),
        ("{en: Your home}", f"{{en: ~}} {HERE}", "no text in `en`", "with words in it"),
        ("{en: Your home}", f"Your home {HERE}", "not a text for each language", "`en: …`"),
        ("{en: Your home}", f"{{en: [a, b]}} {HERE}", "not a single value", "one line"),
        ("{en: Your home}", f"{{en: Home, xx: Huis}} {HERE}", "unknown key `xx`", "only: en"),
        ("minutes: 2", f"minuts: 2 {HERE}", "unknown key `minuts`", "did you mean `minutes`?"),
        ("minutes: 2", f"minutes: two {HERE}", "`minutes` is `two`", "from 1 to 120"),
        ("minutes: 2", f"minutes: 2\nminutes: 3 {HERE}", "`minutes` is here twice, first on line 3", "keep one"),
        ("max: 20", f"max: 1 {HERE}", "`max` of question `people` is not more than `min`", "larger"),
        ("max: 20", f"max: 20\n        low: {{en: x}} {HERE}", "`low` does not belong to type number", "take it out"),
        ("survey: small", f"survey: My Survey {HERE}", "not usable as a name", "small letter"),
        ("[en]", f"[en, english] {HERE}", "`english` is not a language", "nl, en"),
        ("[en]", f"[en, en] {HERE}", "in the list twice", "keep one"),
        ("[en]", f"en {HERE}", "`languages` is not a list", "dash"),
        ("alone: true}", f"alone: maybe}} {HERE}", "`alone` is `maybe`", "true"),
        ("id: yes_told, ", f"id: yes_told, alone: true, {HERE}\n             ", "unknown key `alone`", "id, text"),
        ("is: yes_told}", f"is: *x}} {HERE}", "a reference (*x)", "in full"),
    ],
)
def test_each_problem_is_named_with_its_line_and_remedy(old: str, new: str, what: str, remedy: str) -> None:
    assert CHAIN.count(old) >= 1
    broken = CHAIN.replace(old, new, 1)
    reading = read(broken.encode(), "my.yaml")
    assert reading.survey is None
    found = [problem for problem in reading.problems if what in problem.what]
    assert found, [str(problem) for problem in reading.problems]
    assert HERE in broken.splitlines()[found[0].line - 1]
    assert remedy in found[0].remedy
    assert str(found[0]) == f"my.yaml:{found[0].line}: {found[0].what} — {found[0].remedy}"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("        type: number\n", "has no `type`"),
        ("        max: 20\n", "has type number but no `max`"),
        ("        low: {en: Very bad}\n", "has type scale but no `low`"),
        ("        text: {en: What went wrong?}\n", "has no `text`"),
        ("languages: [en]\n", "the survey has no `languages`"),
        ("title: {en: A small survey}\n", "the survey has no `title`"),
    ],
)
def test_what_is_missing_is_named(part: str, what: str) -> None:
    reading = read(CHAIN.replace(part, "", 1).encode(), "my.yaml")
    assert [problem for problem in reading.problems if what in problem.what], reading.problems


def test_one_mistake_does_not_hide_the_next() -> None:
    broken = (
        CHAIN.replace("type: scale", "type: stars").replace("{en: What went wrong?}", "{en: }").replace("max: 20", "")
    )
    whats = [problem.what for problem in read(broken.encode(), "my.yaml").problems]
    assert whats == [
        "question `people` has type number but no `max`",
        "unknown question type `stars`",
        "the text of question `story` has no text in `en`",
    ]


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = read(CHAIN.replace("{en:", "{nl:").encode(), "my.yaml").problems
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"just words", "the survey is not a mapping"),
        (b"- a\n- b\n", "the survey is not a mapping"),
        (b"a: [1, 2", "this is not YAML"),
        (b"a:\n\t- b", "this is not YAML"),
        (b"title: caf\xe9", "this is not UTF-8"),
        (b"title: \x00", "a character that YAML does not allow: U+0000"),
        (b"a: 1\n---\nb: 2\n", "a second document begins here"),
        (b"[" * 5000, "nested too deep"),
        (b"x" * (10 * 1024 * 1024), "too large for a survey"),
        (b"a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]", "a reference (*a)"),
    ],
)
def test_a_file_that_is_no_survey_at_all_gets_one_clear_line(source: bytes, what: str) -> None:
    reading = read(source, "my.yaml")
    assert reading.survey is None
    assert what in reading.problems[0].what


def test_a_file_of_ten_megabytes_is_not_even_read_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a" * 10 * 1024 * 1024)
    source, reading = read_file(path)
    assert len(source) == MAX_BYTES + 1
    assert "too large" in reading.problems[0].what


def test_a_file_that_is_not_there_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    _source, reading = read_file(tmp_path / "gone.yaml")
    assert "cannot be read" in reading.problems[0].what
    _source, reading = read_file(tmp_path)
    assert "cannot be read" in reading.problems[0].what


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + CHAIN.encode(), "my.yaml").survey == survey_from(CHAIN)


def test_words_that_yaml_could_take_for_something_else_stay_words() -> None:
    survey = survey_from(CHAIN.replace("{en: Your home}", "{en: 2026-11-25}").replace("{en: Told}", "{en: true}"))
    assert [page.title.get("en") for page in survey.pages[:2]] == ["2026-11-25", "true"]


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_file_never_makes_it_crash(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(CHAIN)))
    end = data.draw(st.integers(start, min(len(CHAIN), start + 60)))
    junk = data.draw(st.text(alphabet="ab:-[]{}&*!|>#'\"% \n\t,?é\u2028", max_size=20))
    reading = read((CHAIN[:start] + junk + CHAIN[end:]).encode(), "my.yaml")
    assert (reading.survey is None) == bool(reading.problems)


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_never_make_it_crash(source: bytes) -> None:
    assert read(source, "my.yaml").problems


def test_a_survey_needs_at_least_one_page() -> None:
    assert "`pages` has 0 items" in read((HEAD + "  []\n").encode(), "my.yaml").problems[0].what


@pytest.mark.parametrize("path", sorted(Path(ROOT, "surveys").glob("*.yaml")), ids=lambda path: path.name)
def test_every_survey_that_comes_with_wijkstem_is_right(path: Path) -> None:
    _source, reading = read_file(path)
    assert not reading.problems


def test_the_liveability_survey_has_every_type_and_a_chain_of_three() -> None:
    _source, reading = read_file(Path(ROOT, "surveys", "liveability.yaml"))
    assert reading.survey is not None
    survey = reading.survey
    assert {question.kind for question in survey.questions} == set(Kind)
    assert survey.languages == ("nl", "en", "ar")
    depth: dict[str, int] = {}
    for question in survey.questions:
        condition = question.ask_if
        parent = condition.question if isinstance(condition, Is | AnyOf | AtLeast) else None
        depth[question.id] = depth[parent] + 1 if parent else 0
    assert max(depth.values()) == 3
