"""Proves a summary: counts everything again from the passages, and looks each quote up where it is said to stand.

Written apart from what makes summaries, in the plainest way, so that a fault there shows here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from app.common.share_interval import share_interval
from app.insight.campaigns import CAMPAIGN, same_words
from app.insight.summary.claims import Count, Everyone, Feels, Group, Period, Quote, Role, SameWords, Spoke, Uses
from app.insight.summary.cover import most_central, said, shortened
from app.insight.summary.groups import Pair
from app.insight.summary.intervals import FEWEST, apart
from app.insight.summary.members import Member
from app.insight.summary.opposites import is_counter_voice
from app.insight.summary.over_time import SHOWN_FROM, period_of
from app.insight.summary.summary import TOLD, Spell, Summary


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a summary says and the passages do not. `claim` is the quote or count, or None for the whole."""

    why: str
    claim: Count | Quote | None = None


def verify(summary: Summary, members: Sequence[Member], statements: Mapping[str, str]) -> tuple[Fault, ...]:
    """What in the summary is not so; empty when every claim is proven.

    `statements`: the redacted text of each statement, by its id.
    """
    return (
        *_counts(summary, members),
        *_quotes(summary, members, statements),
        *_time(summary, members),
        *_groups(summary),
    )


def _voices(members: Sequence[Member]) -> dict[str, str]:
    people: dict[str, set[str]] = {}
    for member in members:
        people.setdefault(same_words(member.text), set()).add(member.statement_id)

    def sent(member: Member) -> str:
        words = same_words(member.text)
        is_campaign = len(words) >= 30 and len(people[words]) >= CAMPAIGN
        return member.campaign or (words if is_campaign else "")

    said: dict[str, set[str]] = {}
    for member in members:
        said.setdefault(member.statement_id, set()).add(sent(member))
    return {person: "\n".join(sorted(texts)) if all(texts) else person for person, texts in said.items()}


def _counts(summary: Summary, members: Sequence[Member]) -> Iterator[Fault]:
    voices = _voices(members)
    for claim in summary.counts():
        subject = claim.subject
        members_of = [member for member in members if subject.holds(member)]
        among = [member for member in members if subject.among(member)]

        def size(part: list[Member], of_people: bool = subject.of_people) -> int:
            return len({member.statement_id if of_people else voices[member.statement_id] for member in part})

        if sorted(claim.members) != sorted(member.id for member in members_of):
            yield Fault("the passages are not those that say this", claim)
        if claim.number != size(members_of):
            yield Fault("the number is not that of the passages", claim)
        if sorted(claim.among) != sorted(member.id for member in among):
            yield Fault("the passages it is counted from are not those", claim)
        if claim.of != (size(among) or None):
            yield Fault("the total is not that of the passages", claim)
        elif claim.interval != (share_interval(claim.number, claim.of) if claim.of and claim.of >= FEWEST else None):
            yield Fault("the interval does not belong to the share", claim)
        if isinstance(subject, Uses):
            is_plain = subject.phrase == " ".join(subject.phrase.casefold().split())
            if not is_plain or subject.language not in {member.language for member in members_of}:
                yield Fault("nobody says this phrase in this language", claim)
        if isinstance(subject, Feels) and subject.feeling not in TOLD:
            yield Fault("this is no feeling", claim)
    yield from _kinds(summary)


def _kinds(summary: Summary) -> Iterator[Fault]:
    if not isinstance(summary.people.subject, Everyone):
        yield Fault("it does not begin with everyone", summary.people)
    for claim in summary.campaigns:
        if not isinstance(claim.subject, SameWords) or claim.number < CAMPAIGN:
            yield Fault("this is no campaign", claim)
    for claim in summary.phrases:
        if not isinstance(claim.subject, Uses):
            yield Fault("this is no phrase", claim)
    for claim in summary.feels:
        if not isinstance(claim.subject, Feels) or claim.subject.within is not None or claim.interval is None:
            yield Fault("this is not what all feel", claim)
    for claim in summary.counters:
        if not is_counter_voice(claim):
            yield Fault("this is no counter-voice", claim)


