"""Every message is there in every language, with its placeholders and the plural forms that the language has."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from messages import extract  # noqa: E402

LANGUAGES = sorted(path.name for path in (ROOT / "translations").iterdir() if path.is_dir())
COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
# CLDR's cardinal plural rules: which of the language's forms each of COUNTS takes.
FORMS = {"nl": (1, 0, 1, 1, 1, 1, 1, 1), "en": (1, 0, 1, 1, 1, 1, 1, 1), "ar": (0, 1, 2, 3, 3, 4, 4, 5)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def path_of(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(path_of(language)))


def compiled(language: str) -> Translations:
    """The catalogue as gettext gets it, after compiling."""
    with path_of(language).open("rb") as source:
        messages = read_po(source, locale=language)
    binary = BytesIO()
    write_mo(binary, messages)
    binary.seek(0)
    return Translations(binary)


def test_the_three_first_languages_are_there() -> None:
    assert {"nl", "en", "ar"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated(language: str) -> None:
    wanted = {(entry.msgid, entry.msgid_plural) for entry in extract()}
    there = {(entry.msgid, entry.msgid_plural) for entry in catalogue(language) if not entry.obsolete}
    assert there == wanted, "run: make messages"
    unfinished = [entry.msgid for entry in catalogue(language) if not entry.translated() or entry.fuzzy]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    for entry in catalogue(language).translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        if not entry.msgid_plural:
            assert set(PLACEHOLDER.findall(entry.msgstr)) == wanted, entry.msgid
        for text in entry.msgstr_plural.values():
            # "two people" is a word of its own in Arabic, so a form may leave out the number, and only that.
            assert wanted - {"%(num)d", "%(num)s"} <= set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert "%" not in PLACEHOLDER.sub("", text.replace("%%", "")), f"a stray % in: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_the_right_ones(language: str) -> None:
    translations = compiled(language)
    plurals = [entry for entry in catalogue(language) if entry.msgid_plural]
    assert plurals
    for entry in plurals:
        forms = FORMS.get(language, ())
        assert len(entry.msgstr_plural) == (max(forms) + 1 if forms else len(entry.msgstr_plural))
        for count, form in zip(COUNTS, forms, strict=False):
            assert translations.ungettext(entry.msgid, entry.msgid_plural, count) == entry.msgstr_plural[form]


def test_large_numbers_in_arabic_follow_their_last_two_digits() -> None:
    translations = compiled("ar")
    entry = next(e for e in catalogue("ar") if e.msgid == "%(num)d person")
    for count, form in {103: 3, 111: 4, 200: 5, 1_002: 5, 1_010: 3, 1_099: 4}.items():
        assert translations.ungettext(entry.msgid, entry.msgid_plural, count) == entry.msgstr_plural[form]


def test_english_is_the_source_itself() -> None:
    for entry in catalogue("en"):
        if entry.msgid_plural:
            assert entry.msgstr_plural == {0: entry.msgid, 1: entry.msgid_plural}
        else:
            assert entry.msgstr == entry.msgid


def test_arabic_is_in_arabic_letters_and_dutch_says_u() -> None:
    for entry in catalogue("ar"):
        for text in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
            words = PLACEHOLDER.sub("", text)
            assert re.search(r"[\u0600-\u06ff]", words) or not re.search(r"[A-Za-z]", words), text
    for entry in catalogue("nl"):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert not re.search(r"\b(je|jij|jouw|jullie)\b", text, re.IGNORECASE), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_names_no_machine_and_no_tool(language: str) -> None:
    header = catalogue(language).metadata
    assert header["Language"] == language
    assert "Plural-Forms" in header
    assert not {"X-Generator", "Generated-By", "PO-Revision-Date", "Last-Translator"} & set(header)
