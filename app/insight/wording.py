"""How alike two texts are in their wording: shared pieces of words, weighed by how rare they are.

Meaning vectors see little of names ("Fountain Square", "line 12") and of the very word that people share; this does.
Pieces of four and five letters need no list of words and no stemming, and forgive spelling and endings in every
language. Two languages share next to no pieces whatever is said, so there a fixed value stands in: else the same
thing said in two languages would seem less alike than two different things said in one.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.insight import catalogue
from app.insight.records import Vectors

_SLOTS = 2**20
_FEW = 200
ACROSS = 0.14
"""What two texts in different languages are taken to share (docs/decisions/insight.md)."""


@cache
def _pieces() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(4, 5), n_features=_SLOTS, norm=None, alternate_sign=False
    )


@cache
def _background() -> NDArray[np.float64]:
    """In what share of the catalogue's texts each piece occurs (more than 0)."""
    counts = _pieces().transform([example.text for example in catalogue.examples()])
    share: NDArray[np.float64] = (1 + np.bincount(counts.indices, minlength=_SLOTS)) / (1 + counts.shape[0])
    return share


class Wording:
    """The weighed pieces of some texts (tf-idf, Sparck Jones 1972, with logarithmic term frequency)."""

    def __init__(
        self, texts: Sequence[str], languages: Sequence[str | None], weighed_by: "Wording | None" = None
    ) -> None:
        """`weighed_by`: use the weights of other texts, so that both can be compared."""
        self._languages = np.array([language or "" for language in languages], dtype="U12")
        self._is_missing = np.array([not text for text in texts], dtype=bool)
        counts = _pieces().transform(texts)
        if weighed_by is None:
            # a piece is as ordinary as it is in general or here ("Bowling Green" in Bowling Green), whichever is
            # more; a few texts say little about what is ordinary here
            here = np.bincount(counts.indices, minlength=_SLOTS) / (counts.shape[0] + _FEW)
            self._weights = 1 - np.log(np.maximum(here, _background()))
        else:
            self._weights = weighed_by._weights
        counts.data = (1 + np.log(counts.data)) * self._weights[counts.indices]
        lengths = np.sqrt(counts.multiply(counts).sum(axis=1)).A1 if counts.shape[0] else np.empty(0)
        counts.data /= np.repeat(np.where(lengths == 0, 1, lengths), np.diff(counts.indptr))
        self._rows = counts

    @property
    def rows(self) -> Any:
        """The weights as a sparse matrix (n, pieces) of rows with length 1."""
        return self._rows

    def alike(self, rows: slice | NDArray[np.int64], other: "Wording | None" = None) -> Vectors:
        """Cosines (rows, m), 0 to 1, of some of these texts with all of the other's (or of these).

        Between texts in different languages, and where a text is missing, it is ACROSS.
        """
        other = other or self
        found: Vectors = (self._rows[rows] @ other._rows.T).toarray().astype(np.float32)
        mine, theirs = self._languages[rows][:, None], other._languages[None, :]
        cannot_tell = (mine != theirs) & (mine != "") & (theirs != "")
        cannot_tell |= self._is_missing[rows][:, None] | other._is_missing[None, :]
        found[cannot_tell] = ACROSS
        return found
