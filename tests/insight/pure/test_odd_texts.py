"""Texts that break things elsewhere: they are read, kept as they are, and make no concerns of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.insight import Analysis, Encoder, Statement, analyse, read
from app.insight.joining import AT_MOST

Analysed = Callable[[Sequence[str]], Analysis]

ODD = {
    "empty": "",
    "space": " \n\t ",
    "one letter": "x",
    "emoji": "😊🎉",
    "zero width": "\u200b\u200d\ufeff",
    "directions": "lift \u202eكسر المصعد\u202c is stuk שלום",
    "sql": "'; DROP TABLE passage; --",
    "html": "<script>alert(1)</script><b>lift</b>",
    "half a character": "lift \ud83d stuk",
    "control": "lift\x00\x07 stuk",
    "formula": '=HYPERLINK("http://x","y")',
    "accents alone": "\u0301\u0301",
    "numbers": "12345 67890",
}


def test_odd_texts_are_read_and_nothing_is_invented(analysed: Analysed) -> None:
    names = list(ODD)
    analysis = analysed(list(ODD.values()))
    by_name = {name: [p for p in analysis.passages if p.statement_id == str(i)] for i, name in enumerate(names)}
    assert not by_name["empty"]
    assert not by_name["space"]
    for name in ("emoji", "numbers"):
        (only,) = by_name[name]
        assert (only.language, only.theme, only.kind, only.feeling, only.concern_id) == (None,) * 5
    assert by_name["sql"][0].text == ODD["sql"]
    assert by_name["html"][0].text == ODD["html"]
    assert by_name["control"][0].text == "lift stuk"


def test_twenty_thousand_characters_are_read_whole(encoder: Encoder) -> None:
    sentence = "De lift is stuk en de trap is vies en niemand doet er wat aan, al weken niet. "
    text = (sentence * 300)[:20_000]
    passages = read([Statement("1", text)], encoder).passages
    assert passages[-1].end == len(text.rstrip())
    assert max(p.end - p.start for p in passages) <= AT_MOST


@pytest.mark.parametrize("count", [0, 1])
def test_few_statements_make_no_concern(count: int, encoder: Encoder) -> None:
    analysis = analyse([Statement("1", "De lift is stuk")][:count], encoder)
    assert (len(analysis.passages), analysis.concerns) == (count, ())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_offsets_give_back_the_passage_for_any_text(texts: list[str]) -> None:
    from app.insight import default_encoder

    analysis = read([Statement(str(i), text) for i, text in enumerate(texts)], default_encoder())
    for passage in analysis.passages:
        assert analysis.redacted[passage.statement_id].text[passage.start : passage.end] == passage.text
