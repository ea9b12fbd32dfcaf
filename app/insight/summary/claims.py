"""What a summary may say: someone's words, or a count of the people who said something, with those people.

A subject says what is counted, as a condition on one passage. So anyone can count again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256

from app.insight.campaigns import same_words
from app.insight.summary.intervals import Interval
from app.insight.summary.members import Member
from app.insight.summary.phrase import is_used
from app.insight.summary.stance import is_about, stance


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, member: Member) -> bool:
        return self.first <= member.day <= self.last


@dataclass(frozen=True, slots=True)
class Group:
    """Those who are `value` in `dimension` ("language", "ar"); with `is_rest` the others of whom it is known."""

    dimension: str
    value: str
    is_rest: bool = False

    def holds(self, member: Member) -> bool:
        known = member.groups.get(self.dimension)
        return known is not None and (known != self.value) is self.is_rest


@dataclass(frozen=True, slots=True)
class Everyone:
    """Everyone in the concern."""

    of_people = True

    def holds(self, member: Member) -> bool:
        return True

    def among(self, member: Member) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class SameWords:
    """Those who sent the same words. `words`: as `same_words` gives them."""

    words: str
    of_people = True

    def holds(self, member: Member) -> bool:
        return same_words(member.text) == self.words

    def among(self, member: Member) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Uses:
    """Those who use this phrase. `language` is that of the texts in which it was found."""

    phrase: str
    language: str | None
    of_people = True

    def holds(self, member: Member) -> bool:
        return is_used(self.phrase, member.text)

    def among(self, member: Member) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Spoke:
    """Those who spoke in this period."""

    within: Period
    of_people = False

    def holds(self, member: Member) -> bool:
        return self.within.holds(member)

    def among(self, member: Member) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Feels:
    """Those who sound like this, among those of whom that is clear, in a period or a group if one is given."""

    feeling: str
    within: Period | Group | None = None
    of_people = False

    def holds(self, member: Member) -> bool:
        return self.among(member) and member.feeling == self.feeling

    def among(self, member: Member) -> bool:
        return member.feeling is not None and (self.within is None or self.within.holds(member))


@dataclass(frozen=True, slots=True)
class OnSide:
    """Those who are happy with it, or unhappy ("positive", "negative"), among those who are clearly either.

    Someone is clearly so when feeling and kind do not contradict each other: what reads as praise in an unhappy
    tone is on neither side.
    """

    side: str
    of_people = False

    def holds(self, member: Member) -> bool:
        return _side(member) == self.side

    def among(self, member: Member) -> bool:
        return _side(member) is not None


@dataclass(frozen=True, slots=True)
class Stands:
    """Those who say outright that it should not be done (or that it should), among those who say either.

    `matter`: the words that say what it is, in alphabetical order.
    """

    language: str
    matter: tuple[str, ...]
    is_against: bool
    of_people = False

    def holds(self, member: Member) -> bool:
        found = stance(member.text, member.language)
        return self.among(member) and found is not None and found.is_against is self.is_against

    def among(self, member: Member) -> bool:
        found = stance(member.text, member.language)
        return found is not None and found.language == self.language and is_about(found, frozenset(self.matter))


def _side(member: Member) -> str | None:
    feeling, kind = member.feeling, member.kind
    if (kind == "praise" and feeling != "negative") or (feeling == "positive" and kind in (None, "praise")):
        return "positive"
    if (kind == "complaint" and feeling != "positive") or (feeling == "negative" and kind in (None, "complaint")):
        return "negative"
    return None


Subject = Everyone | SameWords | Uses | Spoke | Feels | OnSide | Stands


@dataclass(frozen=True, slots=True)
class Count:
    """How many people (`subject.of_people`), else voices, a subject holds for; `members` are their passages' ids.

    `of` is how many there were to count from, with their passages in `among`; None when the number stands alone.
    `interval`: where the share lies with 95 % confidence; None when nothing is said about a share.
    """

    subject: Subject
    number: int
    members: tuple[str, ...]
    of: int | None = None
    among: tuple[str, ...] = ()
    interval: Interval | None = None

    @property
    def key(self) -> str:
        """Names the claim in an address: the same for the same subject, whatever the numbers are."""
        return f"{type(self.subject).__name__.lower()}-{sha256(_plain(self.subject).encode()).hexdigest()[:12]}"


def _plain(thing: object) -> str:
    if not isinstance(thing, Subject | Period | Group):
        return str(thing)
    return f"{type(thing).__name__}({', '.join(_plain(getattr(thing, part.name)) for part in fields(thing))})"


class Role(StrEnum):
    """Why someone is quoted: nearest to what all say; what else is said, or who else says it; who disagrees."""

    CENTRAL = "central"
    ALSO = "also"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Quote:
    """Someone's words. `text` is what stands from `start` to `end` in the redacted text of the statement.

    `is_shortened`: the passage goes on.
    """

    role: Role
    member: str
    statement_id: str
    start: int
    end: int
    text: str
    is_shortened: bool
    language: str | None
    groups: Mapping[str, str]
