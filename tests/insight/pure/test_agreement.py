"""Opinion groups, common ground and what divides: nothing that dice would have given as well."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from app.insight import Choice, Opinions, TooFew, Vote, opinions
from app.insight.agreement import Interval, Tally
from app.insight.agreement.__main__ import main
from app.insight.agreement.grouping import grouped, positions
from app.insight.agreement.shares import difference, more_than_there, share
from app.insight.agreement.votes import table_of
from tools.measure_agreement import likeness

Votes = list[Vote]


def cast(choices: Iterable[Iterable[int | None]], who: str = "p", what: str = "s") -> Votes:
    """Votes from rows of -1, 0, 1 or None; participants p00, p01… and statements s00, s01…"""
    return [
        Vote(f"{who}{i:02}", f"{what}{j:02}", Choice(value))
        for i, row in enumerate(choices)
        for j, value in enumerate(row)
        if value is not None
    ]


def camps(sizes: tuple[int, ...], statements: int = 12) -> list[list[int]]:
    """Camps of these sizes; each agrees with its own part of the statements, disagrees with the rest."""
    own = [[1 if j % len(sizes) == camp else -1 for j in range(statements)] for camp in range(len(sizes))]
    return [own[camp] for camp, size in enumerate(sizes) for _ in range(size)]


def two_noisy_camps(seed: int, people: int = 60, statements: int = 16) -> Votes:
    random = np.random.default_rng(seed)
    side = random.choice([-1, 1], statements)
    lean = np.where(np.arange(people)[:, None] % 2, side, -side)
    choices = np.where(random.random(lean.shape) < 0.25, random.integers(-1, 2, lean.shape), lean)
    seen = random.random(lean.shape) < 0.8
    return cast(
        [[int(c) if s else None for c, s in zip(*row, strict=True)] for row in zip(choices, seen, strict=True)]
    )


def found(votes: Votes, groups: int | None = None) -> Opinions:
    told = opinions(votes, groups)
    assert isinstance(told, Opinions)
    return told


def members(told: Opinions) -> set[frozenset[str]]:
    return {frozenset(group.participants) for group in told.groups}


# --- who stand together


@pytest.mark.parametrize("sizes", [(5, 5), (9, 6), (30, 12), (8, 7, 6), (20, 20, 20)])
def test_camps_that_are_split_perfectly_are_found(sizes: tuple[int, ...]) -> None:
    told = found(cast(camps(sizes)))
    assert [len(group.participants) for group in told.groups] == sorted(sizes, reverse=True)
    firsts = np.cumsum([0, *sizes])
    assert members(told) == {
        frozenset(f"p{i:02}" for i in range(start, end)) for start, end in itertools.pairwise(firsts)
    }
    assert told.found_again == told.separation == pytest.approx(1)
    assert told.not_grouped == ()


def test_camps_are_found_through_noise_and_missing_votes() -> None:
    told = found(two_noisy_camps(1))
    assert members(told) == {frozenset(f"p{i:02}" for i in range(first, 60, 2)) for first in (0, 1)}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("people", "statements"), [(20, 10), (60, 20), (300, 40)])
def test_where_votes_fall_as_dice_there_is_one_group(seed: int, people: int, statements: int) -> None:
    random = np.random.default_rng(seed)
    told = found(cast(random.choice([-1, 0, 1], size=(people, statements), p=[0.2, 0.2, 0.6]).tolist()))
    assert len(told.groups) == 1
    assert len(told.groups[0].participants) == people
    assert told.groups[0].representative == ()
    assert told.separation is told.found_again is None
    assert told.dividing() == []


def test_where_all_vote_the_same_there_is_one_group() -> None:
    told = found(cast([[1, 1, -1, 1, 0, 1, 1, 1]] * 12))
    assert len(told.groups) == 1
    assert {one.id for one in told.common_ground()} == {"s00", "s01", "s03", "s05", "s06", "s07"}


def test_a_group_of_fewer_than_five_is_hidden_and_its_votes_are_in_no_figure() -> None:
    told = found(cast(camps((12, 10, 4))), groups=3)
    assert [len(group.participants) for group in told.groups] == [12, 10]
    assert told.not_grouped == ("p22", "p23", "p24", "p25")
    assert {one.tallies[0].votes for one in told.statements} == {12}
    assert {one.tallies[1].votes for one in told.statements} == {10}
    assert len({tally for one in told.statements for tally in one.tallies}) == 4
    assert all(len(one.tallies) == 2 for one in told.statements)


def test_who_voted_on_fewer_than_seven_is_in_no_group() -> None:
    rows: list[list[int | None]] = [list(row) for row in camps((10, 10))]
    rows[0] = rows[0][:6] + [None] * 6
    rows[1] = rows[1][:7] + [None] * 5
    told = found(cast(rows))
    assert told.not_grouped == ("p00",)
    assert len(told.groups[1].participants) == 9


def test_with_fewer_than_seven_statements_one_must_vote_on_all() -> None:
    rows: list[list[int | None]] = [list(row) for row in camps((10, 10), statements=4)]
    rows[0] = [1, None, 1, -1]
    told = found(cast(rows))
    assert told.not_grouped == ("p00",)
    assert [len(group.participants) for group in told.groups] == [10, 9]


@pytest.mark.parametrize("people", [0, 1, 9])
def test_too_few_people_is_told_as_that(people: int) -> None:
    enough_with_one_who_hardly_voted = cast([*camps((people,), 12), [1, 1]]) if people else []
    assert opinions(enough_with_one_who_hardly_voted) == TooFew(people, needed=10)


def test_ten_people_are_enough() -> None:
    assert isinstance(opinions(cast(camps((5, 5)))), Opinions)


def test_two_votes_of_one_person_on_one_statement_are_refused() -> None:
    with pytest.raises(ValueError, match="'p00' voted more than once on 's03'"):
        opinions([*cast(camps((5, 5))), Vote("p00", "s03", Choice.PASS)])


@pytest.mark.parametrize("groups", [1, 6])
def test_other_numbers_of_groups_are_refused(groups: int) -> None:
    with pytest.raises(ValueError, match="groups cannot be looked for"):
        opinions(cast(camps((5, 5))), groups)


# --- what changes nothing


some_votes = st.integers(0, 10_000).map(two_noisy_camps)


@settings(max_examples=15, deadline=None)
@given(some_votes, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(votes: Votes, random: Callable[..., object]) -> None:
    shuffled = list(votes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert opinions(shuffled) == opinions(votes)


@settings(max_examples=15, deadline=None)
@given(some_votes, st.permutations(range(60)), st.permutations(range(16)))
def test_other_names_change_only_the_names(votes: Votes, people: list[int], statements: list[int]) -> None:
    """Ids decide which half of the statements a statement is in where votes are equal; so for a given number."""
    who = {f"p{i:02}": f"p{to:02}" for i, to in enumerate(people)}
    what = {f"s{i:02}": f"s{to:02}" for i, to in enumerate(statements)}
    before = found(votes, groups=2)
    after = found([Vote(who[v.participant], what[v.statement], v.choice) for v in votes], groups=2)
    assert members(after) == {frozenset(who[name] for name in group) for group in members(before)}
    consensus = {one.id: one.consensus for one in after.statements}
    assert {what[one.id]: pytest.approx(one.consensus) for one in before.statements} == consensus


@settings(max_examples=15, deadline=None)
@given(some_votes)
def test_who_passes_on_everything_moves_nothing(votes: Votes) -> None:
    passes = [Vote("zz", f"s{j:02}", Choice.PASS) for j in range(20)]
    before, after = found(votes), found(votes + passes)
    assert after.groups == before.groups
    assert after.statements == before.statements
    assert after.found_again == before.found_again
    assert after.not_grouped == (*before.not_grouped, "zz")


@settings(max_examples=15, deadline=None)
@given(some_votes)
def test_a_statement_that_is_there_twice_gets_the_same_figures_and_the_groups_stay(votes: Votes) -> None:
    again = [Vote(vote.participant, f"{vote.statement} again", vote.choice) for vote in votes]
    assume(not found(votes).not_grouped)
    before, after = found(votes, groups=2), found(votes + again, groups=2)
    assert members(after) == members(before)
    figures = {one.id: (one.tallies, one.consensus, one.divide) for one in after.statements}
    for one in before.statements:
        assert figures[one.id] == figures[f"{one.id} again"] == (one.tallies, one.consensus, one.divide)


@settings(max_examples=15, deadline=None)
@given(some_votes)
def test_turning_every_vote_round_turns_consensus_round(votes: Votes) -> None:
    before = found(votes, groups=2)
    after = found([Vote(v.participant, v.statement, Choice(-v.choice)) for v in votes], groups=2)
    assert members(after) == members(before)
    for one, turned in zip(before.statements, after.statements, strict=True):
        assert (one.consensus, one.consensus_against) == (turned.consensus_against, turned.consensus)


# --- what is said of statements


def test_figures_of_a_statement() -> None:
    """Two camps of 8 and 6 on twelve statements, and a thirteenth: 7 of 8 and 4 of 6 agree."""
    rows = [[*row, last] for row, last in zip(camps((8, 6)), [1] * 7 + [0] + [1] * 4 + [-1] * 2, strict=True)]
    told = found(cast(rows))
    last = told.statements[-1]
    assert last.tallies == (Tally(7, 0, 1), Tally(4, 2, 0))
    assert last.consensus == pytest.approx(8 / 10 * 5 / 8)
    assert last.consensus_against == pytest.approx(1 / 10 * 3 / 8)
    assert last.divide is not None
    assert (last.divide.most, last.divide.least) == (0, 1)
    assert last.divide.apart.value == pytest.approx(7 / 8 - 4 / 6)
    assert last.divide.apart.low < 0 < last.divide.apart.high
    assert last not in told.dividing()
    assert not last.most_agree_in_every_group  # 4 of 6 may be chance
    assert {one.id for one in told.dividing()} == {one.id for one in told.statements[:-1]}


def test_what_all_share_is_common_ground_and_what_sets_a_group_apart_is_not() -> None:
    told = found(cast([[*row, 1, -1] for row in camps((15, 10))]))
    assert [one.id for one in told.common_ground()] == ["s12"]
    for group, side in zip(told.groups, (0, 1), strict=True):
        assert len(group.representative) == 5
        for one in group.representative:
            agrees = int(one.statement[1:]) % 2 == side
            assert one.choice == (Choice.AGREE if agrees else Choice.DISAGREE)
            assert one.here.value == 1
            assert one.elsewhere.value == 0


def test_a_statement_that_few_voted_on_divides_nobody_and_is_typical_of_nobody() -> None:
    rows: list[list[int | None]] = [[*row, None] for row in camps((12, 12))]
    for i in (*range(4), *range(12, 24)):
        rows[i][-1] = 1 if i < 12 else -1
    told = found(cast(rows))
    few = told.statements[-1]
    assert few.tallies == (Tally(4, 0, 0), Tally(0, 12, 0))
    assert few.tallies[0].share(Choice.AGREE) is None
    assert few.tallies[1].share(Choice.DISAGREE) is not None
    assert few.divide is None
    assert "s12" not in {one.statement for group in told.groups for one in group.representative}


# --- against other ways of working it out


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_positions_are_those_of_pca_on_votes_filled_with_the_mean(seed: int) -> None:
    random = np.random.default_rng(seed)
    choices = random.integers(-1, 2, (25, 8)).astype(float)
    choices[random.random(choices.shape) < 0.3] = np.nan
    assume(not np.isnan(choices).all(axis=0).any() and not np.isnan(choices).all(axis=1).any())
    filled = np.where(np.isnan(choices), np.nanmean(choices, axis=0), choices)
    pca = PCA(2, svd_solver="full")
    expected = pca.fit_transform(filled) * np.sqrt(8 / (~np.isnan(choices)).sum(axis=1))[:, None]
    spread = np.linalg.svd(filled - filled.mean(axis=0), compute_uv=False)
    assume(spread[0] - spread[1] > 0.01 < spread[1] - spread[2])
    rows = [[None if np.isnan(value) else int(value) for value in row] for row in choices]
    mine = positions(table_of(cast(rows)))
    turned = np.sign((mine * expected).sum(axis=0))
    assert np.allclose(mine, expected * turned, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 150))
def test_groups_are_nearly_as_tight_as_the_best_of_thirty_random_starts(seed: int, people: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(people, 2)) + random.normal(size=(3, 2))[random.integers(3, size=people)] * 2
    for k, labels in grouped(points, 5).items():
        assert set(labels.tolist()) == set(range(k))
        middles = np.array([points[labels == group].mean(axis=0) for group in range(k)])
        best = KMeans(k, n_init=30, random_state=0).fit(points).inertia_
        assert ((points - middles[labels]) ** 2).sum() <= best * 1.15


def test_an_interval_is_wilsons_and_a_difference_newcombes() -> None:
    """Newcombe, Statistics in Medicine 17, 1998, table II, method 10: 56/70 - 48/80 and 9/10 - 3/10."""
    assert share(15, 148) == Interval(
        pytest.approx(0.1014, abs=1e-4), pytest.approx(0.0624, abs=1e-4), pytest.approx(0.1605, abs=1e-4)
    )
    apart = difference(share(56, 70), share(48, 80))
    assert (apart.value, apart.low, apart.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    apart = difference(share(9, 10), share(3, 10))
    assert (apart.value, apart.low, apart.high) == pytest.approx((0.6, 0.1705, 0.8090), abs=1e-4)


def test_the_two_proportion_test_by_hand() -> None:
    """19 of 24 here, 9 of 29 elsewhere; with one success more 20/25 and 10/30, pooled 30/55."""
    here = [np.array([count]) for count in (19, 24, 9, 29)]
    expected = (20 / 25 - 10 / 30) / (30 / 55 * 25 / 55 * (1 / 25 + 1 / 30)) ** 0.5
    assert more_than_there(*here)[0] == pytest.approx(expected)
    assert more_than_there(*(np.array([count]) for count in (6, 6, 9, 9)))[0] == 0


def test_on_bowling_green_it_finds_what_red_dwarf_finds() -> None:
    """red-dwarf's outcome is kept beside the votes; docs/decisions/insight.md has the figures."""
    like = likeness()
    assert like.chosen == (2, 2)
    assert like.rand["2"] == like.rand["chosen"] == 1
    assert like.rand["3"] > 0.85
    assert like.rand["4"] > 0.75
    assert like.rand["5"] > 0.5
    assert like.polis == pytest.approx(like.theirs_and_polis, abs=0.01)
    assert min(like.spearman) > 0.999
    assert like.top == 20
    assert like.representative == (10, 10)


