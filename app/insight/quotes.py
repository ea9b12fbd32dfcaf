"""Chooses the few passages that speak for a concern."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from app.insight.learnt import Learnt, unit
from app.insight.records import Passage, Vectors

MOST = 5
_GOOD_LENGTH = (25, 220)


def centrality(passages: Sequence[Passage], learnt: Learnt) -> Vectors:
    """How near each passage is to the middle of what all people say (n): a cosine.

    Who says much weighs no more than others, nor does a text that was sent often.
    """
    vectors = unit(np.stack([p.vector for p in passages]) @ learnt.sameness)
    of_person = Counter(p.statement_id for p in passages)
    of_text = Counter(_same(p.text) for p in passages)
    weights = np.array([1 / (of_person[p.statement_id] * of_text[_same(p.text)]) for p in passages], np.float32)
    near: Vectors = vectors @ unit(weights @ vectors)
    return near


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def choose(passages: Sequence[Passage], indices: Sequence[int], learnt: Learnt) -> tuple[int, ...]:
    """The indices of at most MOST telling passages, the most telling first.

    Near the middle of the concern, readable in length, at most one a statement, no text twice, and each language
    that is spoken in it before a second one of any. A text without personal data goes before one where some was
    taken out. Equal ones go by their text, so the order in which they came makes no difference.
    """
    members = [passages[i] for i in indices]
    near = centrality(members, learnt)

    def rank(j: int) -> tuple[bool, bool, float, str, str]:
        passage = members[j]
        is_awkward = not _GOOD_LENGTH[0] <= len(passage.text) <= _GOOD_LENGTH[1]
        return (is_awkward, bool(passage.redacted), -round(float(near[j]), 3), passage.text, passage.statement_id)

    chosen: list[int] = []
    statements: set[str] = set()
    texts: set[str] = set()
    by_language: dict[str | None, int] = {}
    waiting = sorted(range(len(members)), key=rank)
    for turn in range(MOST):
        for j in waiting:
            passage = members[j]
            if len(chosen) == MOST:
                break
            said = _same(passage.text)
            if (
                by_language.get(passage.language, 0) <= turn
                and passage.statement_id not in statements
                and said not in texts
            ):
                chosen.append(j)
                statements.add(passage.statement_id)
                texts.add(said)
                by_language[passage.language] = by_language.get(passage.language, 0) + 1
    return tuple(indices[j] for j in chosen)
