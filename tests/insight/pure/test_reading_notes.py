"""What a person must read themselves, since the computer reads it less well."""

from __future__ import annotations

import pytest

from app.insight.reading_notes import Why, notes

KNOWN = {"nl", "ar"}


@pytest.mark.parametrize(
    ("passages", "why"),
    [
        ([], {Why.NO_WORDS}),
        ([("😊 12", None)], {Why.NO_WORDS}),
        ([("[naam]", "nl")], {Why.NO_WORDS}),
        ([("Lift", "nl")], {Why.ONE_WORD}),
        ([("Lift!!!", None)], {Why.ONE_WORD}),
        ([("De lift is stuk", "nl")], set()),
        ([("المصعد معطل", "ar")], set()),
        ([("ლიფტი არ მუშაობს", None)], {Why.LANGUAGE}),
        ([("ლიფტი არ მუშაობს", "ka")], {Why.LANGUAGE}),
        ([("电梯已经坏了好几个星期", None)], {Why.LANGUAGE}),
        ([("De lift is stuk", "nl"), ("ሊፍቱ ተሰብሯል", None)], {Why.LANGUAGE}),
        ([("De lift is stuk", "nl"), ("😊", None)], set()),
        ([("De lift is stuk", "nl")] * 9 + [("zo ver", None)], set()),
    ],
)
def test_the_reason(passages: list[tuple[str, str | None]], why: set[Why]) -> None:
    assert notes(passages, KNOWN, is_cut=False) == why
    assert notes(passages, KNOWN, is_cut=True) == why | {Why.CUT}
