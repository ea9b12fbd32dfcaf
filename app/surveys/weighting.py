"""The results of a survey when each answer counts as much as it stands for in the neighbourhood.

The weights come from `app.insight.raking`. What is hidden in the counts is hidden here too. The interval is Wilson's
with Kish's effective sample size in the place of the number of answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.insight.raking import Cell, effective
from app.insight.representation import MINIMUM_TO_CONCLUDE, Interval, share_among
from app.surveys.answers import TOLD, from_json
from app.surveys.counting import OptionRow, QuestionCount, RangeRow
from app.surveys.definition import NoAnswer, Value


@dataclass(frozen=True)
class CellTally:
    """That `people` people in this cell of the margins have this stored answer to this question."""

    cell: Cell
    question_id: str
    stored: Any
    people: int


@dataclass(frozen=True)
class WeightedRow:
    """One row of a question: its share of the answers as counted, and weighted, with what chance leaves possible."""

    row: OptionRow | RangeRow
    counted: float
    weighted: float
    interval: Interval


@dataclass(frozen=True)
class WeightedCount:
    """The rows of a question that may be shown; `effective`: how many evenly spread answers they are worth."""

    rows: tuple[WeightedRow, ...]
    effective: float


def weigh(
    counts: Sequence[QuestionCount], tallies: Iterable[CellTally], weights: Mapping[Cell, float]
) -> dict[str, WeightedCount]:
    """The weighted shares of each question with rows, by its id. A question worth fewer than ten answers has none."""
    answers: dict[str, list[tuple[Value, float, int]]] = {}
    for tally in tallies:
        if tally.stored != TOLD and not isinstance(value := from_json(tally.stored), NoAnswer):
            answers.setdefault(tally.question_id, []).append((value, weights[tally.cell], tally.people))
    found = {}
    for count in counts:
        given = answers.get(count.question.id)
        weighed = _weigh(count, given) if given and count.rows else None
        if weighed is not None and weighed.rows and weighed.effective >= MINIMUM_TO_CONCLUDE:
            found[count.question.id] = weighed
    return found


def _weigh(count: QuestionCount, given: Sequence[tuple[Value, float, int]]) -> WeightedCount:
    people = np.array([number for _value, _weight, number in given], dtype=np.float64)
    weights = np.array([weight for _value, weight, _number in given], dtype=np.float64)
    worth = effective(weights, people)
    rows = []
    for row in count.rows:
        if row.people is None:
            continue
        here = np.array([_is_in(row, value) for value, _weight, _number in given])
        share = float((people * weights)[here].sum() / (people * weights).sum())
        counted = float(people[here].sum() / people.sum())
        rows.append(WeightedRow(row, counted, share, share_among(share * worth, worth)))
    return WeightedCount(tuple(rows), worth)


def _is_in(row: OptionRow | RangeRow, value: Value) -> bool:
    if isinstance(row, OptionRow):
        return row.option_id in value if isinstance(value, tuple) else value == row.option_id
    return isinstance(value, int) and row.first <= value <= row.last
