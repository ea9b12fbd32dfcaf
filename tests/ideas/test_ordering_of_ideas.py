"""The random order is fair and stays; the beginning of a text is honest."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ideas.excerpt import LENGTH, excerpt
from app.ideas.ordering import is_seed, new_seed, shuffled

some_ids = st.lists(st.uuids(), unique=True, max_size=30)


@given(some_ids, st.randoms())
def test_a_seed_gives_one_order_of_all_ids_however_they_come(ids: list[UUID], random: object) -> None:
    again = list(ids)
    random.shuffle(again)  # type: ignore[attr-defined]
    assert shuffled(ids, "0badcafe") == shuffled(again, "0badcafe")
    assert sorted(shuffled(ids, "0badcafe")) == sorted(ids)


@given(some_ids, st.uuids())
def test_a_new_idea_moves_no_two_others_past_each_other(ids: list[UUID], new: UUID) -> None:
    with_new = shuffled([*ids, new], "0badcafe")
    assert [id_ for id_ in with_new if id_ != new] == shuffled([i for i in ids if i != new], "0badcafe")


def test_each_idea_comes_first_for_about_as_many_readers() -> None:
    ids = [UUID(int=i) for i in range(5)]
    first = Counter(shuffled(ids, f"{seed:08x}")[0] for seed in range(5_000))
    # 1,000 each; five standard deviations of a fair draw are 5 * sqrt(5000 * 0.2 * 0.8) = 141.
    assert all(859 <= first[id_] <= 1_141 for id_ in ids)


def test_seeds_differ_and_others_are_no_seeds() -> None:
    assert new_seed() != new_seed()
    assert is_seed(new_seed())
    assert not any(is_seed(text) for text in ("", "short", "0badcafe0", "0BADCAFE", "0badcaf\n", "<script>"))


def test_another_seed_gives_another_order() -> None:
    ids = [uuid4() for _ in range(30)]
    assert shuffled(ids, "00000001") != shuffled(ids, "00000002")


@given(st.text(max_size=600))
def test_an_excerpt_is_the_text_or_its_beginning_with_a_mark(text: str) -> None:
    shown = excerpt(text)
    if len(text) <= LENGTH:
        assert shown == text
    else:
        assert shown.endswith(" …")
        assert text.startswith(shown.removesuffix(" …"))
        assert 0 < len(shown) <= LENGTH + 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two three", "one two …"),
        ("onetwothree", "onetwoth …"),
        ("one\ntwothree", "one …"),
        ("one two", "one two"),
    ],
)
def test_an_excerpt_ends_at_a_word(text: str, shown: str) -> None:
    assert excerpt(text, 8) == shown
