"""What is told of a concern, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.insight.summary import Member, Role, summarise
from app.insight.summary.claims import Feels, Group, Period, SameWords
from app.insight.summary.over_time import Unit
from tests.insight.pure.summary_members import START, group_of, member, told


def test_the_most_central_words_come_first_and_the_reader_reads_their_own_language():
    many = [member(n, f"De lift werkt al {n} weken niet", meaning=(1, 0.05 * n, 0, 0)) for n in range(5)]
    arabic = [member(10, "المصعد معطل منذ أسابيع عديدة", language="ar", meaning=(1, 0.11, 0, 0))]
    far = [member(20, "Iets heel anders dan de rest zegt", meaning=(0, 0, 1, 0))]
    for language in ("nl", "ar"):
        made = summarise([*many, *arabic, *far], language)
        first = made.quotes[0]
        assert (first.role, first.language) == (Role.CENTRAL, language)
    assert far[0].id in [quote.member for quote in made.quotes]


def test_who_speaks_counts_beside_what_is_said():
    same = [member(n, f"De lift is alweer stuk, dag {n}") for n in range(20)]
    other = [
        member(30, "Asansör haftalardır çalışmıyor", language="tr"),
        member(31, "De lift doet het niet meer", source="note"),
    ]
    quoted = {quote.member for quote in summarise([*same, *other], "nl").quotes}
    assert {"m030", "m031"} <= quoted
    assert len(quoted) <= 3  # the other nineteen say what is quoted already


def test_nobody_is_quoted_twice_and_nothing_urgent_is_quoted():
    both = told(
        [member(0, "De lift is kapot in onze flat", person=1), member(1, "En het licht is ook kapot", person=1)]
    )
    made = summarise([*both, member(2, "Iemand wordt hier bedreigd, help ons", urgent=True)], "nl")
    assert len(made.quotes) == 1
    assert made.people.number == 2


def test_a_very_long_text_is_quoted_up_to_a_word():
    long = member(0, "lift " * 4000)
    quote = summarise([long], "nl").quotes[0]
    assert long.text.startswith(quote.text)
    assert 380 < len(quote.text) <= 400


def test_a_campaign_is_told_as_one_and_counts_as_one_voice():
    own = group_of(12, 2, 100)
    sent = [member(n, f"Wij willen dat de lift{'!' * (n % 3)} wordt gemaakt", feeling="negative") for n in range(50)]
    made = summarise([*own, *sent], "nl")
    assert made.people.number == 62
    assert [(c.number, type(c.subject)) for c in made.campaigns] == [(50, SameWords)]
    unhappy = next(c for c in made.feels if c.subject.feeling == "negative")
    assert (unhappy.number, unhappy.of) == (3, 13)
    assert sum(quote.text.startswith("Wij willen") for quote in made.quotes) == 1


def test_short_words_that_are_the_same_are_no_campaign():
    made = summarise([member(n, "Lift kapot", feeling="negative") for n in range(12)], "nl")
    assert made.campaigns == ()
    assert made.feels[0].number == 12


def test_whoever_wrote_more_than_the_campaign_is_a_voice_of_their_own():
    sent = [member(n, "Wij willen dat de lift wordt gemaakt", feeling="negative") for n in range(6)]
    more = [member(20 + n, "Ik kan de trap niet op", person=n, feeling="negative") for n in range(2)]
    others = group_of(9, 9, 100)
    made = summarise(told([*sent, *more, *others]), "nl")
    assert made.feels[0].of == 9 + 2 + 1


class TestCounterVoice:
    def test_someone_happy_among_complaints_is_counted_and_quoted_last(self):
        many = [
            member(n, f"De nieuwe speeltuin is te luid {n}", feeling="negative", kind="complaint") for n in range(9)
        ]
        one = member(50, "Ik geniet van de nieuwe speeltuin", feeling="positive", kind="praise", meaning=(1, 1, 0, 0))
        made = summarise([*many, one], "nl")
        assert [(c.number, c.of, c.members) for c in made.counters] == [(1, 10, ("m050",))]
        assert (made.quotes[-1].role, made.quotes[-1].member) == (Role.COUNTER, "m050")

    @pytest.mark.parametrize(
        ("feeling", "kind"),
        [("positive", "complaint"), ("negative", "praise"), ("positive", "wish"), ("neutral", None)],
    )
    def test_who_is_not_clearly_on_the_other_side_is_no_counter_voice(self, feeling, kind):
        many = [member(n, f"De speeltuin is te luid {n}", feeling="negative", kind="complaint") for n in range(9)]
        assert summarise([*many, member(50, "Wat een speeltuin", feeling=feeling, kind=kind)], "nl").counters == ()

    def test_a_divided_concern_and_a_small_one_have_none(self):
        assert summarise(group_of(10, 6, 0), "nl").counters == ()
        assert summarise(group_of(4, 3, 0), "nl").counters == ()

    @pytest.mark.parametrize(
        ("language", "yes", "no"),
        [
            ("en", "The city should build a bridge here", "The city should not build a bridge here"),
            ("en", "They must allow dogs in the park", "They mustn’t allow dogs in the park"),
            ("nl", "Er moet een brug bij de haven komen", "Er moet geen brug bij de haven komen"),
            ("de", "Die Stadt sollte eine Brücke bauen", "Die Stadt sollte keine Brücke bauen"),
            ("ar", "يجب أن تسمح البلدية بالكلاب", "لا يجب أن تسمح البلدية بالكلاب"),
            ("pl", "Miasto powinno zbudować tu most", "Miasto nie powinno zbudować tu most"),
        ],
    )
    def test_should_not_stands_against_should(self, language, yes, no):
        made = summarise([member(0, yes, language=language), member(1, no, language=language)], "en")
        assert [(c.number, c.of) for c in made.counters] == [(1, 2)]
        assert [quote.role for quote in made.quotes] == [Role.CENTRAL, Role.COUNTER]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The city should build a bridge here", "The city should not build a bridge near the school yard"),
            ("The limit should be 30 in this street", "The limit should not be 50 in this street"),
            ("The city should build more houses", "The city should not build less houses"),
            ("Should the city build a bridge?", "The city should not build a bridge"),
            ("The city should build a bridge", "Nobody says the city should not build a bridge"),
            ("The city should build a bridge", "If it floods the city should not build a bridge"),
        ],
    )
    def test_what_is_not_plainly_the_opposite_is_not_called_so(self, one, other):
        assert summarise([member(0, one, language="en"), member(1, other, language="en")], "en").counters == ()


class TestOverTime:
    def spread(self, days: Sequence[int]) -> list[Member]:
        return [
            member(n, f"Woorden nummer {n}", day=START + timedelta(days=day), feeling="negative")
            for n, day in enumerate(days)
        ]

    def test_weeks_when_there_are_enough_each_week(self):
        made = summarise(self.spread([0] * 6 + [7] * 5 + [14] * 3), "nl")
        assert made.unit is Unit.WEEK
        assert [spell.voices.number if spell.voices else None for spell in made.spells] == [6, 5, None]
        assert made.spells[2].feels == ()

    def test_longer_periods_when_there_are_few(self):
        assert summarise(self.spread(range(0, 200, 12)), "nl").unit is Unit.QUARTER
        assert summarise(self.spread(range(0, 75, 4)), "nl").unit is Unit.MONTH

    def test_a_period_without_anyone_is_nought(self):
        made = summarise(self.spread([0] * 5 + [14] * 5), "nl")
        assert [spell.voices.number for spell in made.spells] == [5, 0, 5]

    @pytest.mark.parametrize("days", [[], [0] * 30, [0, 400], [0] * 4 + [7] * 4])
    def test_nothing_when_there_is_nothing_to_compare(self, days):
        made = summarise(self.spread(days), "nl")
        assert (made.unit, made.spells, made.moved) == (None, (), None)

    def test_a_change_is_told_when_it_is_larger_than_chance(self):
        later = START + timedelta(days=7)
        made = summarise(group_of(15, 14, 0) + group_of(15, 2, 100, day=later), "nl")
        assert [(c.number, c.of) for c in made.moved] == [(14, 15), (2, 15)]
        assert made.moved[1].subject == Feels("negative", Period(later, later + timedelta(days=6)))
        assert summarise(group_of(15, 9, 0) + group_of(15, 6, 100, day=later), "nl").moved is None


class TestGroups:
    def test_groups_of_fewer_than_ten_are_not_told(self):
        made = summarise(group_of(30, 15, 0) + group_of(9, 9, 100, language="ar"), "nl")
        assert [c.subject.within.value for c in made.by_group if c.subject.within.dimension == "language"] == []
        made = summarise(group_of(30, 15, 0) + group_of(10, 10, 100, language="ar"), "nl")
        assert [c.subject.within for c in made.by_group] == [Group("language", "ar"), Group("language", "nl")]

    def test_only_a_difference_beyond_chance_is_told_and_only_once(self):
        made = summarise(group_of(20, 19, 0) + group_of(20, 5, 100, language="ar"), "nl")
        assert [[(c.number, c.of) for c in pair] for pair in made.differing] == [[(19, 20), (5, 20)]]
        assert summarise(group_of(20, 12, 0) + group_of(20, 10, 100, language="ar"), "nl").differing == ()

    def test_a_person_who_feels_two_ways_counts_once_in_the_total(self):
        both = [
            member(100 + n, f"Dit deel {n} is van mij", person=0, feeling=feeling)
            for n, feeling in enumerate(["negative", "positive"])
        ]
        made = summarise(told(group_of(10, 5, 1) + both), "nl")
        assert [(c.number, c.of) for c in made.feels] == [(6, 11), (6, 11)]


class TestKeyPhrases:
    def test_they_are_used_by_many_and_less_elsewhere(self):
        here = [member(n, f"In onze wijk is de lift in flat {c} kapot") for n, c in enumerate("ABCDEF")]
        elsewhere = [(f"In onze wijk is iets anders {n}", "nl") for n in range(10)]
        phrases = [c.subject.phrase for c in summarise(here, "nl", elsewhere).phrases]
        assert any("lift" in phrase for phrase in phrases)
        assert not any("wijk" in phrase for phrase in phrases)

    def test_those_in_the_readers_language_come_first(self):
        dutch = [member(n, f"De lift blijft kapot, week {n}") for n in range(8)]
        arabic = [member(20 + n, f"المصعد معطل {n}", language="ar") for n in range(4)]
        for language in ("ar", "nl"):
            found = summarise([*dutch, *arabic], language).phrases
            assert found[0].subject.language == language
            assert {c.subject.language for c in found} == {"ar", "nl"}

    def test_a_campaign_makes_no_phrase(self):
        made = summarise([member(n, "Wij willen dat de lift wordt gemaakt") for n in range(50)], "nl")
        assert made.phrases == ()

    def test_everyone_who_uses_it_is_counted_whatever_their_language(self):
        here = [member(n, f"Glasvezel! {c}", language="nl") for n, c in enumerate("ABCD")]
        made = summarise([*here, member(9, "Glasvezel please", language="en")], "nl")
        assert [(c.subject.phrase, c.number) for c in made.phrases][0] == ("glasvezel", 5)
