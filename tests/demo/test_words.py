"""The demo's words: enough of them, in five languages, and each answer fits the survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from app.demo.closed_answers import answers_for
from app.demo.votes import choices
from app.demo.words import everything_said, read
from app.places.framework import THEME_IDS
from app.surveys.definition import Survey
from app.surveys.reading import read as read_survey
from app.surveys.routing import counting_answers, first_to_do

ROOT = Path(__file__).parents[2]
STORY = read("story")
IN_THREE_LANGUAGES = {"nl", "en", "ar"}


@pytest.fixture(scope="module")
def survey() -> Survey:
    """The liveability survey, as its file is now."""
    found = read_survey((ROOT / "surveys/liveability.yaml").read_bytes(), "liveability.yaml").survey
    assert found is not None
    return found


def test_people_say_enough_in_five_languages() -> None:
    languages = Counter(said.language for said in everything_said())
    assert sum(languages.values()) >= 180
    assert set(languages) == {"nl", "en", "ar", "tr", "pl"}
    assert min(languages.values()) >= 25


def test_recurring_concerns_are_said_in_several_languages_and_many_voices_stand_alone() -> None:
    languages = defaultdict(set)
    for said in everything_said():
        for label in said.about:
            languages[label].add(said.language)
    assert set(languages) == set(STORY["concerns"])
    assert len(languages) >= 14
    assert all(len(spoken) >= 4 for spoken in languages.values())
    assert sum(not said.about for said in everything_said()) >= 25


def test_no_one_says_what_another_said() -> None:
    texts = [said.text.strip().lower() for said in everything_said()]
    assert len(texts) == len(set(texts))


def test_no_text_is_one_that_the_models_learnt_from() -> None:
    """The demo shows what the analysis makes of texts that it does not know."""
    learnt_from = " ".join(p.read_text() for p in (ROOT / "app/insight/catalogue").glob("*.csv")).lower()
    assert [said.key for said in everything_said() if said.text.lower() in learnt_from] == []


def test_all_that_staff_writes_is_there_in_dutch_english_and_arabic() -> None:
    texts = [
        *(row["title"] for row in STORY["concerns"].values()),
        *(row[part] for row in STORY["ambitions"] for part in ("title", "why")),
        *(row[part] for row in STORY["polls"] for part in ("title", "question")),
        *(row[part] for row in STORY["agreements"] for part in ("what", "measured_how")),
        *(said["sentence"] for row in STORY["agreements"] for said in row["reports"]),
        *(party["description"] for party in read("places")["parties"]),
    ]
    assert all(set(text) == IN_THREE_LANGUAGES and all(text.values()) for text in texts)


def test_the_story_holds_together() -> None:
    ambitions = {row["key"]: row for row in STORY["ambitions"]}
    parties = {party["key"] for party in read("places")["parties"]}
    rounds = sorted(STORY["reviews"], key=lambda row: row["ago"])
    confirmed = {(row["where"], label): row["ago"] for row in rounds for label in row["confirm"]}
    for row in ambitions.values():
        assert row["theme"] in THEME_IDS
        assert all(confirmed[row["where"], label] > row["ago"] for label in row["concerns"])
    for row in STORY["polls"]:
        assert all(ambitions[key]["where"] == row["where"] for key in row["ambitions"])
        assert all(ambitions[key]["ago"] > row["opens"] > row["closes"] for key in row["ambitions"])
    for row in STORY["agreements"]:
        assert row["party"] in parties
        assert all(row["ago"] > said["ago"] for said in row["reports"])


@pytest.mark.parametrize("row", read("survey_answers"), ids=lambda row: row["id"])
def test_each_person_answers_all_that_they_are_asked_and_nothing_else(row: dict[str, Any], survey: Survey) -> None:
    answers = answers_for(row, survey)
    assert first_to_do(survey, answers) is None
    assert counting_answers(survey, answers) == answers
    given = {key for key in ("unsafe_where", "best", "change") if key in row}
    assert all(answers[key] == row[key] for key in given), "words that nobody asked for"
    assert answers_for(row, survey) == answers


def test_ballots_are_valid_and_liking_shows() -> None:
    row = {"key": "x", "likings": {"a": 0.9, "b": 0.5, "c": 0.2}, "choices": 2}
    ballots = [choices(row, {"1": "a", "2": "b", "3": "c"}, voter) for voter in range(300)]
    assert all(1 <= len(set(ballot)) == len(ballot) <= 2 for ballot in ballots)
    votes = Counter(key for ballot in ballots for key in ballot)
    assert votes["1"] > votes["2"] > votes["3"]
