"""Text in several languages."""

from app.common.localized import LocalizedText, Shown


def test_an_empty_translation_is_a_missing_one() -> None:
    text = LocalizedText({"nl": "De lift", "ar": "  ", "en": None})
    assert text.missing(("nl", "en", "ar")) == ("en", "ar")
    assert text.shown("ar") == Shown("De lift", "nl", True)


def test_a_reader_gets_their_own_language_without_a_word_about_it() -> None:
    assert LocalizedText({"nl": "De lift", "ar": "المصعد"}).shown("ar") == Shown("المصعد", "ar", False)


def test_without_dutch_and_english_any_language_is_better_than_nothing() -> None:
    assert LocalizedText({"tr": "Asansör"}).shown("ar") == Shown("Asansör", "tr", True)
    assert LocalizedText({}).shown("nl").text == ""
