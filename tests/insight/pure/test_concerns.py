"""From statements to concerns, as a coordinator would see them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from app.insight import Analysis, Encoder, KnownConcern, Statement, analyse, group, read

LIFT = [
    "De lift is al drie weken stuk en niemand repareert hem",
    "The lift has been broken for weeks, nobody repairs it",
    "المصعد معطل منذ أسابيع ولا أحد يصلحه",
    "Asansör haftalardır bozuk, kimse tamir etmiyor",
    "Winda nie działa od kilku tygodni i nikt jej nie naprawia",
]
DOGS = [
    "Overal ligt hondenpoep op de stoep",
    "There is dog mess all over the pavement",
    "Kaldırımlarda her yerde köpek pisliği var",
    "Psie kupy leżą wszędzie na chodniku",
]
ALONE = ["Ik wil graag een cursus bloemschikken", "Why is the church clock five minutes slow?"]
TEXTS = [*LIFT, *DOGS, *ALONE]

Analysed = Callable[[Sequence[str]], Analysis]


def groups(analysis: Analysis) -> set[frozenset[str]]:
    """The concerns as sets of texts."""
    return {frozenset(analysis.passages[i].text for i in concern.passages) for concern in analysis.concerns}


def test_the_same_said_in_five_languages_is_one_concern(analysed: Analysed) -> None:
    analysis = analysed(TEXTS)
    assert groups(analysis) == {frozenset(LIFT), frozenset(DOGS)}
    assert [len(concern.passages) for concern in analysis.concerns] == [5, 4]
    lift, dogs = analysis.concerns
    assert dict(lift.languages) == dict.fromkeys(("ar", "en", "nl", "pl", "tr"), 1)
    assert (lift.catalogue_id, lift.theme, lift.title_language) == ("lift_broken", "housing", "nl")
    assert (dogs.catalogue_id, dogs.theme) == ("dog_mess", "public_space")
    assert dict(dogs.titles) == {"nl": "Hondenpoep", "en": "Dog mess"}
    assert all(passage.concern_id is None for passage in analysis.passages if passage.text in ALONE)


def test_the_order_makes_no_difference_and_a_second_run_neither(analysed: Analysed) -> None:
    first, again = analysed(TEXTS), analysed(TEXTS)
    assert first == again
    assert all(a.vector.tobytes() == b.vector.tobytes() for a, b in zip(first.passages, again.passages, strict=True))
    shuffled = random.Random(3).sample(TEXTS, len(TEXTS))
    other = analysed(shuffled)
    assert groups(other) == groups(first)
    assert [c.title for c in other.concerns] == [c.title for c in first.concerns]
    assert [{other.passages[i].text for i in c.quotes} for c in other.concerns] == [
        {first.passages[i].text for i in c.quotes} for c in first.concerns
    ]


def test_every_passage_can_be_walked_back_to_the_words(analysed: Analysed) -> None:
    texts = ["Bel mij op 0612345678.\n- De lift is stuk\n- Er ligt hondenpoep", "Mail a@b.nl over de lift"]
    analysis = analysed(texts)
    for passage in analysis.passages:
        assert analysis.redacted[passage.statement_id].text[passage.start : passage.end] == passage.text
    assert [p.redacted for p in analysis.passages] == [("phone",), (), (), ("email",)]


def test_one_statement_that_says_it_twice_is_no_concern(analysed: Analysed) -> None:
    analysis = analysed(["- De lift is alweer stuk\n- De lift is alweer stuk", "Ik houd van deze wijk"])
    assert len(analysis.passages) == 3
    assert analysis.concerns == ()


def test_the_same_text_a_thousand_times_is_one_concern_with_one_quote(analysed: Analysed) -> None:
    analysis = analysed(["De lift is stuk!"] * 1000 + ["Er ligt hondenpoep"])
    assert [len(concern.passages) for concern in analysis.concerns] == [1000]
    assert len(analysis.concerns[0].quotes) == 1


def test_new_statements_join_what_is_known_and_its_id_stays(encoder: Encoder) -> None:
    before = read([Statement("1", LIFT[0]), Statement("2", LIFT[1]), Statement("3", DOGS[0])], encoder).passages
    known = KnownConcern(
        "kept-id",
        "De lift!",
        np.stack([before[0].vector, before[1].vector]),
        texts=(before[0].text, before[1].text),
        title_language="nl",
        theme="housing",
    )
    new = [Statement("4", LIFT[3]), Statement("5", LIFT[4]), Statement("6", DOGS[1]), Statement("7", DOGS[2])]
    analysis = analyse(new, encoder, [known])
    joined, found = analysis.concerns
    assert (joined.id, joined.title, joined.is_known, joined.passages) == ("kept-id", "De lift!", True, (0, 1))
    assert (found.is_known, found.passages) == (False, (2, 3))
    assert [passage.concern_id for passage in analysis.passages] == ["kept-id", "kept-id", found.id, found.id]


def test_a_new_concern_does_not_take_an_id_that_is_known(encoder: Encoder) -> None:
    passages = read([Statement(str(i), text) for i, text in enumerate([*LIFT, *DOGS])], encoder).passages
    known = KnownConcern("c1", "Iets anders", np.stack([-passages[0].vector]), texts=("niets",))
    assert [concern.id for concern in group(passages, [known])] == ["c2", "c3"]


def test_grouping_stored_passages_gives_what_analysing_gives(encoder: Encoder) -> None:
    statements = [Statement(str(i), text) for i, text in enumerate(TEXTS)]
    stored = [replace(p, vector=np.frombuffer(p.vector.tobytes(), "<f4")) for p in read(statements, encoder).passages]
    assert group(stored) == analyse(statements, encoder).concerns


def test_quotes_are_of_different_people_and_languages_and_at_most_five(analysed: Analysed) -> None:
    analysis = analysed([*LIFT, *(f"{LIFT[0]}, {end}" for end in ("erg", "boos", "schande"))])
    concern = analysis.concerns[0]
    quoted = [analysis.passages[i] for i in concern.quotes]
    assert len(concern.passages) > 5 == len(quoted) == len({p.statement_id for p in quoted})
    assert {p.language for p in quoted} == set(concern.languages)
    assert set(concern.quotes) <= set(concern.passages)


def test_feelings_that_are_not_determined_are_not_counted(analysed: Analysed) -> None:
    analysis = analysed(TEXTS)
    for concern in analysis.concerns:
        known = [analysis.passages[i].feeling for i in concern.passages if analysis.passages[i].feeling]
        assert sum(concern.feelings.values()) == len(known)
        assert set(concern.feelings) <= {"negative", "neutral", "positive"}
