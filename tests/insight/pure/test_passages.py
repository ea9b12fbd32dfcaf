"""A text is cut into passages that each say one thing, and they can be found back in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.language import LANGUAGES
from app.insight.passages import AT_MOST, split

WORDS = (
    *re.findall(
        r"\S+",
        """
        the lift is broken and I am scared but it rains because my mother says that in de tuin ligt ik ben en maar el
        المصعد معطل والشارع مظلم لا يوجد asansör bozuk ve yok winda nie działa a ліфт не працює і l'eau est et y der
        hay ist , ; . ! ؛ ، - … 12. [naam]
        """,
    ),
    "\n",
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def test_short_sentences_stay_together() -> None:
    assert parts("De lift is stuk. Al weken!") == ["De lift is stuk. Al weken!"]


def test_long_sentences_stand_alone() -> None:
    one = "De lift in onze flat is al drie weken stuk en mijn moeder van tachtig komt de deur niet meer uit."
    two = "Verder zou ik heel graag meer bomen in de straat willen, want het is er in de zomer veel te heet."
    assert parts(f"{one} {two}") == [one, two]


def test_each_line_and_list_item_stands_alone() -> None:
    assert parts("- hondenpoep\n- te weinig bomen\n\nen de lift") == [
        "- hondenpoep",
        "- te weinig bomen",
        "en de lift",
    ]


def test_an_abbreviation_or_a_number_is_no_end() -> None:
    text = (
        "Volgens dhr. Jansen en mevr. Bakker kost het in totaal wel 12.50 euro per maand, en dat bijv. voor de lift."
    )
    assert parts(text) == [text]


def test_other_scripts_have_ends_too() -> None:
    one = "المصعد معطل منذ ثلاثة أسابيع وأمي لا تستطيع النزول إلى الشارع أبداً، فمتى يتم إصلاحه يا ترى من فضلكم؟"
    assert parts(f"{one} والشارع مظلم جداً في الليل")[0] == one


def test_nothing_to_read_gives_nothing() -> None:
    assert split("") == split("  \n\t ") == []


def cover_in_order(text: str, spans: list[tuple[int, int]]) -> bool:
    """Nothing twice, nothing but white space left out, no white space around."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert end - start <= AT_MOST
        at = end
    return not text[at:].strip()


@given(st.text(alphabet=st.sampled_from("ab .!?\n-…؟é😊1"), max_size=900))
def test_passages_cover_the_text_in_order(text: str) -> None:
    assert cover_in_order(text, split(text))


said = st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join)


@given(said, st.sampled_from((*LANGUAGES, None)))
def test_passages_of_clauses_cover_the_text_in_order(text: str, language: str | None) -> None:
    assert cover_in_order(text, split(text, language))


@given(said, st.sampled_from((*LANGUAGES, None)))
def test_a_passage_cut_again_is_that_passage(text: str, language: str | None) -> None:
    for start, end in split(text, language):
        assert split(text[start:end], language) == [(0, end - start)]


@pytest.mark.parametrize(
    "piece", ["and the lift is broken ", "and ", "a,", "'", "wij zijn en de lift is ", ";", "وال"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_very_long_text_without_an_end_is_cut_all_the_same(piece: str, language: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert cover_in_order(text, split(text, language))
