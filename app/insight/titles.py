"""A first title for a concern, until a coordinator gives it a better one.

A group that is clearly a type of the catalogue gets that title. Another gets the words its passages share, when many
share them; else a short passage from its middle, as it was said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.insight import catalogue
from app.insight.learnt import Learnt
from app.insight.phrases import Phrases
from app.insight.quotes import centrality
from app.insight.recognition import recognise
from app.insight.records import Passage

SURE_OF_TYPE = 0.35
MOSTLY = 0.6
IN_ITS_WORDS = 0.7
"""A group is a type of the catalogue when its passages are it with this probability on average, it is the likeliest
for this share of them, and their words fit the catalogue's this well (docs/decisions/insight.md)."""
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
    vectors, texts = np.stack([p.vector for p in passages]), [p.text for p in passages]
    found = recognise(vectors, texts, learnt)
    best = int(found.shares.mean(axis=0).argmax())
    mostly = (found.shares.argmax(axis=1) == best).mean()
    is_sure = found.shares[:, best].mean() >= SURE_OF_TYPE and mostly >= MOSTLY and found.fit.mean() >= IN_ITS_WORDS
    return learnt.types.labels[best] if is_sure else None


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
