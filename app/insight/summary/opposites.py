"""Who disagrees with most of the others. Only where it is plain; a voice that is not understood is on no side."""

from __future__ import annotations

from collections.abc import Sequence

from app.insight.summary.claims import Count, OnSide, Stands
from app.insight.summary.counting import count
from app.insight.summary.members import Member, Voices
from app.insight.summary.stance import is_about, stance

FEWEST = 5
"""Of fewer people with a clear side one cannot say what most of them feel."""


def counter_voices(members: Sequence[Member], voices: Voices) -> tuple[Count, ...]:
    """Those on the other side: unhappy among happy people or the reverse, and "should not" against "should"."""
    found = (_by_feeling(members, voices), _by_stance(members, voices))
    return tuple(each for each in found if each is not None)


def is_counter_voice(found: Count) -> bool:
    """Whether so few of so many are a counter-voice: there is someone, and a clear majority says the opposite.

    By feeling at most a third of at least FEWEST: the model that hears feelings is wrong now and then. Of what
    should be done at most half: there the words themselves say it.
    """
    if found.of is None or found.number == 0:
        return False
    if isinstance(found.subject, OnSide):
        return found.of >= FEWEST and 3 * found.number <= found.of
    return isinstance(found.subject, Stands) and found.number < found.of and 2 * found.number <= found.of


def _by_feeling(members: Sequence[Member], voices: Voices) -> Count | None:
    both = (count(OnSide(side), members, voices) for side in ("positive", "negative"))
    return next((each for each in both if is_counter_voice(each)), None)


def _by_stance(members: Sequence[Member], voices: Voices) -> Count | None:
    stances = [found for found in (stance(member.text, member.language) for member in members) if found]
    matters = {(found.language, found.about) for found in stances if found.is_against}
    spoken_for = {
        (language, tuple(sorted(about)))
        for language, about in matters
        if any(not s.is_against and s.language == language and is_about(s, about) for s in stances)
    }
    found = [
        count(Stands(language, matter, is_against), members, voices)
        for language, matter in sorted(spoken_for)
        for is_against in (True, False)
    ]
    plain = [each for each in found if is_counter_voice(each)]
    return max(plain, key=lambda each: (each.of or 0, -each.number, each.key), default=None)
