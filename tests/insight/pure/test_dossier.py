"""What leaves the screen about a concern."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.insight.dossier import Said, dossier


def said(person: str, text: str = "words", **more: object) -> Said:
    fields = {"language": "nl", "source": "idea", "month": "2026-11", "kind": None, "feeling": None, "theme": None}
    return Said(person=person, text=text, is_read=True, **{**fields, **more})  # type: ignore[arg-type]


def test_a_source_that_few_share_is_not_named_and_neither_is_the_one_that_would_tell() -> None:
    many = [said(str(n), f"idea {n}") for n in range(9)]
    made = dossier([*many, said("x", "a note", source="note")], 5)
    assert {one.source for one in made.said} == {None}
    made = dossier([*many, *(said(f"s{n}", "an answer", source="survey_answer") for n in range(5))], 5)
    assert {one.source for one in made.said} == {"idea", "survey_answer"}


def test_one_person_with_many_texts_is_no_group() -> None:
    made = dossier([said("same", f"text {n}", month="2026-10") for n in range(8)], 5)
    assert {one.month for one in made.said} == {None}


def test_urgent_texts_stay_behind() -> None:
    made = dossier([said("a", "ordinary"), said("b", "danger", is_urgent=True)], 5)
    assert ([one.text for one in made.said], made.left_out) == (["ordinary"], 1)


def test_the_language_stays_with_the_text() -> None:
    assert dossier([said("a", language="tr")], 5).said[0].language == "tr"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 8), st.text(max_size=4), st.sampled_from(["idea", "note", "comment"]), st.booleans()
        ),
        max_size=40,
    )
)
def test_whatever_is_said_no_small_group_is_named_and_nobody_is_linked(rows: list) -> None:
    everyone = [
        Said(str(who), text, "nl", source, "2026-11", None, None, None, True, urgent)
        for who, text, source, urgent in rows
    ]
    made = dossier(everyone, 5)
    assert len(made.said) + made.left_out == len(rows)
    assert all(one.person == "" for one in made.said)
    for source in {one.source for one in made.said} - {None}:
        people = {one.person for one in everyone if one.source == source and not one.is_urgent}
        assert len(people) >= 5
    texts = [one.text.casefold() for one in made.said]
    assert texts == sorted(texts)
