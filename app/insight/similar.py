""" "Is this said already?": which texts say about the same as a new one, in any language."""

from collections.abc import Sequence

import numpy as np

from app.insight.encoding import default_encoder
from app.insight.language import find_language
from app.insight.learnt import centred, learnt_for, unit
from app.insight.records import Encoder, Vectors

ALIKE = 0.4
"""From this cosine two texts are worth showing beside each other (docs/decisions/insight.md)."""


def vector_of(text: str, language: str | None = None, encoder: Encoder | None = None) -> Vectors:
    """The vector (d,) of one text, comparable with `Passage.vector`."""
    encoder = encoder or default_encoder()
    found = find_language(text, language)
    vector: Vectors = centred(encoder.encode([text]), [found], learnt_for(encoder))[0]
    return vector


def nearest(
    vector: Vectors,
    candidates: Sequence[Vectors] | Vectors,
    most: int = 5,
    at_least: float = ALIKE,
    encoder: Encoder | None = None,
) -> list[tuple[int, float]]:
    """The rows of `candidates` (n, d) that say about the same as `vector` (d,): (row, cosine), the nearest first.

    Both are vectors as `Passage.vector` or `vector_of` gives them. Equal ones go by their row.
    """
    if not len(candidates):
        return []
    sameness = learnt_for(encoder or default_encoder()).sameness
    cosines = unit(np.asarray(candidates, np.float32) @ sameness) @ unit(vector @ sameness)
    order = np.argsort(-cosines, kind="stable")[:most]
    return [(int(row), float(cosines[row])) for row in order if cosines[row] >= at_least]
