"""What is measured is never what was learnt from."""

from __future__ import annotations

from app.insight import catalogue
from tools.quality import texts


def plain(text: str) -> str:
    """The letters and digits alone."""
    return "".join(c for c in text.casefold() if c.isalnum())


def test_no_measured_text_was_learnt_from() -> None:
    learnt = {plain(example.text) for example in catalogue.examples()}
    learnt |= {plain(one.text) for one in (*catalogue.danger_sounds(), *catalogue.moods())}
    fields = [one for number in (1, 2) for one in texts.field(number) if not one.is_noise]
    measured = [one.text for one in (*fields, *texts.feelings(), *texts.urgent(), *texts.bowling_green())]
    assert len(measured) > 2000
    assert [text for text in measured if plain(text) in learnt] == []


def test_a_field_concern_is_known_when_the_catalogue_has_it_or_one_that_is_the_same() -> None:
    known = {one.concern: one.known for one in texts.field(1, types={"lift_broken", "loose_dogs"})}
    assert {concern for concern, is_so in known.items() if is_so} == {"lift_broken", "x_loose_dogs"}
    assert known["x_passport_appointment"] is False
    assert known[None] is None


def test_every_field_concern_has_a_theme() -> None:
    said = texts.field(1)
    assert set(texts.themes(said)) == {one.concern for one in said if one.concern}
