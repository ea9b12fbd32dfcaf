"""A worker that is killed (SIGKILL, a real process) goes on where it was: nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.common.clock import now
from app.config import ROOT
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import service
from app.insight.models import AnalysisAttempt, Concern, Grouping, Passage
from tests.insight.service.dying_worker import CHUNK, LAST_WORD

LETTER = "Wij willen dat de gemeente het bos aan de rand van de wijk laat staan en er geen weg doorheen legt."
WHERE = ("kerk", "bakker", "school", "flat", "brug", "bushalte", "winkel", "molen", "gracht", "sporthal")
TEXTS = [
    *("De lift is al weken stuk", "The lift has been broken for weeks", "De lift doet het al weken niet"),
    *("De huur is veel te hoog", "De huur is te hoog voor ons", "The rent is much too high"),
    *(LETTER for _ in range(6)),
    *("", LAST_WORD, "😊", "ლიფტი უკვე კვირებია არ მუშაობს"),
    *(f"De lantaarn bij de {where} is al weken kapot" for where in WHERE),
]


@pytest.fixture
def arrive():
    def go(place):
        for n, text in enumerate(TEXTS):
            contributions.add(
                neighbourhood_id=place.id,
                source=Source.NOTE,
                source_key=f"{place.code}:{n}",
                text=text,
                language="nl",
            )
        db.session.commit()

    return go


@pytest.fixture
def run(app, tmp_path):
    """Start the worker as a process of its own and wait for its end; gives its exit status."""
    settings = app.extensions["settings"]
    environment = os.environ | {
        "DATABASE_URL": str(settings.database_url),
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "CODE_KEY": settings.code_key,
    }
    log = tmp_path / "log"

    def go(moment: str) -> int:
        db.session.commit()
        command = [sys.executable, "-m", "tests.insight.service.dying_worker", moment]
        with log.open("w") as out:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=out, stderr=out, timeout=300, check=False
            )
        db.session.expire_all()
        assert done.returncode in (0, -signal.SIGKILL), log.read_text()[-4000:]
        return done.returncode

    return go


def count(table, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions))


def analysed() -> int:
    return count(Contribution, Contribution.analysed_at.is_not(None))


def a_quarter_of_an_hour_passes() -> None:
    db.session.execute(update(AnalysisAttempt).values(held_until=now() - timedelta(seconds=1)))
    db.session.commit()


def what_there_is(place) -> dict:
    """Everything the analysis made of a neighbourhood, without ids and moments."""
    rows = db.session.execute(
        select(Passage, Contribution.source_key)
        .join(Passage.contribution)
        .where(Contribution.neighbourhood_id == place.id)
        .order_by(Contribution.source_key, Passage.start)
    ).all()
    groups: dict = {}
    for passage, key in rows:
        groups.setdefault(passage.concern_id, set()).add((key.split(":")[1], passage.start))
    alone = groups.pop(None, set())
    return {
        "passages": [(key.split(":")[1], p.start, p.text, p.theme, p.feeling, p.campaign) for p, key in rows],
        "vectors": [bytes(p.vector) for p, _ in rows],
        "concerns": sorted(sorted(group) for group in groups.values()),
        "alone": sorted(alone),
        "quoted": sorted((p.text, p.quote_rank) for p, _ in rows if p.quote_rank),
    }


def test_killed_while_reading_while_storing_and_while_grouping_it_ends_as_if_nothing_had_happened(
    run, arrive, neighbourhood, other_neighbourhood
):
    arrive(neighbourhood)
    assert run("reading") == -signal.SIGKILL
    assert analysed() == CHUNK
    assert count(AnalysisAttempt) == CHUNK  # what it had in hand

    assert run("storing") == -signal.SIGKILL
    assert analysed() == CHUNK
    assert count(AnalysisAttempt) == 2 * CHUNK

    a_quarter_of_an_hour_passes()
    assert run("grouping") == -signal.SIGKILL
    assert analysed() == len(TEXTS)
    assert count(AnalysisAttempt) == count(Concern) == 0
    assert db.session.scalar(select(Grouping.due))

    assert run("never") == 0
    assert not db.session.scalar(select(Grouping.due))
    found = what_there_is(neighbourhood)
    assert len(found["concerns"]) >= 3
    assert service.noted(neighbourhood.id)

    arrive(other_neighbourhood)  # the same words, and nobody is killed
    service.analyse_waiting()
    assert what_there_is(other_neighbourhood) == found
    assert service.noted(other_neighbourhood.id) == service.noted(neighbourhood.id)


def test_killed_while_the_queue_changes_what_staff_decided_is_still_there(run, arrive, neighbourhood, coordinator):
    arrive(neighbourhood)
    service.analyse_waiting()
    concern = db.session.scalars(select(Passage).where(Passage.text == TEXTS[0])).one().concern
    service.confirm(concern.id, concern.version, coordinator)
    before = what_there_is(neighbourhood)
    for n, text in enumerate(["De bus rijdt te weinig", "Er rijden te weinig bussen", "De bus komt te weinig"]):
        contributions.add(neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key=f"{n}:bus", text=text)
    db.session.commit()
    assert run("grouping") == -signal.SIGKILL
    assert concern.reviewed_by_id == coordinator.id
    assert set(map(tuple, before["concerns"])) <= set(map(tuple, what_there_is(neighbourhood)["concerns"]))
    assert run("never") == 0
    after = db.session.scalars(select(Passage.concern_id).where(Passage.text.contains("weinig"))).all()
    assert len(after) == 3
    assert concern.state.value == "confirmed"
