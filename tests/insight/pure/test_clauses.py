"""One sentence can hold two things: it is cut between them, and nowhere else."""

from __future__ import annotations

import pytest

from app.insight import default_encoder, read
from app.insight.clauses import clause_starts
from app.insight.language import LANGUAGES
from app.insight.passages import split
from app.insight.records import Statement
from tools.measure_clauses import labelled, score


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "the lift is broken", "and I am scared in the car park"),
        ("nl", "de lift is stuk", "en ik ben bang in de parkeergarage"),
        ("tr", "Asansör bozuk", "ve otoparkta çok korkuyorum"),
        ("ar", "المصعد معطل", "وأنا خائفة في موقف السيارات"),
        ("pl", "winda nie działa", "i boję się na parkingu podziemnym"),
        ("uk", "ліфт не працює", "і я боюся на підземній парковці"),
        ("fr", "l'ascenseur est en panne", "et j’ai peur dans le parking"),
        ("de", "der Aufzug ist kaputt", "und ich habe Angst im Parkhaus"),
        ("es", "el ascensor está roto", "y tengo miedo en el aparcamiento"),
        ("ar", "المِصعدُ مُعطَّلٌ", "وأنا خائفةٌ في موقف السيارات"),
        ("en", "The bins are always full;", "the library should open on Sundays"),
    ],
)
def test_two_things_in_one_sentence_are_two_passages(language: str, first: str, second: str) -> None:
    text = f"{first} {second}"
    assert [text[start:end] for start, end in split(text, language)] == [first, second]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the lift and the stairs are dirty"),
        ("en", "Jan and Piet have been a great help"),
        ("en", "It is not safe and not clean"),
        ("en", "I stay at home because the lift is broken and the stairs are dark"),
        ("en", "When the drains are blocked and the wind is wrong, the cellar is full of water"),
        ("en", "The lift is broken and it is always on the fourth floor"),
        ("en", "The lift is broken and my mother can't go down the steps"),
        ("en", "I think the hall and the stairs are too dirty"),
        ("nl", "De lift is stuk en moet snel gemaakt worden"),
        ("nl", "De gemeente zegt dat het geld op is en dat de bewoners moeten wachten"),
        ("nl", "De straat is donker, de lampen zijn kapot"),
        ("ar", "المصعد والدرج متسخان"),
        ("tr", "Asansör haftalardır bozuk ve kimse bir şey yapmıyor"),
    ],
)
def test_what_belongs_together_stays_together(language: str, text: str) -> None:
    assert clause_starts(text, language) == []


def test_a_comma_cuts_where_a_list_of_things_ends_with_a_connective() -> None:
    text = "Het plein is donker, de bus is te duur en er zijn geen speeltuinen"
    parts = [text[start:end] for start, end in split(text, "nl")]
    assert parts == ["Het plein is donker,", "de bus is te duur", "en er zijn geen speeltuinen"]


@pytest.mark.parametrize("language", [None, "ro"])
def test_in_a_language_that_is_not_known_nothing_is_cut(language: str | None) -> None:
    assert clause_starts("the lift is broken and I am scared in the car park", language) == []


def test_a_statement_is_read_as_two_passages_with_their_own_places() -> None:
    text = "The lift is broken and I am scared in the car park. Every night!"
    passages = read([Statement("1", text)], default_encoder()).passages
    assert [p.text for p in passages] == ["The lift is broken", "and I am scared in the car park. Every night!"]
    assert [text[p.start : p.end] for p in passages] == [p.text for p in passages]


def test_the_labelled_sentences_cover_every_language_and_most_stay_whole() -> None:
    rows = labelled()
    for half in ("tune", "test"):
        for language in LANGUAGES:
            own = [row for row in rows if (row.language, row.half) == (language, half)]
            whole = [row for row in own if not row.cuts]
            assert len(own) >= 10
            assert len(whole) * 2 > len(own)


@pytest.mark.parametrize("half", ["tune", "test"])
def test_a_cut_is_seldom_wrong_and_most_are_found(half: str) -> None:
    found = score([row for row in labelled() if row.half == half])
    assert found.precision >= 0.9
    assert found.recall >= 0.55
