"""Reads each text once, whatever it is measured for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.insight import Encoder, Passage, Statement, Vectors, group, read


class Remembering:
    """An encoder that encodes no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(new, self._encoder.encode(new), strict=True)
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([self._known[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of some texts, by the place of the text."""

    passages: Mapping[int, Sequence[Passage]]
    encoder: Encoder

    def groups(self, rows: Sequence[int]) -> list[str | None]:
        """For each of these texts the concern that most of it is in, or None: all as one neighbourhood."""
        passages = [passage for row in rows for passage in self.passages[row]]
        concern = {i: one.id for one in group(passages, encoder=self.encoder) for i in one.passages}
        length: dict[str, Counter[str]] = {str(row): Counter() for row in rows}
        for i, passage in enumerate(passages):
            if i in concern:
                length[passage.statement_id][concern[i]] += len(passage.text)
        return [max(found, key=lambda name: found[name]) if found else None for found in length.values()]

    def longest(self, row: int) -> Passage | None:
        """What says most of a text."""
        return max(self.passages[row], key=lambda passage: len(passage.text), default=None)


def reading(texts: Sequence[str], hints: Sequence[str | None], encoder: Encoder) -> Reading:
    """Read as the application does. `hints`: the language of the form, or None."""
    statements = [Statement(str(i), text, hint) for i, (text, hint) in enumerate(zip(texts, hints, strict=True))]
    passages: dict[int, list[Passage]] = {i: [] for i in range(len(texts))}
    for passage in read(statements, encoder).passages:
        passages[int(passage.statement_id)].append(passage)
    return Reading(passages, encoder)
