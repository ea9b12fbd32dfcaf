"""Counting by approval, against a naive count and by its promises."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.approval import ApprovalRule, Outcome, count, with_a_winner
from app.voting.explanation import Reason, explain

OPTIONS = ["a", "b", "c", "d", "e"]
ballots = st.lists(st.lists(st.sampled_from(OPTIONS), max_size=5), max_size=12)
rules = st.builds(
    ApprovalRule,
    seats=st.integers(1, 5),
    min_choices=st.just(1),
    max_choices=st.just(5),
    threshold_percent=st.integers(0, 100),
    draw_seed=st.sampled_from(["p", "q", "r"]),
)


def naive_winners(rule: ApprovalRule, cast: list[list[str]]) -> list[str]:
    """Take the best option that is left, one seat after the other."""
    left, won = list(OPTIONS), []
    while left and len(won) < rule.seats:
        best = max(sum(option in ballot for ballot in cast) for option in left)
        equal = [o for o in left if sum(o in ballot for ballot in cast) == best]
        option = min(equal, key=rule.draw)
        left.remove(option)
        if best > 0 and Fraction(best, len(cast)) >= Fraction(rule.threshold_percent, 100):
            won.append(option)
    return won


@given(rules, ballots)
def test_the_winners_are_those_of_a_naive_count(rule: ApprovalRule, cast: list[list[str]]) -> None:
    assert list(count(rule, OPTIONS, cast).winners) == naive_winners(rule, cast)


@given(rules, ballots, st.permutations(OPTIONS), st.randoms())
def test_the_order_of_options_and_ballots_changes_nothing(
    rule: ApprovalRule, cast: list[list[str]], order: list[str], random: object
) -> None:
    shuffled = list(cast)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert count(rule, order, shuffled) == count(rule, OPTIONS, cast)


@given(rules, ballots, st.sampled_from(OPTIONS))
def test_one_more_vote_never_harms_an_option(rule: ApprovalRule, cast: list[list[str]], option: str) -> None:
    before = count(rule, OPTIONS, cast).winners
    for place, ballot in enumerate(cast):
        if option not in ballot and option in before:
            more = [*cast[:place], [*ballot, option], *cast[place + 1 :]]
            assert option in count(rule, OPTIONS, more).winners


@given(rules, ballots, st.sampled_from(OPTIONS))
def test_so_many_more_votes_had_been_enough_and_one_fewer_not(
    rule: ApprovalRule, cast: list[list[str]], option: str
) -> None:
    explained = {e.option: e for e in explain(rule, count(rule, OPTIONS, cast))}[option]
    without = [place for place, ballot in enumerate(cast) if option not in ballot]
    enough = [more for more in range(len(without) + 1) if option in winners_with(rule, cast, option, without[:more])]
    assert explained.more_needed == (enough[0] if enough and enough[0] else None)
    assert (explained.reason in (Reason.CHOSEN, Reason.CHOSEN_BY_DRAW)) == (0 in enough)


def winners_with(rule: ApprovalRule, cast: list[list[str]], option: str, places: list[int]) -> list[str]:
    """Who had won when these ballots had named the option too, by the naive count."""
    return naive_winners(rule, [[*b, option] if place in places else b for place, b in enumerate(cast)])


def test_when_everyone_chose_the_other_too_no_number_of_votes_is_told() -> None:
    seeds = map(str, range(100))
    rule = next(r for r in map(one_seat, seeds) if r.draw("x") < r.draw("y"))
    explained = {e.option: e for e in explain(rule, count(rule, ["x", "y"], [["x"], ["x", "y"]]))}
    assert explained["y"].reason is Reason.TOO_FEW_VOTES
    assert explained["y"].more_needed is None


def one_seat(seed: str) -> ApprovalRule:
    return ApprovalRule(seats=1, min_choices=1, max_choices=2, threshold_percent=0, draw_seed=seed)


@given(rules, ballots)
def test_how_many_see_a_choice_of_theirs_chosen(rule: ApprovalRule, cast: list[list[str]]) -> None:
    outcome = count(rule, OPTIONS, cast)
    assert with_a_winner(outcome, cast) == sum(any(w in ballot for w in outcome.winners) for ballot in cast)


def test_a_tie_at_the_border_is_drawn_and_told() -> None:
    rule = ApprovalRule(seats=1, min_choices=1, max_choices=1, threshold_percent=0, draw_seed="poll")
    outcome = count(rule, ["x", "y", "z"], [["x"], ["y"]])
    winner = min(("x", "y"), key=rule.draw)
    assert outcome.winners == (winner,)
    reasons = {e.option: e.reason for e in explain(rule, outcome)}
    assert reasons[winner] is Reason.CHOSEN_BY_DRAW
    assert reasons[({"x", "y"} - {winner}).pop()] is Reason.NOT_BY_DRAW
    assert reasons["z"] is Reason.BELOW_THRESHOLD


def test_another_poll_draws_another_way() -> None:
    winners = set()
    for seed in map(str, range(30)):
        rule = ApprovalRule(seats=1, min_choices=1, max_choices=1, threshold_percent=0, draw_seed=seed)
        winners |= set(count(rule, ["x", "y"], [["x"], ["y"]]).winners)
    assert winners == {"x", "y"}


def test_without_ballots_nothing_is_chosen() -> None:
    rule = ApprovalRule(seats=2, min_choices=1, max_choices=2, threshold_percent=0, draw_seed="p")
    assert count(rule, OPTIONS, []) == Outcome(0, count(rule, OPTIONS, []).counted)
    assert count(rule, OPTIONS, []).winners == ()


@pytest.mark.parametrize("wrong", [{"seats": 0}, {"min_choices": 3, "max_choices": 2}, {"threshold_percent": 101}])
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    values = {"seats": 1, "min_choices": 1, "max_choices": 1, "threshold_percent": 0, **wrong}
    with pytest.raises(ValueError, match="rule|threshold"):
        ApprovalRule(**values, draw_seed="p")  # type: ignore[arg-type]


def test_anyone_recounts_a_published_file_without_a_server(tmp_path: Path) -> None:
    rule = {"seats": 1, "min_choices": 1, "max_choices": 2, "threshold_percent": 0, "draw_seed": "p"}
    file = tmp_path / "ballots.json"
    published = {"rule": rule, "options": [{"key": "1"}, {"key": "2"}], "ballots": [["2"], ["1", "2"]]}
    file.write_text(json.dumps(published), encoding="utf-8")
    blocked = "import sys; sys.modules['flask'] = sys.modules['sqlalchemy'] = None; sys.argv[1:] = [sys.argv[1]];"
    run = "import runpy; runpy.run_module('app.voting', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", blocked + run, str(file)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["winners"] == ["2"]
    file.write_text("[]", encoding="utf-8")
    refused = subprocess.run([sys.executable, "-m", "app.voting", str(file)], capture_output=True, text=True)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
