"""What was learnt from the catalogue for one encoder: made by tools/train_insight.py, read here.

Nothing here is learnt while the application runs, so the same text reads the same today and tomorrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.insight.records import Encoder, Vectors

FOLDER = Path(__file__).with_name("learnt")
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

    def shares(self, vectors: Vectors) -> Vectors:
        """The probability of each label: (n, d) to (n, m), rows sum to 1."""
        scores = vectors @ self.weights + self.shift
        scores = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        shares: Vectors = scores / scores.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class Learnt:
    """Means by language for centring, the projection in which sameness is measured, and the classifiers.

    `type_centres` (m, k) has the middle of each type of the catalogue in that projection; `urgent` has the labels
    "no" and "yes".
    """

    means: dict[str, Vectors]
    sameness: Vectors
    type_ids: tuple[str, ...]
    type_centres: Vectors
    theme: Linear
    kind: Linear
    feeling: Linear
    urgent: Linear


def _place(encoder_name: str) -> Path:
    return FOLDER / f"{encoder_name}.npz"


def save(learnt: Learnt, encoder_name: str) -> Path:
    """Write what was learnt, small (half precision), and say where."""
    arrays = {"sameness": learnt.sameness, "type_centres": learnt.type_centres}
    arrays |= {f"mean.{language}": mean for language, mean in learnt.means.items()}
    stored: dict[str, Any] = {"type_ids": np.array(learnt.type_ids)}
    for name in ("theme", "kind", "feeling", "urgent"):
        linear: Linear = getattr(learnt, name)
        arrays |= {f"{name}.weights": linear.weights, f"{name}.shift": linear.shift}
        stored[f"{name}.labels"] = np.array(linear.labels)
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

    return Learnt(
        means={k.removeprefix("mean."): v.astype(np.float32) for k, v in stored.items() if k.startswith("mean.")},
        sameness=stored["sameness"].astype(np.float32),
        type_ids=tuple(str(name) for name in stored["type_ids"]),
        type_centres=stored["type_centres"].astype(np.float32),
        theme=linear("theme"),
        kind=linear("kind"),
        feeling=linear("feeling"),
        urgent=linear("urgent"),
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
