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


ARABIC_IN_LATIN_LETTERS = [
    "salam, lmosad khasser f lbatima",
    "khoya lbatima mwesskha bzzaf",
    "kifash ndir bach nel9a khdma",
    "hayda l7ay mesh nadif",
    "el share3 da dalma awi",
]


@pytest.mark.parametrize("text", ARABIC_IN_LATIN_LETTERS)
@pytest.mark.parametrize("hint", [None, "nl"])
def test_arabic_in_latin_letters_is_not_taken_for_another_language(text: str, hint: str | None) -> None:
    assert find_language(text, hint) is None


@pytest.mark.parametrize(
    "text",
    [
        "de lift is broken and ik kan niet upstairs",
        "wallah lift khreb men zman",
        "xkcd qwrty plmk",
        "AAAA",
        "bus",
        "lift",
        "parking",
        "tram 12",
        "hallo",
        "ok bedankt",
    ],
)
def test_a_mixed_a_meaningless_and_a_very_short_text_are_unknown(text: str) -> None:
    assert find_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("straatverlichtng dot t nie", "nl"),
        ("de lft is alweer stukk", "nl"),
        ("teh elevater is brokn agian", "en"),
        ("kira cok pahali odeyemiyoruz", "tr"),
        ("winda niedziala od tygodnia", "pl"),
        ("lascenseur et toujour en pane", "fr"),
        ("المصعد معتل من اسبوع", "ar"),
    ],
)
def test_a_misspelt_text_is_known_or_unknown_and_not_another(text: str, language: str) -> None:
    assert find_language(text) in (language, None)
    assert find_language(text, language) == language


@pytest.mark.parametrize(
    "text",
    [
        "На улице темно и мы боимся выходить",
        "آسانسور خراب است و کسی کاری نمی‌کند",
        "Dobrý den, výtah nefunguje už týden",
        "Strada este foarte întunecată și murdară și țevile curg, mulțumesc",
    ],
)
def test_letters_of_another_language_make_it_unknown(text: str) -> None:
    assert find_language(text) is None
    assert find_language(text, "nl") is None


def test_a_name_from_elsewhere_changes_no_language() -> None:
    assert find_language("Mevrouw Kovačević van de bibliotheek heeft ons goed geholpen") == "nl"
