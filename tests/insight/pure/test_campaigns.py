"""One text that many people sent is found as one, and what only looks like it is left alone."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.campaigns import CAMPAIGN, LONG_ENOUGH, SHORT_CAMPAIGN, find_campaigns, same_words

LETTER = "Wij willen dat de gemeente het bos aan de rand van de wijk laat staan en er geen weg doorheen legt."
SECOND = "De bus moet weer door de wijk rijden, ook in de avond en op zondag, want wij hebben geen auto."
OWN = "In het bos leerde ik fietsen, mijn dochter ook, en ik zou er graag nog eens met mijn kleinkind lopen."


def sent(*texts: str) -> list[tuple[str, str]]:
    return [(f"person {n}", text) for n, text in enumerate(texts)]


def test_the_same_text_a_thousand_times_is_one_campaign_and_other_words_are_none() -> None:
    found = find_campaigns(sent(*[LETTER] * 1000, OWN))
    assert len(set(found[:1000])) == 1
    assert found[0] is not None
    assert found[1000] is None


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.upper(),
        LETTER.replace(" ", "\n  "),
        LETTER.replace(".", "!!!"),
        f"{LETTER} [naam]",
        f"[اسم] {LETTER}",
        LETTER.replace("bos", "ｂｏｓ"),
        LETTER.replace("gemeente", "wethouder"),
        LETTER.replace("Wij", "Mijn man en ik"),
        f"{LETTER} Groeten van ons gezin.",
    ],
)
def test_a_copy_that_differs_a_little_is_a_copy(copy: str) -> None:
    found = find_campaigns(sent(*[LETTER] * (CAMPAIGN - 1), copy))
    assert found == [found[0]] * CAMPAIGN
    assert found[0] is not None


def test_copies_with_another_word_changed_in_each_are_a_campaign() -> None:
    words = LETTER.split()
    copies = [" ".join([*words[:n], "toch", *words[n + 1 :]]) for n in range(len(words))]
    assert len(set(find_campaigns(sent(*copies)))) == 1


@pytest.mark.parametrize("people", [1, CAMPAIGN - 1])
def test_a_few_people_are_no_campaign(people: int) -> None:
    assert find_campaigns(sent(*[LETTER] * people)) == [None] * people


def test_one_person_who_says_it_often_is_no_campaign() -> None:
    assert find_campaigns([("one", LETTER)] * 20) == [None] * 20


def test_short_words_are_easily_the_same_by_chance() -> None:
    short = "De lift is stuk"
    assert len(short) < LONG_ENOUGH
    assert find_campaigns(sent(*[short] * (SHORT_CAMPAIGN - 1))) == [None] * (SHORT_CAMPAIGN - 1)
    assert None not in find_campaigns(sent(*[short] * SHORT_CAMPAIGN))
    assert find_campaigns(sent(*["Meer groen"] * 1000)) == [None] * 1000


def test_two_campaigns_stay_apart_and_the_paragraphs_of_one_letter_do_not() -> None:
    two = find_campaigns(sent(*[LETTER] * 6, *[SECOND] * 6))
    assert len(set(two)) == 2
    of_one_letter = [(f"person {n}", text) for n in range(6) for text in (LETTER, SECOND)]
    assert len(set(find_campaigns(of_one_letter))) == 1
    some_sent_both = find_campaigns([*sent(*[LETTER] * 20), *sent(*[SECOND] * 6)])
    assert len(set(some_sent_both)) == 2


def test_own_words_in_the_same_template_are_not_copies() -> None:
    numbered = [f"De lift in flat {n} is al {n} weken stuk en ik woon op nummer {n}." for n in range(30)]
    assert find_campaigns(sent(*numbered)) == [None] * 30


def test_texts_without_words_are_no_campaign() -> None:
    for text in ("", " ", "😊😊😊", "[naam]", "?!"):
        assert find_campaigns(sent(*[text] * 100)) == [None] * 100


def test_the_order_and_the_number_of_copies_make_no_other_key() -> None:
    said = sent(*[LETTER] * 7, *[LETTER.replace("bos", "park")] * 3, *[SECOND] * 5, OWN)
    keys = dict(zip(said, find_campaigns(said), strict=True))
    random.Random(1).shuffle(said)
    assert dict(zip(said, find_campaigns(said), strict=True)) == keys
    more = find_campaigns([*said, *[(f"new {n}", LETTER) for n in range(9)]])
    assert more[: len(said)] == [keys[one] for one in said]


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([LETTER, SECOND, OWN, "Kort", ""])), max_size=60)
)
def test_exact_copies_are_what_one_counts_by_hand(said: list[tuple[str, str]]) -> None:
    people = defaultdict(set)
    for who, text in said:
        people[same_words(text)].add(who)
    for (_, text), key in zip(said, find_campaigns(said), strict=True):
        assert (key is not None) is (
            len(people[same_words(text)]) >= CAMPAIGN and len(same_words(text)) >= LONG_ENOUGH
        )


@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_text_is_borne(texts: list[str]) -> None:
    assert len(find_campaigns(sent(*texts))) == len(texts)
