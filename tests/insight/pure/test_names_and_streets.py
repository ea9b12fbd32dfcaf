"""A person who lives in a street is a person; a street that is named after someone is a street."""

from __future__ import annotations

import pytest

from app.insight import redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Mw. Jansen uit de Reigerflat kon niet", "Mw. [naam] uit de Reigerflat kon niet"),
        ("Mevrouw De Vries op de Vaartkade is 80", "Mevrouw [naam] op de Vaartkade is 80"),
        ("Dhr. Yilmaz uit de Spoorstraat belde", "Dhr. [naam] uit de Spoorstraat belde"),
        ("Dat zei meneer Jan van der Berg uit de Lindenlaan", "Dat zei meneer [naam] uit de Lindenlaan"),
        ("Ik sprak Fatima bij de Houten Brug", "Ik sprak [naam] bij de Houten Brug"),
        ("Ik sprak Ahmed Yilmaz aan de Kade", "Ik sprak [naam] aan de Kade"),
    ],
)
def test_a_name_before_a_street_is_taken_out_and_the_street_stays(text: str, redacted: str) -> None:
    assert redact(text, "nl").text == redacted


@pytest.mark.parametrize(
    "text",
    ["Ik woon in de Jan van Galenstraat", "De Willem de Zwijgerlaan is druk", "Op de Piet Heinkade waait het"],
)
def test_a_street_named_after_someone_stays(text: str) -> None:
    assert redact(text, "nl").text == text
