"""The pieces of words in a text as numbers, for what wording tells better than meaning: feeling, kind, danger."""

from collections.abc import Sequence
from functools import cache
from typing import Any

SLOTS = 2**17
"""Pieces share a place now and then; that costs little (docs/decisions/insight.md)."""


@cache
def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), n_features=SLOTS, norm=None, alternate_sign=False
    )


def counts(texts: Sequence[str]) -> Any:
    """How often each piece is in each text: sparse (n, SLOTS)."""
    return _vectorizer().transform(texts)


def weighed(found: Any, weights: Any) -> Any:
    """The counts (n, SLOTS) with logarithmic frequency and a weight for each piece, rows of length 1."""
    import numpy as np
    from scipy.sparse import csr_array

    rows = csr_array(found, dtype=np.float32)
    rows.data = (1 + np.log(rows.data)) * weights[rows.indices]
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    rows.data /= np.repeat(np.where(lengths == 0, 1, lengths), np.diff(rows.indptr))
    return rows