def _quotes(summary: Summary, members: Sequence[Member], statements: Mapping[str, str]) -> Iterator[Fault]:
    by_id = {member.id: member for member in members}
    roles = [quote.role for quote in summary.quotes]
    if Role.CENTRAL in roles[1:] or len({quote.member for quote in summary.quotes}) < len(roles):
        yield Fault("someone is quoted twice")
    disagree = {member for counter in summary.counters for member in counter.members}
    for quote in summary.quotes:
        member = by_id.get(quote.member)
        if member is None or (member.statement_id, member.language) != (quote.statement_id, quote.language):
            yield Fault("nobody here said this", quote)
            continue
        whole = statements.get(quote.statement_id, "")
        expected = shortened(whole[member.start : member.end])
        if (quote.start, quote.end, quote.text) != (member.start, member.start + len(expected), expected):
            yield Fault("these are not the words that stand there", quote)
        if quote.is_shortened is not (quote.end < member.end):
            yield Fault("it is not told whether the person said more", quote)
        if member.urgent or dict(member.groups) != dict(quote.groups):
            yield Fault("this is not how, or by whom, it may be quoted", quote)
        if (quote.role is Role.COUNTER) is not (quote.member in disagree):
            yield Fault("which side this person is on is not told", quote)
    found = said(members)
    agreeing = {i for i, member in enumerate(found.members) if member.id not in disagree}
    central = most_central(found, summary.language, agreeing)
    if (None if central is None else found.members[central].id) != next(
        (quote.member for quote in summary.quotes if quote.role is Role.CENTRAL), None
    ):
        yield Fault("the first quote is not the most central one")


def _time(summary: Summary, members: Sequence[Member]) -> Iterator[Fault]:
    for spell in summary.spells:
        yield from _spell(spell, members)
    if (summary.unit is None) is not (not summary.spells):
        yield Fault("it is not said how long the periods are")
    if not summary.spells:
        return
    first, last = summary.spells[0].period.first, summary.spells[-1].period.last
    days = [spell.period for spell in summary.spells]
    is_row = all(one.last + timedelta(days=1) == next_one.first for one, next_one in pairwise(days))
    if not is_row or any(period != period_of(period.first, summary.unit) for period in days if summary.unit):
        yield Fault("the periods do not follow on each other")
    if any(not first <= member.day <= last for member in members):
        yield Fault("someone spoke outside all periods")


def _spell(spell: Spell, members: Sequence[Member]) -> Iterator[Fault]:
    if spell.voices is None:
        voices = _voices(members)
        here = {voices[member.statement_id] for member in members if spell.period.holds(member)}
        if spell.feels or not 0 < len(here) < SHOWN_FROM:
            yield Fault("a period is said to have too few people")
    elif spell.voices.subject != Spoke(spell.period) or 0 < spell.voices.number < SHOWN_FROM:
        yield Fault("this is not how many spoke in the period", spell.voices)
    for claim in spell.feels:
        if not isinstance(claim.subject, Feels) or claim.subject.within != spell.period:
            yield Fault("this is not what they felt in the period", claim)


def _groups(summary: Summary) -> Iterator[Fault]:
    for claim in summary.by_group:
        subject = claim.subject
        within = subject.within if isinstance(subject, Feels) and subject.feeling == summary.leading else None
        if not isinstance(within, Group) or within.is_rest or claim.interval is None:
            yield Fault("this is no group of enough people", claim)
    for pair in summary.differing:
        subject, others = pair[0].subject, pair[1].subject
        if not (
            isinstance(subject, Feels)
            and isinstance(subject.within, Group)
            and others == Feels(subject.feeling, Group(subject.within.dimension, subject.within.value, is_rest=True))
        ):
            yield Fault("a group is compared with something else than the others", pair[0])
        yield from _apart(pair)
    if summary.moved is not None:
        yield from _moved(summary, *summary.moved)


def _moved(summary: Summary, before: Count, after: Count) -> Iterator[Fault]:
    days = [spell.period for spell in summary.spells]
    halves = [
        (Period(days[0].first, one.last), Period(next_one.first, days[-1].last)) for one, next_one in pairwise(days)
    ]
    subjects = [(Feels(summary.leading, first), Feels(summary.leading, second)) for first, second in halves]
    if (before.subject, after.subject) not in subjects:
        yield Fault("before and after are not the whole time", before)
    yield from _apart((before, after))


def _apart(pair: Pair) -> Iterator[Fault]:
    one, other = pair
    if one.interval is None or other.interval is None or not apart(one.interval, other.interval):
        yield Fault("the difference can be chance", one)
