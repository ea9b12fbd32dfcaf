"""Whether someone says that something should, or should not, be done; and what.

Only words that say so outright, in the languages for which someone wrote them down. What is not recognised has no
stance, and is not counted on either side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SHOULD_NOT = {
    "en": r"(?:should|must|need|ought) ?n[o']t(?: to)?|do(?:es)? ?n[o']t need to",
    "nl": r"(?:moet|moeten|mag|mogen) (?:er )?(?:niet|geen)",
    "de": r"(?:soll|sollte|sollten|muss|müssen|darf|dürfen) (?:nicht|kein|keine|keinen)",
    "fr": r"ne (?:doit|doivent|devrait|devraient) pas|il ne (?:faut|faudrait) pas",
    "es": r"no (?:debe|deben|debería|deberían|hay que)",
    "ar": r"لا (?:يجب|ينبغي)(?: أن)?|يجب ألا|ينبغي ألا",
    "pl": r"nie (?:powinno|powinien|powinna|powinny|należy|trzeba)",
    "uk": r"не (?:повинен|повинна|повинні|треба|потрібно|слід)",
}
_SHOULD = {
    "en": r"should|must|needs? to|ought to",
    "nl": r"(?:moet|moeten|mag|mogen)(?: er)?",
    "de": r"soll|sollte|sollten|muss|müssen|darf|dürfen",
    "fr": r"doit|doivent|devrait|devraient|il (?:faut|faudrait)",
    "es": r"debe|deben|debería|deberían|hay que",
    "ar": r"يجب(?: أن)?|ينبغي(?: أن)?",
    "pl": r"powinno|powinien|powinna|powinny|należy|trzeba",
    "uk": r"повинен|повинна|повинні|треба|потрібно|слід",
}
_UNSURE = re.compile(
    r"[?؟]|(?<!\w)(?:not|no|never|nothing|nobody|without|if|unless|\w+n't|niet|geen|nooit|niets|niemand|zonder|als|tenzij|"
    r"nicht|kein\w*|nie|ohne|wenn|pas|jamais|sans|si|sin|nunca|لا|ليس|بدون|لم|لن|ні|не|без|якщо|nigdy|bez|jeśli)(?!\w)"
)
"""A second "not" turns it round again; what is asked or supposed is not said."""
_WORD = re.compile(r"\d+|[^\W_]{3,}")
_ARTICLES = frozenset(
    (
        "the",
        "any",
        "een",
        "het",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "einen",
        "les",
        "des",
        "une",
        "los",
        "las",
        "una",
    )
)
_FEWEST = 2
_MORE = 2


@dataclass(frozen=True, slots=True)
class Stance:
    """`about`: the words that say what should, or should not, be done."""

    language: str
    about: frozenset[str]
    is_against: bool


@lru_cache(maxsize=20_000)
def stance(text: str, language: str | None) -> Stance | None:
    """What the text says should (not) be done; None when that is not entirely clear."""
    if language is None or language not in _SHOULD:
        return None
    said = " ".join(text.casefold().replace("’", "'").split())
    pattern = rf"(?<!\w)(?:(?P<against>{_SHOULD_NOT[language]})|(?:{_SHOULD[language]}))(?!\w)"
    found = list(re.finditer(pattern, said))
    if len(found) != 1:
        return None
    rest = f"{said[: found[0].start()]} {said[found[0].end() :]}"
    about = frozenset(_WORD.findall(rest)) - _ARTICLES
    if len(about) < _FEWEST or _UNSURE.search(rest):
        return None
    return Stance(language, about, found[0]["against"] is not None)


def is_about(found: Stance, matter: frozenset[str]) -> bool:
    """Whether this is about `matter`: the words of someone who is against something.

    Whoever is against more than that (a bridge *beside the school*) is not against that; whoever is for more of it
    is for it. A few words more may stand there, no other words in place of these: "more" and "less" are one word
    apart.
    """
    return found.about == matter or (
        not found.is_against and matter <= found.about and len(found.about - matter) <= _MORE
    )
