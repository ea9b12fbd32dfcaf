"""Which type of the catalogue a passage is about: by its meaning, by its wording, and by what others there say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.naive_bayes import ComplementNB

from app.insight import Analysis, Encoder, Vectors, learnt_for
from app.insight.recognition import FEW, SPREAD_OUT, Recognised, among_others, recognise
from app.insight.type_wording import TypeWording
from app.insight.wording import Wording

Analysed = Callable[[Sequence[str]], Analysis]

SAID = (
    "de lift staat alweer stil op de begane grond",
    "the lift is stuck between two floors",
    "ratten bij de containers",
    "rats run under the bins at night",
    "ratten in de tuin, elke avond",
)
TYPES = ("lift", "lift", "rats", "rats", "rats")


@st.composite
def probabilities(draw: st.DrawFn) -> Vectors:
    rows, types = draw(st.integers(1, 12)), draw(st.integers(2, 6))
    seed = draw(st.integers(0, 2**32 - 1))
    return np.random.default_rng(seed).dirichlet(np.full(types, 0.4), rows).astype(np.float32)


@given(probabilities())
def test_what_many_speak_of_is_found_as_the_paper_describes_it(shares: Vectors) -> None:
    rows, types = shares.shape
    common = [1 / types] * types
    likely = shares.astype(float)
    for _ in range(30):
        for i in range(rows):
            weighed = [float(shares[i, j]) * common[j] / (1 / types) for j in range(types)]
            likely[i] = [value / sum(weighed) for value in weighed]
        common = [
            (sum(likely[i, j] for i in range(rows)) + SPREAD_OUT) / (rows + SPREAD_OUT * types) for j in range(types)
        ]
    found = among_others(shares)
    assert np.allclose(found, likely, atol=1e-4)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


@given(probabilities(), st.randoms())
def test_the_order_of_the_passages_makes_no_difference(shares: Vectors, random: object) -> None:
    order = list(range(len(shares)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert np.allclose(among_others(shares[order]), among_others(shares)[order], atol=1e-6)


def test_a_doubtful_passage_is_taken_for_what_its_neighbours_speak_of() -> None:
    sure = np.tile(np.array([0.9, 0.05, 0.05], np.float32), (30, 1))
    doubtful = np.array([[0.4, 0.45, 0.15]], np.float32)
    alone, among = among_others(doubtful)[0], among_others(np.concatenate([sure, doubtful]))[-1]
    assert alone.argmax() == 1
    assert among.argmax() == 0


def test_the_catalogue_counts_for_less_where_people_do_not_use_its_words() -> None:
    shares = np.tile(np.array([0.9, 0.1], np.float32), (10 * FEW, 1))
    fits, does_not, hardly = (
        Recognised(shares, np.full(len(shares), fit, np.float32)).here() for fit in (0.8, 0.5, 0.1)
    )
    assert np.linalg.norm(fits[0]) > 0.9
    assert np.linalg.norm(fits[0]) > 2 * np.linalg.norm(does_not[0]) > 4 * np.linalg.norm(hardly[0])


def test_wording_is_scored_as_complement_naive_bayes_does() -> None:
    asked = ["de lift is stuk", "there are rats", "ratten!"]
    said = Wording(SAID, [None] * len(SAID))
    oracle = ComplementNB(alpha=0.3).fit(said.rows, TYPES)
    theirs = oracle.predict_joint_log_proba(Wording(asked, [None] * len(asked), weighed_by=said).rows)
    theirs = theirs - theirs.mean(axis=1, keepdims=True)
    ours = TypeWording(SAID, TYPES).scores(asked)
    assert np.allclose(ours, theirs / theirs.std(axis=1, keepdims=True), atol=1e-3)
    assert [int(row.argmax()) for row in ours] == [0, 1, 1]


def test_a_text_without_words_speaks_for_no_type() -> None:
    assert not TypeWording(SAID, TYPES).scores([""]).any()


@pytest.mark.parametrize(
    ("text", "type_id"),
    [
        ("Al drie weken doet de lift het niet, ik kom met mijn rollator niet naar buiten", "lift_broken"),
        ("The lift has been out of order since Monday", "lift_broken"),
        ("Asansör yine bozuk, beşinci kata yürüyerek çıkıyorum", "lift_broken"),
        ("المصعد معطل من أسبوعين", "lift_broken"),
        ("Winda znowu nie działa", "lift_broken"),
        ("Ліфт знову не працює", "lift_broken"),
        ("Overal hondenpoep op de stoep", "dog_mess"),
        ("Schimmel op de muur van de slaapkamer", "mould_damp"),
    ],
)
def test_a_known_concern_is_recognised_in_every_language(
    text: str, type_id: str, encoder: Encoder, analysed: Analysed
) -> None:
    learnt = learnt_for(encoder)
    passage = analysed([text]).passages[0]
    shares = recognise(passage.vector[None], [passage.text], learnt).shares[0]
    assert learnt.types.labels[int(shares.argmax())] == type_id
    assert shares.sum() == pytest.approx(1, abs=1e-4)


def test_people_who_say_it_differently_are_one_concern(analysed: Analysed) -> None:
    said = [
        "De lift ligt er alweer uit",
        "Asansör bozuk, merdivenleri çıkamıyorum",
        "المصعد معطل ووالدتي محبوسة بالبيت",
        "The elevator broke down again, eight floors on foot",
        "Hondenpoep in het gras waar kinderen spelen",
        "Dog poo on every corner, nobody picks it up",
    ]
    concerns = analysed(said).concerns
    members = sorted(sorted(int(i) for i in concern.passages) for concern in concerns)
    assert members == [[0, 1, 2, 3], [4, 5]]
    assert concerns[0].catalogue_id == "lift_broken"
