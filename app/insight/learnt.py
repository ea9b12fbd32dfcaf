"""What was learnt from the catalogue for one encoder: made by tools/train_insight.py, read here.

Nothing here is learnt while the application runs, so the same text reads the same today and tomorrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.insight import catalogue
from app.insight.pieces import counts, weighed
from app.insight.records import Encoder, Vectors
from app.insight.type_wording import TypeWording

FOLDER = Path(__file__).with_name("learnt")
_PARTS = ("meaning", "wording")
_TWO = ("kind", "feeling", "urgent")
ANY = "*"
"""Stands for the mean over all languages."""


class NotLearnt(LookupError):
    """Nothing was learnt for this encoder yet: run tools/train_insight.py for it."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A multinomial logistic regression: `labels` (m), `weights` (d, m), `shift` (m)."""

    labels: tuple[str, ...]
    weights: Vectors
    shift: Vectors

    def shares(self, vectors: Any) -> Vectors:
        """The probability of each label: (n, d), sparse or not, to (n, m); rows sum to 1."""
        scores = vectors @ self.weights + self.shift
        scores = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        shares: Vectors = scores / scores.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """What a text is, read by its meaning and by its wording; the two make different mistakes."""

    meaning: Linear
    wording: Linear

    @property
    def labels(self) -> tuple[str, ...]:
        """What it can be."""
        return self.meaning.labels

    def shares(self, vectors: Vectors, pieces: Any) -> Vectors:
        """The probability of each label: centred vectors (n, d) and weighed pieces of words (n, SLOTS) to (n, m)."""
        both = self.meaning.shares(vectors) * self.wording.shares(pieces)
        shares: Vectors = both / both.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class Learnt:
    """Means by language for centring, the projection in which sameness is measured, and the classifiers.

    `types` and `type_wording` say which type of the catalogue a passage is about, see recognition.py; `urgent` has
    the labels "no" and "yes".
    """

    means: dict[str, Vectors]
    sameness: Vectors
    types: Linear
    type_wording: TypeWording
    piece_weights: Vectors
    kind: TwoReadings
    feeling: TwoReadings
    urgent: TwoReadings

    def pieces(self, texts: Sequence[str]) -> Any:
        """The weighed pieces of words in these texts: sparse (n, SLOTS)."""
        return weighed(counts(texts), self.piece_weights)


def type_wording(examples: Sequence[catalogue.Example]) -> TypeWording:
    """How the types of these examples are worded."""
    return TypeWording([e.text for e in examples], [e.type_id for e in examples])


def _place(encoder_name: str) -> Path:
    return FOLDER / f"{encoder_name}.npz"


def save(learnt: Learnt, encoder_name: str) -> Path:
    """Write what was learnt, small (half precision), and say where."""
    arrays = {"sameness": learnt.sameness, "piece_weights": learnt.piece_weights}
    arrays |= {f"mean.{language}": mean for language, mean in learnt.means.items()}
    stored: dict[str, Any] = {}
    linear = {"types": learnt.types}
    linear |= {f"{name}.{part}": getattr(getattr(learnt, name), part) for name in _TWO for part in _PARTS}
    for name, model in linear.items():
        arrays |= {f"{name}.weights": model.weights, f"{name}.shift": model.shift}
        stored[f"{name}.labels"] = np.array(model.labels)
    FOLDER.mkdir(exist_ok=True)
    stored |= {name: array.astype(np.float16) for name, array in arrays.items()}
    np.savez_compressed(_place(encoder_name), **stored)
    return _place(encoder_name)


@cache
def _load(encoder_name: str) -> Learnt:
    place = _place(encoder_name)
    if not place.is_file():
        raise NotLearnt(f"nothing was learnt for the encoder {encoder_name!r}: run tools/train_insight.py")
    with np.load(place, allow_pickle=False) as file:
        stored = {name: file[name] for name in file.files}

    def linear(name: str) -> Linear:
        return Linear(
            tuple(str(label) for label in stored[f"{name}.labels"]),
            stored[f"{name}.weights"].astype(np.float32),
            stored[f"{name}.shift"].astype(np.float32),
        )

    def two(name: str) -> TwoReadings:
        return TwoReadings(linear(f"{name}.meaning"), linear(f"{name}.wording"))

    return Learnt(
        means={k.removeprefix("mean."): v.astype(np.float32) for k, v in stored.items() if k.startswith("mean.")},
        sameness=stored["sameness"].astype(np.float32),
        types=linear("types"),
        type_wording=type_wording(catalogue.examples()),
        piece_weights=stored["piece_weights"].astype(np.float32),
        kind=two("kind"),
        feeling=two("feeling"),
        urgent=two("urgent"),
    )


def learnt_for(encoder: Encoder) -> Learnt:
    """What was learnt for this encoder. Raises `NotLearnt`."""
    return _load(encoder.name)


def unit(vectors: Vectors) -> Vectors:
    """Each row with length 1 (a row of zeros stays so)."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return scaled


def centred(vectors: Vectors, languages: Sequence[str | None], learnt: Learnt) -> Vectors:
    """Unit vectors with each language's reference mean taken off: (n, d) to (n, d).

    Multilingual vectors of one language lie together, whatever they say; without its mean what is left is what the
    text says. The mean comes from reference text and never from the texts at hand, so that a vector of today can be
    compared with one of last year. A language without reference text gets the mean over all.
    """
    means = np.stack([learnt.means.get(language or ANY, learnt.means[ANY]) for language in languages])
    return unit(vectors - means)
