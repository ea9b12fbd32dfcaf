"""A summary of one concern, made of nothing but quotes and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.insight.summary import groups, over_time
from app.insight.summary.claims import Count, Everyone, Feels, Period, Quote, Role, SameWords, Spoke, Uses
from app.insight.summary.counting import count
from app.insight.summary.cover import MOST, Said, cover, most_central, said, shortened
from app.insight.summary.key_phrases import Text, key_phrases
from app.insight.summary.members import Member, Voices
from app.insight.summary.opposites import counter_voices
from app.insight.summary.over_time import SHOWN_FROM, Unit

TOLD = ("negative", "positive")


@dataclass(frozen=True, slots=True)
class Spell:
    """One period. `voices` is None when there were some, but too few to show; `feels` is then empty."""

    period: Period
    voices: Count | None
    feels: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said in a concern. `language` is the reader's.

    `counters` are those who disagree, each with a quote in `quotes` when one of them can be quoted. `spells` follow
    on each other in steps of `unit`; empty when there is nothing to compare. `moved`: before and after, when the
    feeling changed by more than chance. `by_group`: how usual `leading` is in each group; `differing`: those groups
    in which it is more or less usual than among all others.
    """

    language: str
    people: Count
    campaigns: tuple[Count, ...]
    phrases: tuple[Count, ...]
    quotes: tuple[Quote, ...]
    feels: tuple[Count, ...]
    counters: tuple[Count, ...]
    unit: Unit | None
    spells: tuple[Spell, ...]
    moved: groups.Pair | None
    leading: str
    by_group: tuple[Count, ...]
    differing: tuple[groups.Pair, ...]

    def counts(self) -> Iterator[Count]:
        """Every count in it, in reading order."""
        yield self.people
        yield from self.campaigns
        yield from self.phrases
        yield from self.feels
        yield from self.counters
        for spell in self.spells:
            if spell.voices is not None:
                yield spell.voices
            yield from spell.feels
        yield from self.moved or ()
        yield from self.by_group
        for pair in self.differing:
            yield from pair

    def count_of(self, key: str) -> Count | None:
        """The count with this `Count.key`."""
        return next((each for each in self.counts() if each.key == key), None)


def summarise(members: Sequence[Member], language: str, elsewhere: Sequence[Text] = ()) -> Summary:
    """Summarise the passages of one concern for a reader of `language`.

    `elsewhere`: texts outside the concern with their languages, so that phrases that are usual everywhere are not
    told. The order of `members` makes no difference.
    """
    members = sorted(members, key=lambda member: member.id)
    voices = Voices(members)
    feels = tuple(count(Feels(feeling), members, voices) for feeling in TOLD)
    feels = tuple(each for each in feels if each.interval is not None)
    leading = TOLD[1] if len(feels) == 2 and feels[1].number > feels[0].number else TOLD[0]
    counters = counter_voices(members, voices)
    divided = over_time.periods(members, voices)
    by_group = groups.by_group(members, voices, leading)
    found = key_phrases(members, language, elsewhere)
    return Summary(
        language=language,
        people=count(Everyone(), members, voices),
        campaigns=tuple(count(SameWords(words), members, voices) for words in voices.campaigns),
        phrases=tuple(count(Uses(phrase, spoken), members, voices) for phrase, spoken in found),
        quotes=_quotes(members, counters, language),
        feels=feels,
        counters=counters,
        unit=divided[0] if divided else None,
        spells=tuple(_spell(period, members, voices) for period in divided[1]) if divided else (),
        moved=_moved(divided[1], leading, members, voices) if divided else None,
        leading=leading,
        by_group=by_group,
        differing=groups.differing(by_group, members, voices),
    )


def _spell(period: Period, members: Sequence[Member], voices: Voices) -> Spell:
    spoke = count(Spoke(period), members, voices)
    if 0 < spoke.number < SHOWN_FROM:
        return Spell(period, None)
    return Spell(period, spoke, tuple(count(Feels(feeling, period), members, voices) for feeling in TOLD))


def _moved(found: Sequence[Period], leading: str, members: Sequence[Member], voices: Voices) -> groups.Pair | None:
    before, after = over_time.halves(found, members, voices)
    return groups.moved(before, after, leading, members, voices)


def _quotes(members: Sequence[Member], counters: Sequence[Count], language: str) -> tuple[Quote, ...]:
    found = said(members)
    sides = [{i for i, member in enumerate(found.members) if member.id in counter.members} for counter in counters]
    disagree = set().union(*sides)
    central = most_central(found, language, set(range(len(found.members))) - disagree)
    others = [most_central(found, language, side) for side in sides]
    fixed = list(dict.fromkeys(i for i in (central, *others) if i is not None))
    chosen = cover(found, fixed, disagree, MOST - 1)
    roles = {i: Role.COUNTER for i in fixed if i != central}
    in_order = [*(i for i in chosen if i not in roles), *roles]
    return tuple(_quote(found, i, roles.get(i, Role.CENTRAL if i == central else Role.ALSO)) for i in in_order)


def _quote(found: Said, i: int, role: Role) -> Quote:
    member = found.members[i]
    text = shortened(member.text)
    return Quote(
        role=role,
        member=member.id,
        statement_id=member.statement_id,
        start=member.start,
        end=member.start + len(text),
        text=text,
        is_shortened=text != member.text,
        language=member.language,
        groups=dict(member.groups),
    )
