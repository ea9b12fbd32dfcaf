"""Which type of the catalogue a passage is about: what it means and how it is worded, weighed together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.insight.learnt import Learnt, unit
from app.insight.records import Vectors

WORDING_COUNTS = 0.5
"""What one spread of the wording's scores adds to the logarithm of the meaning's probability."""
SHARPNESS = 0.8
"""Below 1: the two see partly the same, so together they are less sure than their product."""
SPREAD_OUT = 0.3
"""So many passages every type is thought to have before the first is read."""
FULL_FIT = 6.0
"""With so many spreads above the mean the words of a passage fit a type fully."""
USUAL_FIT, LEAST_FIT = 0.7, 0.35
"""The mean fit of passages that the catalogue was made for, and the one from which it counts for nothing."""
FIT_COUNTS = 0.3
"""How much less a passage counts that fits less: its fit to this power."""
FEW = 20
"""So many passages are thought to fit as usual before the first is read."""
_TURNS = 30
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Recognised:
    """What some passages are about: `shares` (n, m) has the probability of each type, rows sum to 1.

    `fit` (n), 0 to 1, is how far the words of each are those that the catalogue has for its likeliest type.
    """

    shares: Vectors
    fit: Vectors

    def here(self) -> Vectors:
        """What they have in common with the types, as rows (n, m): their product is how alike two are by the types.

        The more the words here are those of the catalogue, the more its types count: where people speak of other
        things, or of the same in finer parts, a shared type says little.
        """
        mean = (self.fit.sum() + FEW * USUAL_FIT) / (len(self.fit) + FEW)
        counts = np.clip((mean - LEAST_FIT) / (USUAL_FIT - LEAST_FIT), 0, 1) * self.fit**FIT_COUNTS
        weighed: Vectors = unit(among_others(self.shares)) * counts[:, None].astype(np.float32)
        return weighed


def recognise(vectors: Vectors, texts: Sequence[str], learnt: Learnt) -> Recognised:
    """Which types each passage alone may be about: centred vectors (n, d) and texts.

    A text that is not known ("") is read by its vector alone.
    """
    shares = np.empty((len(texts), len(learnt.types.labels)), np.float32)
    fit = np.empty(len(texts), np.float32)
    for at in range(0, len(texts), _BLOCK):
        part = slice(at, at + _BLOCK)
        meaning = np.log(learnt.types.shares(vectors[part]) + 1e-9)
        worded = learnt.type_wording.scores(texts[part])
        scores = SHARPNESS * (meaning + WORDING_COUNTS * worded)
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares[part] = likely / likely.sum(axis=1, keepdims=True)
        of_likeliest = worded[np.arange(len(worded)), likely.argmax(axis=1)]
        fit[part] = np.where(worded.any(axis=1), np.clip(of_likeliest / FULL_FIT, 0, 1), USUAL_FIT)
    return Recognised(shares, fit)


def among_others(shares: Vectors) -> Vectors:
    """The same probabilities when the passages are from one place: what many speak of there is likelier for each.

    A neighbourhood speaks of some of the types, not of all. How common each is there is estimated together with who
    speaks of it (Saerens, Latinne and Decaestecker 2002, "Adjusting the Outputs of a Classifier to New a Priori
    Probabilities"). Few passages change little. The outcome does not depend on their order.
    """
    types = shares.shape[1]
    common = np.full(types, 1 / types)
    likely = shares.astype(np.float64)
    for _ in range(_TURNS):
        likely = shares * (common * types)
        likely /= likely.sum(axis=1, keepdims=True)
        # rounded, so that the order of a sum does not show
        common = np.round((likely.sum(axis=0) + SPREAD_OUT) / (len(shares) + SPREAD_OUT * types), 9)
    settled: Vectors = likely.astype(np.float32)
    return settled
