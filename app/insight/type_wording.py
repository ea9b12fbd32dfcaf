"""How each type of the catalogue is worded: complement naive Bayes over the pieces of words in its passages.

Rennie, Shih, Teevan and Karger 2003, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers": a text speaks
for a type as far as its pieces are rare in all the other types. Meaning vectors know what a text is about; this knows
the words that people use for it, in any language, misspelt too. The two make different mistakes.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.insight.records import Vectors
from app.insight.wording import Wording

_SMOOTHING = 0.3


class TypeWording:
    """Built at the first text that is asked for (some seconds), since most processes never ask."""

    def __init__(self, texts: Sequence[str], type_ids: Sequence[str]) -> None:
        """Passages and the type of each; the types are numbered in the order of their ids."""
        self._texts, self._type_ids = texts, type_ids

    @cached_property
    def _parts(self) -> tuple[Wording, Any, NDArray[np.float64]]:
        """The passages' wording, the weights of pieces by type (m, pieces) and what each type gives to every piece.

        The weight of a piece is log(all / elsewhere): 0 for the pieces that a type does not have, so it stays sparse.
        """
        from scipy.sparse import csr_array

        said = Wording(self._texts, [None] * len(self._texts))
        names, numbers = np.unique(np.array(self._type_ids), return_inverse=True)
        places = np.arange(len(numbers))
        belongs = csr_array((np.ones(len(numbers)), (numbers, places)), shape=(len(names), len(numbers)))
        weights = csr_array(belongs @ said.rows)
        everywhere = weights.sum(axis=0) + _SMOOTHING
        elsewhere = np.log(everywhere.sum() - weights.sum(axis=1))
        weights.data = np.log(everywhere[weights.indices] / (everywhere[weights.indices] - weights.data))
        return said, weights.T.tocsr(), elsewhere

    def scores(self, texts: Sequence[str]) -> Vectors:
        """How much each text speaks for each type (n, m): mean 0 and spread 1, or 0 for one without words."""
        said, weights, elsewhere = self._parts
        rows = Wording(texts, [None] * len(texts), weighed_by=said).rows
        found = (rows @ weights).toarray() + np.outer(rows.sum(axis=1), elsewhere)
        found -= found.mean(axis=1, keepdims=True)
        spread = found.std(axis=1, keepdims=True)
        scaled: Vectors = (found / np.where(spread < 1e-9, 1, spread)).astype(np.float32)
        return scaled
