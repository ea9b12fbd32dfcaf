"""How much our opinion groups and consensus are like those of red-dwarf, on the votes of Bowling Green.

    python tools/measure_agreement.py

prints one table. red-dwarf (polis-community/red-dwarf on GitHub) does again in Python what Polis does. What it found
is kept in tests/data/bowling-green/red-dwarf.json, so it need not be installed. To make that file again:

    python3.11 -m venv /tmp/red-dwarf && /tmp/red-dwarf/bin/pip install red-dwarf==0.4.0
    /tmp/red-dwarf/bin/python tools/measure_agreement.py --make

Both get the same votes: those on the statements that moderators let stand. Leaving out the others is the one thing
done differently from Polis, which keeps them as if everybody had passed on them.
"""

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "bowling-green"
OUTCOME = DATA / "red-dwarf.json"
RELEASE = "0.4.0"
NOT_STATEMENTS = 6
"""So many columns stand before those of the statements."""
TOP = 20


def cells() -> Iterator[tuple[str, str, int]]:
    """Every vote on a statement that stands: participant, statement, and 1 agree, 0 pass or -1 disagree."""
    with (DATA / "moderation.csv").open(encoding="utf-8", newline="") as file:
        stands = {row["comment-id"] for row in csv.DictReader(file) if row["moderated"] != "-1"}
    with gzip.open(DATA / "participants-votes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        statements = next(rows)[NOT_STATEMENTS:]
        for row in rows:
            for statement, value in zip(statements, row[NOT_STATEMENTS:], strict=True):
                if value and statement in stands:
                    yield row[0], statement, int(value)


def groups_of_polis() -> dict[str, str]:
    """The group that Polis itself had put each participant in, in 2018."""
    with gzip.open(DATA / "participants-votes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["participant"]: row["group-id"] for row in csv.DictReader(file) if row["group-id"]}


def make() -> None:
    """Write what red-dwarf finds; needs red-dwarf, and nothing of ours."""
    from reddwarf.implementations.polis import run_pipeline

    votes = [{"participant_id": int(who), "statement_id": int(what), "vote": value} for who, what, value in cells()]
    told: dict[str, Any] = {"red-dwarf": RELEASE, "groups": {}}
    for k in (2, 3, 4, 5):
        people = run_pipeline(votes=votes, force_group_count=k, random_state=0).participants_df
        people = people[people.to_cluster]
        told["participants"] = " ".join(str(name) for name in people.index)
        told["groups"][str(k)] = "".join(str(label) for label in people.cluster_id)
    found = run_pipeline(votes=votes, random_state=0)
    told["chosen"] = len(found.clusterer.cluster_centers_)
    for side in ("agree", "disagree"):
        told[side] = {str(name): round(value, 6) for name, value in found.group_aware_consensus[side].items()}
    told["representative"] = {
        str(group): [[str(one["tid"]), one["repful-for"]] for one in chosen]
        for group, chosen in found.repness.items()
    }
    OUTCOME.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Likeness:
    """`rand`: adjusted Rand index, over who both put in a group, for each number of groups and for the chosen ones;
    `polis`: the same with the groups that Polis had; `theirs_and_polis`: between red-dwarf and Polis.
    `spearman`: of group-informed consensus, agreeing and disagreeing. `top`: of the 20 statements with most
    consensus so many are the same; `representative`: of the statements that red-dwarf finds typical of a group, so
    many are ours too, of how many.
    """

    chosen: tuple[int, int]
    rand: dict[str, float]
    polis: float
    theirs_and_polis: float
    spearman: tuple[float, float]
    top: int
    representative: tuple[int, int]


def likeness() -> Likeness:
    """Compare with what red-dwarf found."""
    from scipy.stats import spearmanr
    from sklearn.metrics import adjusted_rand_score

    from app.insight.agreement import Choice, Opinions, Vote, opinions

    theirs = json.loads(OUTCOME.read_text(encoding="utf-8"))
    names = theirs["participants"].split()
    votes = [Vote(who, what, Choice(value)) for who, what, value in cells()]

    def mine(k: int | None) -> Opinions:
        told = opinions(votes, k)
        if not isinstance(told, Opinions):
            raise TypeError(f"too few: {told}")
        return told

    def placed(told: Opinions) -> dict[str, str]:
        return {name: str(number) for number, group in enumerate(told.groups) for name in group.participants}

    def rand(one: dict[str, str], other: dict[str, str]) -> float:
        both = sorted(one.keys() & other.keys())
        return float(adjusted_rand_score([one[name] for name in both], [other[name] for name in both]))

    chosen, own = theirs["chosen"], mine(None)
    red_dwarf = {k: dict(zip(names, labels, strict=True)) for k, labels in theirs["groups"].items()}
    agreements = {k: rand(placed(mine(int(k))), labels) for k, labels in red_dwarf.items()}
    agreements["chosen"] = rand(placed(own), red_dwarf[str(chosen)])
    consensus = {one.id: one.consensus for one in own.statements}
    against = {one.id: one.consensus_against for one in own.statements}
    shared = sorted(consensus)
    typical = {tuple(one) for group in theirs["representative"].values() for one in group}
    ours = {(one.statement, one.choice.name.lower()) for group in own.groups for one in group.representative}
    return Likeness(
        chosen=(len(own.groups), chosen),
        rand=agreements,
        polis=rand(placed(own), groups_of_polis()),
        theirs_and_polis=rand(red_dwarf[str(chosen)], groups_of_polis()),
        spearman=(
            float(spearmanr([consensus[i] for i in shared], [theirs["agree"][i] for i in shared]).statistic),
            float(spearmanr([against[i] for i in shared], [theirs["disagree"][i] for i in shared]).statistic),
        ),
        top=len(_top(consensus) & _top(theirs["agree"])),
        representative=(len(typical & ours), len(typical)),
    )


def _top(values: dict[str, float]) -> set[str]:
    return set(sorted(values, key=lambda name: (-values[name], name))[:TOP])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--make", action="store_true", help="write what red-dwarf finds (red-dwarf must be installed)")
    if asked.parse_args().make:
        make()
        return
    found = likeness()
    lines = [("number of groups chosen, ours and red-dwarf's", "{} and {}".format(*found.chosen))]
    lines += [(f"groups, k = {k}: adjusted Rand index", f"{value:.3f}") for k, value in found.rand.items()]
    lines += [
        ("our groups and those of Polis in 2018", f"{found.polis:.3f}"),
        ("red-dwarf's groups and those of Polis in 2018", f"{found.theirs_and_polis:.3f}"),
        ("group-informed consensus: Spearman correlation", f"{found.spearman[0]:.4f}"),
        ("the same, against", f"{found.spearman[1]:.4f}"),
        (f"the same among the {TOP} with most consensus", f"{found.top} of {TOP}"),
        ("typical of a group, found by both", "{} of {}".format(*found.representative)),
    ]
    print("\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in lines)]))


if __name__ == "__main__":
    main()
