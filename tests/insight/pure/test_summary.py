"""A summary says what its members say, proves it, and cannot be changed without being refused."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.insight.summary import Count, Member, Quote, Role, Summary, summarise, verify
from app.insight.summary.over_time import Unit
from tests.insight.pure.summary_members import START, group_of, member, statements, told

WORDS = ["lift", "kapot", "weken", "huur", "hoog", "straat", "donker", "mooi", "brug", "moet", "niet", "[naam]", "?"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join) | st.sampled_from(
    [
        "Er moet een brug bij de haven komen",
        "Er moet geen brug bij de haven komen",
        "Wij willen dat de lift wordt gemaakt",
    ]
)


@st.composite
def concerns(draw: st.DrawFn) -> list[Member]:
    size = draw(st.integers(0, 45))
    return told(
        [
            member(
                n,
                draw(texts),
                person=draw(st.integers(0, 30)),
                language=draw(st.sampled_from(["nl", "ar", None])),
                source=draw(st.sampled_from(["idea", "note"])),
                day=START + timedelta(days=draw(st.integers(0, 60))),
                feeling=draw(st.sampled_from(["negative", "negative", "positive", "neutral", None])),
                kind=draw(st.sampled_from(["complaint", "praise", "wish", None])),
                urgent=draw(st.integers(0, 9)) == 0,
                meaning=draw(st.tuples(*[st.sampled_from([0, 0.5, 1])] * 4)),
            )
            for n in range(size)
        ]
    )


@given(concerns(), st.sampled_from(["nl", "ar", "en"]))
@settings(max_examples=60)
def test_every_summary_proves_itself_and_does_not_hang_on_the_order(members, language):
    made = summarise(members, language)
    assert verify(made, members, statements(members)) == ()
    assert summarise(members[::-1], language) == made


def changes(thing: object) -> list[object]:
    """Each way of changing one value somewhere in a summary."""
    if isinstance(thing, bool):
        return [not thing]
    if isinstance(thing, Role):
        return [role for role in Role if role != thing]
    if isinstance(thing, Unit):
        return [unit for unit in Unit if unit != thing]
    if isinstance(thing, int):
        return [thing + 1, thing - 1]
    if isinstance(thing, float):
        return [thing + 0.01, thing - 0.01]
    if isinstance(thing, str):
        return [thing + "x", thing[1:], thing.swapcase() if thing.swapcase() != thing else thing + " "]
    if isinstance(thing, date):
        return [thing + timedelta(days=1)]
    if isinstance(thing, tuple) and thing and isinstance(thing[0], str):
        return [thing[1:], thing[:-1], (*thing, "someone"), ("someone", *thing[1:])]
    if isinstance(thing, tuple):
        return [(*thing[:i], new, *thing[i + 1 :]) for i in range(len(thing)) for new in changes(thing[i])]
    if isinstance(thing, dict):
        return [{**thing, key: new} for key in thing for new in changes(thing[key])]
    if is_dataclass(thing):
        return [replace(thing, **{f.name: new}) for f in fields(thing) for new in changes(getattr(thing, f.name))]
    return []


TEN = group_of(12, 11, 0, language="nl") + group_of(12, 1, 20, language="ar", day=START + timedelta(days=40))
CAMPAIGN = [member(40 + n, "Wij willen dat de lift wordt gemaakt", feeling="negative") for n in range(6)]
STANCE = [
    member(60, "Er moet een brug bij de haven komen", source="note", meaning=(0.5, 0, 0, 1)),
    member(61, "Er moet een brug bij de haven komen, nu"),
    member(62, "Er moet geen brug bij de haven komen", meaning=(0, 1, 0, 0)),
]
RICH = told([*TEN, *CAMPAIGN, *STANCE])


def test_any_change_to_what_it_says_is_refused():
    made = summarise(RICH, "nl")
    parts = (made.campaigns, made.phrases, made.feels, made.counters, made.spells, made.by_group, made.differing)
    assert all(parts)
    assert made.moved
    assert len(made.quotes) > 3
    tried = 0
    for part in fields(Summary):
        for new in changes(getattr(made, part.name)):
            if part.name == "language":
                continue  # says who reads it, nothing about the people in it
            tried += 1
            assert verify(replace(made, **{part.name: new}), RICH, statements(RICH)), (part.name, new)
    assert tried > 500


@given(concerns(), st.data())
@settings(max_examples=40)
def test_what_is_no_longer_there_is_not_proven_by_it(members, data):
    made = summarise(members, "nl")
    assume(members)
    gone = data.draw(st.sampled_from(members))
    left = [each for each in members if each is not gone]
    assert verify(made, left, statements(left))


def test_nobody_and_texts_without_words_are_summarised_too():
    assert summarise([], "nl").people.number == 0
    made = summarise([member(0, "?"), member(1, "👍", meaning=(0, 0, 0, 0))], "nl")
    assert made.people.number == 2
    assert all(isinstance(quote, Quote) for quote in made.quotes)
    assert all(isinstance(each, Count) for each in made.counts())
