"""The vectors: the same for the same text, whatever stands around it, and alike for the same meaning."""

from __future__ import annotations

import numpy as np

from app.insight import Encoder, learnt_for
from app.insight.learnt import centred

TEXTS = [
    "De lift is al weken stuk",
    "kort",
    "Too much litter in our street, and nobody cleans it. " * 3,
    "المصعد معطل",
]


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    turned = encoder.encode(TEXTS[::-1])[::-1]
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), encoder.dimensions)
    assert together.tobytes() == alone.tobytes() == np.ascontiguousarray(turned).tobytes()


def test_every_vector_has_length_one_also_of_odd_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(["", " ", "😊", "\u200b", "a" * 20_000, "\ud83d"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_centred_the_same_meaning_is_nearer_than_the_same_language(encoder: Encoder) -> None:
    texts = ["De lift is al weken stuk", "The lift has been broken for weeks", "Er ligt hondenpoep op de stoep"]
    dutch, english, other = centred(encoder.encode(texts), ["nl", "en", "nl"], learnt_for(encoder))
    assert dutch @ english > dutch @ other + 0.2
