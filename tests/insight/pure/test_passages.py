"""A text is cut into passages that each say one thing, and they can be found back in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.insight.passages import AT_MOST, split


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


@given(st.text(alphabet=st.sampled_from("ab .!?\n-…؟é😊1"), max_size=900))
def test_passages_cover_the_text_in_order(text: str) -> None:
    spans = split(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert end - start <= AT_MOST
        at = end
    assert not text[at:].strip()
