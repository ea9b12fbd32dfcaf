"""Themes, kinds, feelings, urgency and titles: said when known, not determined when not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from app.insight import FEELINGS, KINDS, Analysis, Encoder, catalogue, learnt_for, nearest, vector_of
from app.insight.learnt import NotLearnt
from app.insight.textblob_parts import blobber

Analysed = Callable[[Sequence[str]], Analysis]


def test_clear_words_get_their_theme_kind_and_feeling(analysed: Analysed) -> None:
    analysis = analysed(
        [
            "De lift is al weken stuk en de verhuurder doet er niets aan, schandalig",
            "Thank you so much to the caretaker, he fixed everything in one day!",
            "Kan de gemeente meer bomen planten in onze straat?",
        ]
    )
    broken, thanks, trees = analysis.passages
    assert (broken.kind, broken.feeling) == ("complaint", "negative")
    assert (thanks.kind, thanks.feeling) == ("praise", "positive")
    assert trees.theme == "public_space"
    assert trees.feeling != "negative"


def test_only_known_ids_are_given(encoder: Encoder) -> None:
    learnt = learnt_for(encoder)
    assert set(learnt.kind.labels) == set(KINDS)
    assert set(learnt.feeling.labels) == set(FEELINGS)


def test_shares_are_probabilities(encoder: Encoder) -> None:
    learnt = learnt_for(encoder)
    shares = learnt.types.shares(encoder.encode(["lift", "bomen"]))
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert (shares >= 0).all()


@pytest.mark.parametrize(
    "text",
    [
        "Ik wil niet meer leven",
        "Hij slaat haar elke avond, ik hoor het door de muur",
        "I smell gas in the stairwell and nobody answers the phone",
        "My neighbour says he will kill his wife",
        "زوجي يضربني وأنا خائفة",
        "Kocam beni dövüyor, çok korkuyorum",
        "Mąż mnie bije, boję się",
        "Er staat nu een scooter in brand bij de flat",
    ],
)
def test_danger_is_urgent_in_every_language(text: str, analysed: Analysed) -> None:
    assert any(passage.urgent for passage in analysed([text]).passages)


@pytest.mark.parametrize(
    "text", ["De lift is stuk", "Meer bomen graag", "The bus is late again", "Teşekkürler, çok güzel bir park"]
)
def test_ordinary_trouble_is_not_urgent(text: str, analysed: Analysed) -> None:
    assert not any(passage.urgent for passage in analysed([text]).passages)


def test_shared_words_make_a_title_and_so_does_a_short_passage(analysed: Analysed) -> None:
    skating = [
        "Bowling needs an ice rink",
        "An ice rink for our children would be great",
        "We want an ice rink, please",
        "Build an ice rink near the river",
    ]
    (concern,) = analysed(skating).concerns
    assert concern.title == "Ice rink"
    assert (concern.title_language, dict(concern.titles)) == ("en", {"en": "Ice rink"})


def test_is_this_said_already_works_across_languages(encoder: Encoder) -> None:
    said = ["Zet meer bankjes in het park", "Er moet een zebrapad bij de school komen", "Ik wil een moestuin"]
    candidates = np.stack([vector_of(text, "nl") for text in said])
    found = nearest(vector_of("Please put more benches in the park", "en"), candidates)
    assert found[0][0] == 0
    assert found == sorted(found, key=lambda pair: -pair[1])
    assert nearest(vector_of("Waarom is de kerkklok zo laat?"), candidates) == []
    assert nearest(candidates[0], np.empty((0, encoder.dimensions), np.float32)) == []


def test_nothing_is_guessed_for_an_encoder_that_nothing_was_learnt_for() -> None:
    class Other:
        name = "other"
        dimensions = 2

        def encode(self, texts: list[str]) -> np.ndarray:
            return np.ones((len(texts), 2), np.float32)

    with pytest.raises(NotLearnt, match="train_insight"):
        learnt_for(Other())


def test_textblob_speaks_with_our_parts() -> None:
    make = blobber()
    assert make("The lift is broken again and nobody helps us.").sentiment.polarity < 0
    assert make("Bedankt voor het nieuwe park, echt prachtig!").sentiment.polarity > 0
    assert list(make("The lift doesn't work.").words) == ["The", "lift", "doesn't", "work"]
    assert list(make("Asansör bozuk!").tokens) == ["Asansör", "bozuk"]


def test_what_was_learnt_belongs_to_the_catalogue_of_today(encoder: Encoder) -> None:
    learnt = learnt_for(encoder)
    assert learnt.types.labels == tuple(sorted(catalogue.types()))
    assert set(learnt.means) == {"*", *(example.language for example in catalogue.examples())}
    assert catalogue.urgency().types <= set(learnt.types.labels)