# --- from the shell


def written(path: Path, rows: list[list[int | None]], head: str = "participant,group-id,n-votes") -> Path:
    width = max(len(row) for row in rows)
    lines = [",".join([head, *(f"s{j}" for j in range(width))])]
    extra = "," * head.count(",")
    lines += [
        f"p{i}{extra}," + ",".join("" if value is None else str(value) for value in row) for i, row in enumerate(rows)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_shell_face_writes_groups_and_what_they_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    votes = written(tmp_path / "votes.csv", [[*row, 1, 1, None] for row in camps((12, 10))])
    comments = tmp_path / "comments.csv"
    comments.write_text("comment-id,comment-body,moderated\ns12,More trees,1\ns13,Spam,-1\n", encoding="utf-8")
    out = tmp_path / "out.json"
    assert main([str(votes), "--comments", str(comments), "--out", str(out)]) == 0
    assert capsys.readouterr().out == (
        "2 opinion groups (people: 12, 10); of 13 statements 1 are shared and 12 divide\n"
    )
    told = json.loads(out.read_text(encoding="utf-8"))
    assert [group["people"] for group in told["groups"]] == [12, 10]
    assert told["common_ground"] == ["s12"]
    assert "s13" not in {one["id"] for one in told["statements"]}
    (shared,) = (one for one in told["statements"] if one["id"] == "s12")
    assert shared["text"] == "More trees"
    assert [group["votes"] for group in shared["groups"]] == [12, 10]
    assert shared["groups"][0]["agree"]["value"] == 1
    assert "p0" not in out.read_text(encoding="utf-8")


def test_the_shell_face_tells_nothing_of_fewer_than_five(tmp_path: Path) -> None:
    rows: list[list[int | None]] = [[*row, None] for row in camps((12, 12, 3))]
    for i in (*range(4), *range(12, 24)):
        rows[i][-1] = 1
    out = tmp_path / "out.json"
    assert main([str(written(tmp_path / "votes.csv", rows)), "--groups", "3", "--out", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["not_grouped"] is None
    (few,) = (one for one in told["statements"] if one["id"] == "s12")
    assert few["consensus"] is few["consensus_against"] is few["divide"] is None
    assert few["groups"][0] == {"votes": None, "agree": None, "pass": None, "disagree": None}
    assert few["groups"][1]["votes"] == 12


def test_the_shell_face_says_that_people_are_too_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    votes = written(tmp_path / "votes.csv", [[*row] for row in camps((3, 4))])
    assert main([str(votes), "--out", str(out)]) == 0
    assert "too few people" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8")) == {"too_few": True, "needed": 10}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("participant,s1\np1,1\np2,2\n", '"2" is no vote on "s1"'),
        ("participant,s1\np1,1\np1,1\n", 'line 3: participant "p1" has more than one row'),
        ("participant,s1,s1\np1,1,1\n", "two columns have the same name"),
        ("who,s1\np1,1\n", '"participant"'),
    ],
)
def test_wrong_votes_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, problem: str
) -> None:
    votes, out = tmp_path / "votes.csv", tmp_path / "out.json"
    votes.write_text(content, encoding="utf-8")
    assert main([str(votes), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert problem in told
    assert told.count("\n") == 1
    assert not out.exists()
