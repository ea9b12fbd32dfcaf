"""What a summary is made from: the passages of one concern, and who counts as one voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.insight.campaigns import CAMPAIGN, LONG_ENOUGH, same_words
from app.insight.records import Vectors


@dataclass(frozen=True, slots=True)
class Member:
    """One passage of a concern. `statement_id` stands for the person who said it.

    `start` and `end` are positions in the redacted text of the statement. `groups` says who speaks ("language",
    "source", "area", …); what is not known is left out. `day` is the day where the person lives. `feeling` and
    `kind` are None when not determined. `vector` has length 1, or only zeros when the meaning is not known.
    `campaign` names the text, sent by many in the whole neighbourhood, of which this is a copy or nearly one.
    """

    id: str
    statement_id: str
    start: int
    end: int
    text: str
    language: str | None
    groups: Mapping[str, str]
    day: date
    feeling: str | None
    kind: str | None
    urgent: bool
    vector: Vectors = field(repr=False, compare=False)
    campaign: str | None = None


@dataclass(frozen=True)
class Voices:
    """Who counts as one voice: a person, or all people who sent nothing but the same words.

    People who send a text that was handed to them say that they agree; they do not say it independently of each
    other, which shares and intervals assume. So they count once there, and as people where people are counted.
    """

    members: Sequence[Member]

    @cached_property
    def campaigns(self) -> Mapping[str, frozenset[str]]:
        """By the words that were the same: the statements that have them."""
        said: defaultdict[str, set[str]] = defaultdict(set)
        for member in self.members:
            said[same_words(member.text)].add(member.statement_id)
        return {
            words: frozenset(statements)
            for words, statements in sorted(said.items())
            if len(statements) >= CAMPAIGN and len(words) >= LONG_ENOUGH
        }

    @cached_property
    def _voice(self) -> Mapping[str, str]:
        texts: defaultdict[str, set[str | None]] = defaultdict(set)
        for member in self.members:
            words = same_words(member.text)
            texts[member.statement_id].add(member.campaign or (words if words in self.campaigns else None))
        return {
            statement: statement if None in sent else "same: " + " / ".join(sorted(filter(None, sent)))
            for statement, sent in texts.items()
        }

    def of(self, member: Member) -> str:
        """The voice that this member is part of."""
        return self._voice[member.statement_id]
