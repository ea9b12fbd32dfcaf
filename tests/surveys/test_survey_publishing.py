"""A file becomes a version that never changes; a broken file becomes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.common.audit import AuditEntry
from app.places.models import Neighbourhood
from app.surveys.definitions import DefinitionDamaged, definition_of
from app.surveys.models import PublishedIsFixed, Survey, SurveyVersion
from app.surveys.opening import Opening
from app.surveys.service import Broken, WrongDays, open_surveys, publish
from tests.surveys.survey_files import CHAIN

BROKEN = CHAIN.replace("type: scale", "type: stars")


def versions(session: Any) -> int:
    return session.scalar(select(func.count()).select_from(SurveyVersion)) or 0


def test_a_changed_file_is_a_next_version_and_the_same_one_is_none(
    neighbourhood: Neighbourhood, session: Any
) -> None:
    first = publish(CHAIN.encode(), neighbourhood)
    assert (first.is_new, first.version.number) == (True, 1)
    again = publish(CHAIN.encode(), neighbourhood)
    assert (again.is_new, again.version.id) == (False, first.version.id)
    changed = publish(CHAIN.replace("At last", "Finally").encode(), neighbourhood)
    assert (changed.is_new, changed.version.number, changed.survey.id) == (True, 2, first.survey.id)
    back = publish(CHAIN.encode(), neighbourhood)
    assert (back.is_new, back.version.number) == (True, 3)
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("survey.publish") == 3


def test_a_broken_file_is_never_published(neighbourhood: Neighbourhood, session: Any) -> None:
    with pytest.raises(Broken) as broken:
        publish(BROKEN.encode(), neighbourhood, file="bad.yaml")
    assert "bad.yaml:38: unknown question type `stars`" in str(broken.value)
    assert session.scalars(select(Survey)).all() == []
    publish(CHAIN.encode(), neighbourhood)
    with pytest.raises(Broken):
        publish(BROKEN.encode(), neighbourhood)
    assert versions(session) == 1


def test_a_published_version_cannot_be_changed(neighbourhood: Neighbourhood, session: Any) -> None:
    version = publish(CHAIN.encode(), neighbourhood).version
    version.definition = BROKEN
    with pytest.raises(PublishedIsFixed):
        session.commit()
    session.rollback()


def test_a_version_that_was_changed_behind_our_back_is_not_used(neighbourhood: Neighbourhood, session: Any) -> None:
    version = publish(CHAIN.encode(), neighbourhood).version
    changed = CHAIN.replace("I told them", "I did not")
    session.execute(update(SurveyVersion).values(definition=changed).execution_options(synchronize_session=False))
    session.commit()
    with pytest.raises(DefinitionDamaged):
        definition_of(version.id)


def test_two_with_the_same_number_are_refused_by_the_database(neighbourhood: Neighbourhood, session: Any) -> None:
    version = publish(CHAIN.encode(), neighbourhood).version
    session.add(SurveyVersion(survey_id=version.survey_id, number=1, definition="x", checksum="x"))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_days_begin_and_end_where_the_people_are(neighbourhood: Neighbourhood) -> None:
    survey = publish(
        CHAIN.encode(), neighbourhood, first_day=date(2026, 3, 29), last_day=date(2026, 3, 29)
    ).survey  # the day on which the clock goes forward: 23 hours
    assert survey.opens_at == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert survey.closes_at == datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), tick=False):
        assert survey.opening is Opening.OPEN
        assert [each.slug for each in open_surveys(neighbourhood.id)] == ["small"]
    with time_machine.travel(datetime(2026, 3, 29, 22, 0, tzinfo=UTC), tick=False):
        assert survey.opening is Opening.CLOSED
        assert open_surveys(neighbourhood.id) == []


def test_days_stay_as_they_are_when_none_are_given_and_are_never_turned_round(neighbourhood: Neighbourhood) -> None:
    publish(CHAIN.encode(), neighbourhood, last_day=date(2030, 1, 31))
    survey = publish(CHAIN.encode(), neighbourhood).survey
    closes_at = survey.closes_at
    assert closes_at == datetime(2030, 1, 31, 22, 59, 59, 999999, tzinfo=UTC)
    with pytest.raises(WrongDays):
        publish(CHAIN.encode(), neighbourhood, last_day=date(2020, 1, 1))
    assert survey.closes_at == closes_at


def test_each_neighbourhood_has_its_own(neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood) -> None:
    publish(CHAIN.encode(), neighbourhood)
    assert open_surveys(other_neighbourhood.id) == []
    assert publish(CHAIN.encode(), other_neighbourhood).version.number == 1


def test_open_surveys_ask_the_database_once(neighbourhood: Neighbourhood, count_statements: Any) -> None:
    for name in ("one", "two", "three"):
        publish(CHAIN.replace("survey: small", f"survey: {name}").encode(), neighbourhood)
    open_surveys(neighbourhood.id)
    with count_statements() as statements:
        assert len(open_surveys(neighbourhood.id)) == 3
    assert statements.count == 1


# The commands


def test_check_names_file_line_and_remedy_and_fails(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(CHAIN)
    bad.write_text(BROKEN)
    result = app.test_cli_runner().invoke(args=["survey", "check", str(good), str(bad)])
    assert result.exit_code == 1
    assert f"{good}: right. 6 questions on 5 pages, in en." in result.output
    assert f"{bad}:38: unknown question type `stars` — use one of: single" in result.output


def test_check_is_content_with_good_files(app: Flask, tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_text(CHAIN)
    assert app.test_cli_runner().invoke(args=["survey", "check", str(good)]).exit_code == 0
    assert app.test_cli_runner().invoke(args=["survey", "check", str(tmp_path / "gone.yaml")]).exit_code == 1


def test_publish_from_the_shell(app: Flask, neighbourhood: Neighbourhood, tmp_path: Path, session: Any) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(CHAIN)
    run = app.test_cli_runner().invoke
    arguments = ["survey", "publish", str(file), "--neighbourhood", "WK034401"]
    first = run(args=[*arguments, "--closes", "2030-01-31"])
    assert first.exit_code == 0
    assert "small version 1: published in Waterkwartier. /neighbourhoods/WK034401/surveys/small" in first.output
    assert "small version 1: already published, unchanged" in run(args=arguments).output
    wrong = run(args=[*arguments, "--closes", "2020-01-31"])
    assert wrong.exit_code == 1
    assert "The last day comes before the first one." in wrong.output
    nowhere = run(args=["survey", "publish", str(file), "--neighbourhood", "WK000000"])
    assert nowhere.exit_code == 1
    assert "There is no neighbourhood with code WK000000." in nowhere.output
    file.write_text(BROKEN)
    broken = run(args=arguments)
    assert broken.exit_code == 1
    assert f"{file}:38: unknown question type" in broken.output
    assert "Nothing was published." in broken.output
    assert versions(session) == 1
