"""The records that go into and come out of the analysis. Plain data: no Flask, no database.

Offsets (`start`, `end`) are Python string indices into the **redacted** text of the statement, so
`redacted.text[passage.start:passage.end] == passage.text` always holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""A matrix (n, d) or a vector (d,) of float32."""

KINDS = ("complaint", "question", "wish", "idea", "praise")
FEELINGS = ("negative", "neutral", "positive")
THEMES = (
    "housing",
    "care",
    "social",
    "safety",
    "work",
    "health",
    "money",
    "public_space",
    "youth",
    "living_together",
    "voice",
)
"""Theme ids of the framework that the analysis knows."""


class Encoder(Protocol):
    """Turns texts into vectors whose cosine says how alike their meaning is."""

    @property
    def name(self) -> str:
        """Names the model and its version: what was learnt for one name is never used with another."""

    @property
    def dimensions(self) -> int:
        """d: how many numbers a vector has."""

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors (n, d), float32, in the order of `texts`. A text's vector does not depend on the others."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of text by a resident, as it came in. `language` is a hint (ISO 639-1) or None."""

    id: str
    text: str
    language: str | None = None
    source: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data. `found` are the kinds that were replaced, one for each piece."""

    text: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a statement that says one thing. None means "not determined": it moves no average.

    `vector` has length 1 and is centred on its language's reference mean, so it can be stored and compared
    with vectors of other runs of the same encoder. `redacted` are the kinds of personal data replaced in it.
    `themes` are all its themes with their scores, `theme` is the first of them.
    """

    statement_id: str
    start: int
    end: int
    text: str
    language: str | None
    theme: str | None
    theme_score: float
    kind: str | None
    feeling: str | None
    urgent: bool
    redacted: tuple[str, ...]
    vector: Vectors = field(repr=False, compare=False)
    concern_id: str | None = None
    themes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownConcern:
    """A concern that exists already. `vectors` (m, d) are `Passage.vector` of (some of) its passages.

    `texts` and `languages` are those of the same passages, in the same order; without them only meaning is compared.
    """

    id: str
    title: str
    vectors: Vectors = field(repr=False, compare=False)
    texts: tuple[str, ...] = field(default=(), repr=False)
    languages: tuple[str | None, ...] = field(default=(), repr=False)
    title_language: str | None = None
    theme: str | None = None
    catalogue_id: str | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """Passages that say the same thing, whatever their language.

    `passages` and `quotes` are indices into `Analysis.passages`; quotes are the most telling few, at most one a
    statement. `titles` holds the title by language: several for a type of the catalogue, else the one language
    of the title. `is_known` is true when the id was given to `analyse`; it then holds only the new passages.
    """

    id: str
    title: str
    title_language: str | None
    theme: str | None
    passages: tuple[int, ...]
    quotes: tuple[int, ...]
    feelings: Mapping[str, int]
    languages: Mapping[str, int]
    titles: Mapping[str, str]
    catalogue_id: str | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """What `analyse` found. `redacted` has the redacted text of every statement, by statement id."""

    passages: tuple[Passage, ...]
    concerns: tuple[Concern, ...]
    redacted: Mapping[str, Redacted]
    languages: Mapping[str, str | None]
