"""Which themes of the framework a passage is about: several, each with how sure that is, or none.

Three things speak, the later ones over the earlier: the types of the catalogue that the passage may be about, the
sentences in themes.yaml, and the passages of which a coordinator said the theme. The last two correct the first where
it was wrong about them, and about passages that say much the same: kernel ridge regression (Saunders, Gammerman and
Vovk 1998) on what is left to explain, in closed form. So a correction counts at once, the outcome does not depend on
any order, and a passage that is like nothing that was corrected keeps what it had.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from app.insight import catalogue
from app.insight.language import find_language
from app.insight.learnt import Learnt, centred, unit
from app.insight.recognition import recognise
from app.insight.records import THEMES, Encoder, Vectors

SURE = 0.4
"""The least score of the first theme (figures in docs/decisions/insight.md)."""
ALSO = 0.25
"""The least score of the themes after it."""
MOST_TAUGHT = 1000
"""Of more corrections only the first so many count."""
_NEAR = 2.0
"""How fast a correction counts for less as a passage says something else: exp(-_NEAR (1 - cosine))."""
_DOUBT_CORRECTED, _DOUBT_FILE = 0.5, 10.0
"""How far what was learnt before is held against one correction, and against one sentence of the file."""
_DIGITS = 4
_FILE = Path(__file__).with_suffix(".yaml")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Taught:
    """Passages of which someone said the theme: `vectors` (m, d) as `Passage.vector`, `texts` (m) and `themes` (m).

    None stands for none of the themes. What matters most comes first.
    """

    vectors: Vectors
    texts: tuple[str, ...]
    themes: tuple[str | None, ...]


class ThemeFinder:
    """Finds themes with one encoder, for one municipality's corrections."""

    def __init__(self, learnt: Learnt, start: Taught | None = None, corrections: Taught | None = None) -> None:
        """`start`: the sentences of the file (`starting_point`). Raises ValueError for an unknown theme."""
        self._learnt = learnt
        self._theme_of = _theme_of(learnt.types.labels)
        parts = [
            (taught.vectors[:MOST_TAUGHT], taught.texts[:MOST_TAUGHT], taught.themes[:MOST_TAUGHT], doubt)
            for taught, doubt in ((start, _DOUBT_FILE), (corrections, _DOUBT_CORRECTED))
            if taught is not None and taught.themes
        ]
        self._known: Vectors | None = None
        if not parts:
            return
        vectors = np.concatenate([vectors for vectors, _, _, _ in parts])
        texts = [text for _, texts, _, _ in parts for text in texts]
        said = np.stack([_as_shares(theme) for _, _, themes, _ in parts for theme in themes])
        doubt = np.concatenate([np.full(len(themes), doubt) for _, _, themes, doubt in parts])
        self._known = unit(vectors @ learnt.sameness)
        left = (said - self._learnt_shares(vectors, texts)).astype(np.float64)
        alike = _alike(self._known, self._known).astype(np.float64)
        self._pull: Vectors = np.linalg.solve(alike + np.diag(doubt), left).astype(np.float32)

    def shares(self, vectors: Vectors, texts: Sequence[str]) -> Vectors:
        """For each passage the score of each of THEMES, 0 to 1; what is left of 1 is "none".

        `vectors` (n, d) are centred; a text that is not known ("") is read by its vector alone.
        """
        shares = self._learnt_shares(vectors, texts)
        if self._known is not None and len(vectors):
            shares = shares + _alike(unit(vectors @ self._learnt.sameness), self._known) @ self._pull
        shares = np.clip(shares, 0, 1)
        # rounded, so that the last bits of a product do not differ with what else is read
        whole: Vectors = np.round(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1), _DIGITS)
        return whole

    def find(self, vectors: Vectors, texts: Sequence[str]) -> list[tuple[tuple[str, float], ...]]:
        """For each passage its themes with their scores, the likeliest first; empty for none or unsure."""
        return [_chosen(row) for row in self.shares(vectors, texts)]

    def _learnt_shares(self, vectors: Vectors, texts: Sequence[str]) -> Vectors:
        return recognise(vectors, texts, self._learnt).shares @ self._theme_of


def _theme_of(type_ids: Sequence[str]) -> Vectors:
    """1 where a type (m) is of a theme (11), else 0."""
    types = catalogue.types()
    belongs = [[float(types[type_id].theme == theme) for theme in THEMES] for type_id in type_ids]
    return np.array(belongs, np.float32).reshape(len(type_ids), len(THEMES))


def _as_shares(theme: str | None) -> Vectors:
    shares = np.zeros(len(THEMES), np.float32)
    if theme is not None:
        shares[THEMES.index(theme)] = 1
    return shares


def _alike(rows: Vectors, known: Vectors) -> Vectors:
    alike: Vectors = np.exp(_NEAR * (rows @ known.T - 1))
    return alike


def _chosen(shares: Vectors) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-shares, kind="stable")
    if shares[order[0]] < SURE:
        return ()
    return tuple((THEMES[i], float(shares[i])) for i in order if shares[i] >= ALSO)


@cache
def starting_sentences() -> tuple[tuple[str, str | None], ...]:
    """The sentences and descriptions of themes.yaml with their theme (None: none of them).

    Raises ValueError when the file names a theme that does not exist.
    """
    themes = YAML(typ="safe").load(_FILE)
    if unknown := set(themes) - {*THEMES, _NONE}:
        raise ValueError(f"{_FILE.name}: there is no theme {', '.join(sorted(unknown))}")
    return tuple(
        (sentence, None if theme == _NONE else theme)
        for theme, words in themes.items()
        for sentence in (words["description"], *words["examples"])
    )


_starts: dict[str, Taught] = {}


def starting_point(encoder: Encoder, learnt: Learnt) -> Taught:
    """What themes.yaml teaches, in this encoder's vectors; encoded once a process."""
    if encoder.name not in _starts:
        sentences, themes = zip(*starting_sentences(), strict=True)
        raw = encoder.encode(list(sentences))
        vectors = centred(raw, [find_language(sentence) for sentence in sentences], learnt)
        _starts[encoder.name] = Taught(vectors, sentences, themes)
    return _starts[encoder.name]
