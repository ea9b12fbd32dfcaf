"""A first title for a concern, until a coordinator gives it a better one.

A group that is clearly a type of the catalogue gets that title. Another gets the words its passages share, when many
share them; else a short passage from its middle, as it was said.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.insight import catalogue
from app.insight.learnt import Learnt
from app.insight.quotes import centrality
from app.insight.records import Passage

SURE_OF_TYPE = 0.5
"""A group is a type of the catalogue when that type has this share of the model's belief, on average."""
UNKNOWN_LANGUAGE = "und"
"""Stands for a language that is not known where a code is needed (ISO 639-2, undetermined)."""
_SHARED_BY = 0.4
_LONGEST = 80
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Title:
    """The title in the language most passages are in, all titles by language, the catalogue's type if it is one."""

    text: str
    language: str | None
    by_language: Mapping[str, str]
    type_id: str | None = None
    theme: str | None = None


def give_title(passages: Sequence[Passage], learnt: Learnt) -> Title:
    """A title for the concern of these passages (at least one)."""
    shares = learnt.catalogue.shares(np.stack([p.vector for p in passages])).mean(axis=0)
    best = int(shares.argmax())
    languages = Counter(p.language for p in passages if p.language)
    language = min(languages, key=lambda name: (-languages[name], name)) if languages else None
    if shares[best] >= SURE_OF_TYPE:
        known = catalogue.types()[learnt.catalogue.labels[best]]
        shown = language if language and language in known.titles else "nl"
        return Title(known.titles[shown], shown, known.titles, known.id, known.theme)
    spoken = [p for p in passages if p.language == language] or list(passages)
    text = _shared_words(spoken, language) or _short_quote(spoken, learnt)
    return Title(text, language, {language or UNKNOWN_LANGUAGE: text})


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    import stopwordsiso

    if language is None or not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(stopwordsiso.stopwords(language))


def _shared_words(passages: Sequence[Passage], language: str | None) -> str | None:
    """The one to three words that most of the passages have in common, written as most often written."""
    stop = _stop_words(language)
    texts = {" ".join(p.text.casefold().split()): p.text for p in sorted(passages, key=lambda p: p.text)}
    counts: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, ...], Counter[str]] = {}
    for text in texts.values():
        seen = set()
        # a phrase does not run over a comma or a full stop
        for part in re.split(r"[.,;:!?()\[\]\"“”/\n]", text):
            words = [m.group() for m in _WORD.finditer(part)]
            for length in (1, 2, 3):
                for at in range(len(words) - length + 1):
                    phrase = tuple(w.casefold() for w in words[at : at + length])
                    if phrase[0] in stop or phrase[-1] in stop or min(len(phrase[0]), len(phrase[-1])) < 3:
                        continue
                    seen.add(phrase)
                    written.setdefault(phrase, Counter())[" ".join(words[at : at + length])] += 1
        counts.update(seen)
    if len(texts) < 3:
        return None
    good = [phrase for phrase in counts if counts[phrase] >= max(3, _SHARED_BY * len(texts))]
    if not good:
        return None
    # a longer phrase says more: it may be shared by fewer
    phrase = min(good, key=lambda p: (-counts[p] * (1, 1.6, 1.9)[len(p) - 1], p))
    if len(phrase) == 1 and len(phrase[0]) < 4:
        return None
    text = min(written[phrase], key=lambda form: (-written[phrase][form], form))
    return text[0].upper() + text[1:]


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
