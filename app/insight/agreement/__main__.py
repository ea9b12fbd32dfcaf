"""Opinion groups, common ground and what divides, from a CSV of votes; without the web application or a database.

    python -m app.insight.agreement VOTES.csv [--comments COMMENTS.csv] [--groups K] --out OUT.json

VOTES.csv has one row a participant (column `participant`) and a column for each statement: 1 agree, -1 disagree, 0
pass, empty: did not vote. COMMENTS.csv has the texts (`comment-id`, `comment-body`) and leaves out what moderators
took out (`moderated` -1). Both are as Polis exports them.

OUT.json names no participants, and has no figure from fewer than five votes of a group (null). Exit status: 0 done, 2
wrong input (one line on standard error says what).
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.common.small_groups import MINIMUM_GROUP, shown_count
from app.insight import table
from app.insight.agreement import Choice, Opinions, Representative, StatementOpinions, TooFew, opinions
from app.insight.agreement.finding import ENOUGH_VOTES, MOST_GROUPS
from app.insight.agreement.reading import Comments, read_comments, read_votes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m app.insight.agreement", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("votes", metavar="VOTES.csv", type=Path)
    parser.add_argument("--comments", metavar="COMMENTS.csv", type=Path, help="the texts of the statements")
    parser.add_argument("--groups", metavar="K", type=int, choices=range(2, MOST_GROUPS + 1), help="so many groups")
    parser.add_argument("--out", required=True, type=Path, metavar="OUT.json")
    options = parser.parse_args(arguments)
    try:
        comments = read_comments(options.comments) if options.comments else Comments({}, frozenset())
        found = opinions(read_votes(options.votes, comments.taken_out), options.groups)
        with table.replacing(options.out) as place:
            told = _told(found, comments.texts)
            place.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except table.WrongInput as problem:
        print(f"python -m app.insight.agreement: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    print(_in_short(found))  # noqa: T201
    return 0


def _in_short(found: Opinions | TooFew) -> str:
    if isinstance(found, TooFew):
        return (
            f"too few people to say anything: {found.needed} are needed who voted on {ENOUGH_VOTES} statements or, "
            "when there are fewer, on all"
        )
    sizes = ", ".join(str(len(group.participants)) for group in found.groups)
    groups = "1 opinion group" if len(found.groups) == 1 else f"{len(found.groups)} opinion groups"
    shared, apart = len(found.common_ground()), len(found.dividing())
    return f"{groups} (people: {sizes}); of {len(found.statements)} statements {shared} are shared and {apart} divide"


def _told(found: Opinions | TooFew, texts: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(found, TooFew):
        return {"too_few": True, "needed": found.needed}

    def typical(one: Representative) -> dict[str, Any]:
        return {**asdict(one), "choice": one.choice.name.lower(), "text": texts.get(one.statement, "")}

    return {
        "too_few": False,
        "groups": [
            {"people": len(group.participants), "representative": [typical(one) for one in group.representative]}
            for group in found.groups
        ],
        "not_grouped": shown_count(len(found.not_grouped)),
        "separation": found.separation,
        "found_again": found.found_again,
        "common_ground": [statement.id for statement in found.common_ground()],
        "dividing": [statement.id for statement in found.dividing()],
        "statements": [_statement(one, texts.get(one.id, "")) for one in found.statements],
    }


def _statement(one: StatementOpinions, text: str) -> dict[str, Any]:
    is_told = all(tally.votes >= MINIMUM_GROUP for tally in one.tallies)
    shares = [{choice: tally.share(choice) for choice in Choice} for tally in one.tallies]
    return {
        "id": one.id,
        "text": text,
        "consensus": one.consensus if is_told else None,
        "consensus_against": one.consensus_against if is_told else None,
        "divide": asdict(one.divide) if one.divide else None,
        "groups": [
            {
                "votes": shown_count(tally.votes),
                **{choice.name.lower(): asdict(part) if part else None for choice, part in of_group.items()},
            }
            for tally, of_group in zip(one.tallies, shares, strict=True)
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
