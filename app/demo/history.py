"""The order of events: ten months in the demo town, each event at its own moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from app.common.clock import playing
from app.demo import promises, review, survey, voices, votes
from app.demo.logins import Logins
from app.demo.town import Town
from app.demo.words import read
from app.insight.jobs import analyse_pending

_SURVEY_OPENS = 296.0
_ANSWERS = (2.0, 294.0)
_NEIGHBOURS = 90
"""How many residents there are to support ideas."""


@dataclass
class History:
    """Events by how many days ago they happened. Played again, each event has still happened once."""

    town: Town
    logins: Logins
    heard: voices.Heard = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    chance: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - not a secret
    _events: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def at(self, ago: float, event: Callable[..., object], *arguments: Any) -> None:
        """Have something happen that many days ago."""
        self._events.append((ago, partial(event, *arguments)))

    def within_day(self, ago: int) -> float:
        """Some moment of the day that many days ago."""
        return ago + self.chance.uniform(0, 0.6)

    def play(self, start: datetime, on_progress: Callable[[float], None]) -> None:
        """Let everything happen, the longest ago first. `on_progress` gets the part that is done, 0 to 1."""
        self._events.sort(key=lambda event: -event[0])
        for number, (ago, event) in enumerate(self._events, start=1):
            with playing(start - timedelta(days=ago)):
                event()
            on_progress(number / len(self._events))


def write_history(town: Town, logins: Logins) -> History:
    """All that happens in the demo town."""
    history = History(town, logins)
    _answering(history)
    for row in read("ideas"):
        _discussing(history, row)
    for row in read("notes"):
        history.at(history.within_day(row["ago"]), voices.write_note, town, row, history.heard)
    for row in read("story")["reviews"]:
        history.at(row["ago"] + 0.1, analyse_pending)
        history.at(row["ago"], review.review_round, town, row, history.heard)
    for row in read("story")["ambitions"]:
        history.at(row["ago"], promises.propose, town, row)
    for row in read("story")["polls"]:
        _voting(history, row)
    for row in read("story")["agreements"]:
        history.at(row["ago"], promises.promise, town, row)
        for said in row["reports"]:
            history.at(said["ago"], promises.report, town, row, said)
    history.at(0, analyse_pending)
    return history


def _answering(history: History) -> None:
    """The survey opens, and people answer all year, in no order."""
    history.at(_SURVEY_OPENS, survey.publish, history.town)
    rows = list(read("survey_answers"))
    history.chance.shuffle(rows)
    for row in rows:
        ago = history.chance.uniform(*_ANSWERS)
        history.at(ago, survey.respond, history.town, row, history.logins.receipt_code, history.heard)


def _discussing(history: History, row: dict[str, Any]) -> None:
    """An idea, what others say about it, and who supports it."""
    code, posted = history.logins.receipt_code, history.within_day(row["ago"])
    history.at(posted, voices.post_idea, history.town, row, code, history.heard)
    for said in row["comments"]:
        moment = history.within_day(said["ago"])
        history.at(moment, voices.comment, said, row["key"], code, history.heard)
    for number in history.chance.sample(range(_NEIGHBOURS), row["supports"]):
        moment = history.chance.uniform(max(0.1, posted - 60), posted)
        history.at(moment, voices.support, row["key"], f"neighbour-{row['where']}-{number}", code)


def _voting(history: History, row: dict[str, Any]) -> None:
    """A poll opens, people vote, and when its last day is over it is counted."""
    town, opens, closes = history.town, row["opens"], row["closes"]
    history.at(opens, votes.open_vote, town, row)
    history.at(opens - 0.01, _hand_out_codes, history, row)
    for voter in range(row["ballots"]):
        moment = history.chance.uniform(max(0.0, closes) + 0.5, opens - 0.1)
        history.at(moment, _vote, history, row, voter)
    if closes > 0:
        history.at(closes - 1, votes.count_and_take_over, town, row)


def _hand_out_codes(history: History, row: dict[str, Any]) -> None:
    codes = votes.print_codes(history.town, row)
    history.codes[row["key"]] = codes
    if row["closes"] < 0:
        history.logins.access_codes = codes[row["ballots"] :]


def _vote(history: History, row: dict[str, Any], voter: int) -> None:
    codes = history.codes[row["key"]]
    if codes:  # none: an earlier load, which was cut off later, has this poll behind it
        votes.vote(row, codes[voter], voter)
