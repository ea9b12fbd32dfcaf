"""Groups passages that say the same thing: average link on meaning, wording and the catalogue together.

Two groups become one while their passages are, on average over all pairs, at least THRESHOLD alike (UPGMA, Sokal and
Michener 1958). It needs no number of groups, makes no rest group and nothing in it is random. Passages are first put
in an order of their own (their text), so the order in which they came makes no difference.

A concern that the catalogue knows is found by what its passages have in common with the catalogue, however they say
it; one that it does not know by what they have in common with each other. Both are the same sum.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.insight.learnt import Learnt, unit
from app.insight.recognition import recognise
from app.insight.records import KnownConcern, Passage, Vectors
from app.insight.wording import Wording

MEANING_COUNTS, WORDING_COUNTS = 1.5, 1.2
"""What meaning and wording add to the likeness; the types of the catalogue count for 1."""
MOST = 1 + MEANING_COUNTS + WORDING_COUNTS
"""The largest likeness there can be."""
THRESHOLD = 0.8
"""From this likeness two groups are the same; see docs/decisions/insight.md."""
AT_ONCE = 3000
"""So many different texts are compared each with each; more come in turns."""
_BLOCK = 512
_FEW = 50
"""A mean over this many texts counts half."""


def assign_to_known(passages: Sequence[Passage], known: Sequence[KnownConcern], learnt: Learnt) -> list[str | None]:
    """For each passage the id of the known concern it says the same as, or None.

    It joins where its average likeness to the concern's passages is highest and at least THRESHOLD: the same rule as
    between new ones. A passage without letters joins nothing.
    """
    joined: list[str | None] = [None] * len(passages)
    concerns = [concern for concern in known if len(concern.vectors)]
    rows = [i for i, passage in enumerate(passages) if is_readable(passage.text)]
    if not concerns or not rows:
        return joined
    texts, languages = _said(concerns)
    wording = Wording(texts, languages)
    mine = Wording([passages[i].text for i in rows], [passages[i].language for i in rows], weighed_by=wording)
    member_vectors = np.concatenate([c.vectors for c in concerns])
    starts = np.cumsum([0, *(len(c.vectors) for c in concerns[:-1])])
    sizes = np.array([len(c.vectors) for c in concerns])
    compared = _compared(
        np.concatenate([np.stack([passages[i].vector for i in rows]), member_vectors]),
        [*(passages[i].text for i in rows), *texts],
        learnt,
    )
    vectors, members = compared[: len(rows)], compared[len(rows) :]
    for at in range(0, len(rows), _BLOCK):
        part = slice(at, at + _BLOCK)
        alike = vectors[part] @ members.T + WORDING_COUNTS * mine.alike(part, wording)
        averages = np.add.reduceat(alike, starts, axis=1) / sizes
        for i, best, row in zip(rows[part], averages.argmax(axis=1), averages, strict=True):
            if row[best] >= THRESHOLD:
                joined[i] = concerns[best].id
    return joined


def _said(concerns: Sequence[KnownConcern]) -> tuple[list[str], list[str | None]]:
    """The texts of all their passages, "" where they are not given, and the languages of those."""
    texts: list[str] = []
    languages: list[str | None] = []
    for concern in concerns:
        count = len(concern.vectors)
        if len(concern.texts) not in (0, count) or len(concern.languages) not in (0, count):
            raise ValueError(f"concern {concern.id!r}: texts and languages must be as many as its {count} vectors")
        texts += concern.texts or [""] * count
        languages += concern.languages or [None] * count
    return texts, languages


def cluster_rest(passages: Sequence[Passage], learnt: Learnt) -> list[tuple[int, ...]]:
    """Groups of passages (indices) that say the same thing, said in at least two statements; largest first.

    What is in no group is a single voice. Passages without letters are in none.
    """
    same: dict[str, list[int]] = {}
    for i, passage in enumerate(passages):
        if is_readable(passage.text):
            same.setdefault(" ".join(passage.text.casefold().split()), []).append(i)
    texts = sorted(same)
    if not texts:
        return []
    # of passages with the same words the vector of the first in an order of their own, whichever came first
    first = [min(same[text], key=lambda i: (passages[i].text, passages[i].language or "")) for text in texts]
    vectors = _compared(np.stack([passages[i].vector for i in first]), texts, learnt)
    labels = _labels(vectors, texts, [passages[i].language for i in first])
    groups: dict[int, list[int]] = {}
    for label, text in zip(labels, texts, strict=True):
        groups.setdefault(label, []).extend(same[text])
    found = [tuple(sorted(group)) for group in groups.values() if len({passages[i].statement_id for i in group}) > 1]
    return sorted(found, key=lambda group: (-len(group), min(passages[i].text for i in group)))


def _compared(vectors: Vectors, texts: Sequence[str], learnt: Learnt) -> Vectors:
    """Vectors (n, k + m) whose product says how much the same two say, among these texts: meaning and types.

    What all of them have in common ("things in our town") says nothing about sameness, so the mean of the meaning is
    taken off, the more so the more texts there are.
    """
    same = unit(vectors @ learnt.sameness)
    meaning = unit(same - same.mean(axis=0) * (len(same) / (len(same) + _FEW)))
    return np.hstack([meaning * np.float32(MEANING_COUNTS**0.5), recognise(vectors, texts, learnt).here()])


def is_readable(text: str) -> bool:
    """Whether there is a word in it: only such passages are compared."""
    return any(c.isalpha() for c in text)


def _labels(vectors: Vectors, texts: Sequence[str], languages: Sequence[str | None]) -> list[int]:
    """A group number for each row; rows are different texts, in a fixed order."""
    wording = Wording(texts, languages)
    if len(texts) <= AT_ONCE:
        return [int(number) for number in _average_link(_alike(vectors, wording))]
    labels = np.full(len(texts), -1)
    waiting = np.arange(len(texts))
    made = 0
    while len(waiting):
        # every k-th in the order of the texts; what then is like one of the groups found joins it, the rest waits
        chosen = waiting[:: -(-len(waiting) // AT_ONCE)]
        part = Wording([texts[i] for i in chosen], [languages[i] for i in chosen], weighed_by=wording)
        found = _average_link(_alike(vectors[chosen], part)) + made
        labels[chosen] = found
        rest = np.setdiff1d(waiting, chosen, assume_unique=True)
        labels[rest] = _join(vectors, wording, rest, chosen, found, part)
        made = int(found.max()) + 1
        waiting = rest[labels[rest] < 0]
    return [int(number) for number in labels]


def _alike(vectors: Vectors, wording: Wording) -> Vectors:
    """How alike each is with each (n, n)."""
    alike: Vectors = vectors @ vectors.T
    for at in range(0, len(vectors), _BLOCK):
        alike[at : at + _BLOCK] += WORDING_COUNTS * wording.alike(slice(at, at + _BLOCK))
    return alike


def _average_link(alike: Vectors) -> NDArray[np.int64]:
    """Group numbers (n) from 0, without gaps."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(alike) == 1:
        return np.zeros(1, np.int64)
    # rounded, so that the last bits of a product do not decide between two that are equally alike
    distances = np.round(np.clip(MOST - (alike + alike.T) / 2, 0, None), 5)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), method="average")
    found: NDArray[np.int64] = fcluster(tree, MOST - THRESHOLD, criterion="distance").astype(np.int64) - 1
    return found


def _join(
    vectors: Vectors,
    wording: Wording,
    rest: NDArray[np.int64],
    chosen: NDArray[np.int64],
    found: NDArray[np.int64],
    part: Wording,
) -> NDArray[np.int64]:
    """For each of the rest the group (of two or more of the chosen) that it is like on average, or -1."""
    numbers, place, sizes = np.unique(found, return_inverse=True, return_counts=True)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(numbers)))
    labels = np.full(len(rest), -1)
    for at in range(0, len(rest), _BLOCK):
        rows = rest[at : at + _BLOCK]
        meaning = vectors[rows] @ vectors[chosen].T
        alike = (meaning + WORDING_COUNTS * wording.alike(rows, part))[:, order]
        averages = np.add.reduceat(alike, starts, axis=1) / sizes
        averages[:, sizes < 2] = -np.inf
        best = averages.argmax(axis=1)
        is_like = averages[np.arange(len(rows)), best] >= THRESHOLD
        labels[at : at + _BLOCK] = np.where(is_like, numbers[best], -1)
    return labels
