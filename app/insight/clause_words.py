"""The words by which clauses are told apart, by language, from clause_words.yaml.

Ukrainian and Polish know more verbs by their endings, Turkish by its last word, Arabic by its shape (clauses.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_FILE = Path(__file__).with_suffix(".yaml")
_EFFECT_UP_TO = 6


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """What to look for in one language; all in small letters.

    `links` join two clauses. `openers` begin a clause with a subject of its own ("the", "there"); when there are none
    any word does that is not a verb. `leads` may stand before an opener. An `empty` word right before the verb ("it
    is") is no subject of its own, nor is a word with an `oblique` ending. `people` are the speaker, as subject or in
    the verb; `kin` are people close by. `verbs` are finite verbs, `endings` endings of others. `holders` make a
    clause part of another ("because", "that", "I think") or mere background ("I live"). `pointers` point back to what
    was said ("it", "nobody does"). `effects` make a clause about people the consequence of the one before ("and my
    mother cannot go out"), and so does `place` ("there"). `fewest` is how many words the first clause needs.
    """

    links: frozenset[str]
    openers: frozenset[str]
    leads: frozenset[str]
    empty: frozenset[str]
    oblique: tuple[str, ...]
    people: frozenset[str]
    kin: frozenset[str]
    verbs: frozenset[str]
    endings: tuple[str, ...]
    holders: frozenset[str]
    pointers: frozenset[str]
    effects: frozenset[str]
    place: frozenset[str]
    fewest: int

    def points_for_people(self, words: Sequence[str]) -> bool:
        """Whether a clause about people only says what the clause before it means for them."""
        return bool(self.place.intersection(words) or self.effects.intersection(words[:_EFFECT_UP_TO]))


@cache
def clause_words() -> dict[str, ClauseWords]:
    """By language (ISO 639-1)."""
    return {language: _of(lists) for language, lists in YAML(typ="safe").load(_FILE).items()}


def _of(lists: dict[str, str | int]) -> ClauseWords:
    def some(name: str) -> frozenset[str]:
        return frozenset(str(lists.get(name, "")).split())

    return ClauseWords(
        links=some("links"),
        openers=some("openers"),
        leads=some("leads"),
        empty=some("empty"),
        oblique=tuple(sorted(some("oblique"))),
        people=some("people"),
        kin=some("kin"),
        verbs=some("verbs"),
        endings=tuple(sorted(some("endings"))),
        holders=some("holders"),
        pointers=some("pointers"),
        effects=some("effects"),
        place=some("place"),
        fewest=int(lists.get("fewest", 3)),
    )
