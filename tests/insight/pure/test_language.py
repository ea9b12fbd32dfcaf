"""The language of a text: unknown rather than wrong."""

from __future__ import annotations

import pytest

from app.insight.language import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De lift is al weken stuk", "nl"),
        ("The elevator has been broken for weeks", "en"),
        ("المصعد معطل منذ أسابيع", "ar"),
        ("Asansör haftalardır bozuk", "tr"),
        ("Asansor haftalardir bozuk, cocuklar merdiven cikiyor", "tr"),
        ("Winda nie działa od tygodni", "pl"),
        ("Ліфт не працює вже кілька тижнів", "uk"),
        ("L'ascenseur est en panne depuis des semaines", "fr"),
        ("Der Aufzug ist seit Wochen kaputt", "de"),
    ],
)
def test_a_clear_text_is_known_with_or_against_a_hint(text: str, language: str) -> None:
    assert find_language(text) == language
    assert find_language(text, "nl") == language


@pytest.mark.parametrize("text", ["", "   ", "😊😊", "12345", "?!…", "\u200b"])
def test_without_letters_there_is_no_language(text: str) -> None:
    assert find_language(text) is None
    assert find_language(text, "nl") is None


def test_a_short_text_goes_by_the_hint() -> None:
    assert find_language("ok", "tr") == "tr"
    assert find_language("ok") is None


def test_a_hint_is_read_as_people_write_it() -> None:
    assert find_language("ok", " NL-nl ") == "nl"
    assert find_language("ok", "Nederlands") is None


def test_placeholders_are_not_read() -> None:
    assert find_language("[naam] [telefoon]", "ar") is None
