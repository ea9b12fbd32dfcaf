"""A first title for a concern, until a coordinator gives it a better one.

A group that is clearly a type of the catalogue gets that title. Another gets the words its passages share, when many
share them; else a short passage from its middle, as it was said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.insight import catalogue
from app.insight.learnt import Learnt, unit
from app.insight.phrases import Phrases
from app.insight.quotes import centrality
from app.insight.records import Passage

SURE_OF_TYPE = 0.6
AHEAD_OF_NEXT = 0.2
"""A group is a type of the catalogue when its middle is at least this near to the type's (a cosine), and so much
nearer than to any other type's (docs/decisions/insight.md)."""
UNKNOWN_LANGUAGE = "und"
"""Stands for a language that is not known where a code is needed (ISO 639-2, undetermined)."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Title:
    """The title in the language most passages are in, all titles by language, the catalogue's type if it is one."""

    text: str
    language: str | None
    by_language: Mapping[str, str]
    type_id: str | None = None
    theme: str | None = None


def give_title(passages: Sequence[Passage], phrases: Phrases, learnt: Learnt) -> Title:
    """A title for the concern of these passages (at least one); `phrases` are those of all passages there are."""
    languages = Counter(p.language for p in passages if p.language)
    # of languages spoken as often the one that most coordinators read
    order = sorted(languages, key=lambda name: (-languages[name], name != "nl", name != "en", name))
    language = order[0] if order else None
    type_id = _type(passages, learnt)
    if type_id is not None:
        known = catalogue.types()[type_id]
        shown = language if language and language in known.titles else "nl"
        return Title(known.titles[shown], shown, known.titles, known.id, known.theme)
    spoken = [p for p in passages if p.language == language] or list(passages)
    text = phrases.shared(spoken) or _short_quote(spoken, learnt)
    return Title(text, language, {language or UNKNOWN_LANGUAGE: text})


def _type(passages: Sequence[Passage], learnt: Learnt) -> str | None:
    """The type of the catalogue that all of them together point to, or None."""
    vectors = unit(np.stack([p.vector for p in passages]) @ learnt.sameness)
    near = learnt.type_centres @ unit(vectors.mean(axis=0))
    next_best, best = np.argsort(near, kind="stable")[-2:]
    is_clear = near[best] >= max(SURE_OF_TYPE, near[next_best] + AHEAD_OF_NEXT)
    return learnt.type_ids[best] if is_clear else None


def _short_quote(passages: Sequence[Passage], learnt: Learnt) -> str:
    """The shortest of the passages nearest to the middle, cut at a word with "…" when it is long."""
    near = centrality(passages, learnt)
    order = sorted(range(len(passages)), key=lambda i: (-round(float(near[i]), 3), passages[i].text))
    central = [passages[i] for i in order[: max(1, len(order) // 3)]]
    text = " ".join(min(central, key=lambda p: (bool(p.redacted), len(p.text), p.text)).text.split())
    if len(text) <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    return cut[: cut.rfind(" ")] + "…" if " " in cut else cut + "…"
