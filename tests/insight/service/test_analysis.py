"""What the worker does with what waits: everything once, whatever goes wrong on the way."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import numpy as np
import pytest
import time_machine
from sqlalchemy import func, select

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import default_encoder, service
from app.insight.jobs import analyse_pending
from app.insight.models import AnalysisAttempt, Grouping, Passage
from app.insight.service import analysing, outbox, working

LIFT = ["De lift is al weken stuk", "The lift has been broken for weeks", "المصعد معطل منذ أسابيع"]

TYPED = "De lift is al weken stuk en niemand doet er iets aan. Bel mij maar op 0612345678."


class Encoder:
    """The usual encoder, for which some words are poison."""

    def __init__(self, poison: str = "poison", error: BaseException | None = None) -> None:
        self.name, self.dimensions = default_encoder().name, default_encoder().dimensions
        self.poison, self.error = poison, error or ValueError("my secret words")
        self.texts: list[str] = []

    def encode(self, texts):
        self.texts += texts
        if any(self.poison in text for text in texts):
            raise self.error
        return default_encoder().encode(texts)


@pytest.fixture
def encoder(app):
    app.extensions["insight_encoder"] = Encoder()
    yield app.extensions["insight_encoder"]
    del app.extensions["insight_encoder"]


@pytest.fixture
def arrive(neighbourhood):
    """These texts come in; gives the contributions."""

    def go(*texts, place=neighbourhood, **more):
        made = []
        for n, text in enumerate(texts):
            key = f"{more.get('prefix', 'note')}:{place.code}:{n}:{text[:20]}"
            made.append(contributions.add(neighbourhood_id=place.id, source=Source.NOTE, source_key=key, text=text))
        db.session.commit()
        return made

    return go


def passages_of(*made):
    ids = [contribution.id for contribution in made]
    return db.session.scalars(select(Passage).where(Passage.contribution_id.in_(ids))).all()


def test_what_waits_is_redacted_and_read_and_found_in_its_language(arrive):
    dutch, arabic = arrive(TYPED, LIFT[2])
    analyse_pending()
    assert "0612345678" not in dutch.redacted_text
    assert "De lift is al weken stuk" in dutch.redacted_text
    assert (dutch.language, arabic.language) == ("nl", "ar")
    assert dutch.analysed_at is not None
    for contribution in (dutch, arabic):
        for passage in passages_of(contribution):
            assert contribution.redacted_text[passage.start : passage.end] == passage.text
            assert len(passage.vector) == 4 * default_encoder().dimensions
    assert dutch.original.text == TYPED


def test_the_same_said_in_three_languages_is_one_concern(arrive):
    made = arrive(*LIFT, "Er is te weinig speelruimte voor kinderen")
    analyse_pending()
    concerns = {passage.concern_id for passage in passages_of(*made[:3])}
    assert len(concerns) == 1
    assert None not in concerns
    (alone,) = passages_of(made[3])
    assert alone.concern_id is None


def test_doing_it_again_changes_nothing(arrive, encoder):
    made = arrive(*LIFT)
    analyse_pending()
    before = {p.id: (p.concern_id, p.quote_rank, p.concern.version) for p in passages_of(*made)}
    read = len(encoder.texts)
    analyse_pending()
    assert {p.id: (p.concern_id, p.quote_rank, p.concern.version) for p in passages_of(*made)} == before
    assert len(encoder.texts) == read


def test_nothing_to_say_gives_no_passages_and_no_failure(arrive):
    made = arrive("", " ", "🙂🙂", "\u200b", "?", "x" * 20000)
    analyse_pending()
    assert all(contribution.analysed_at for contribution in made)
    assert db.session.scalar(select(func.count()).select_from(AnalysisAttempt)) == 0


def test_a_text_that_cannot_be_read_stops_no_other_and_is_shown_to_staff(arrive, encoder, neighbourhood):
    *good, poison = arrive(*LIFT, "this is poison for the model")
    analyse_pending()
    assert all(contribution.analysed_at for contribution in good)
    assert (poison.analysed_at, poison.redacted_text) == (None, None)
    (failed,) = service.failures(neighbourhood.id)
    assert failed.contribution_id == poison.id
    assert failed.failure.startswith("ValueError (")
    assert "secret" not in failed.failure
    analyse_pending()
    assert len(service.failures(neighbourhood.id)) == 1


def test_after_a_repair_staff_has_it_tried_again(arrive, encoder, neighbourhood, coordinator):
    (poison,) = arrive("this is poison for the model")
    analyse_pending()
    encoder.poison = "something else"
    service.try_again(neighbourhood.id, coordinator)
    analyse_pending()
    assert poison.analysed_at is not None
    assert service.failures(neighbourhood.id) == []


def test_a_worker_that_is_stopped_half_way_loses_nothing_and_doubles_nothing(arrive, encoder):
    made = arrive(*LIFT, "stop here", "De huur is te hoog")
    encoder.poison, encoder.error = "stop here", KeyboardInterrupt()
    assert analysing.analyse_chunk(encoder, 2) == 2
    with pytest.raises(KeyboardInterrupt):
        analysing.analyse_chunk(encoder, 2)
    assert [bool(contribution.analysed_at) for contribution in made] == [True, True, False, False, False]
    encoder.poison = "nothing"
    analyse_pending()
    assert all(contribution.analysed_at for contribution in made)
    texts = [passage.text for passage in passages_of(*made)]
    assert sorted(texts) == sorted(contribution.original.text for contribution in made)


def test_a_worker_that_dies_before_grouping_leaves_the_grouping_due(arrive):
    made = arrive(*LIFT)
    analysing.analyse_chunk(default_encoder())
    assert {passage.concern_id for passage in passages_of(*made)} == {None}
    assert db.session.scalar(select(Grouping.due))
    analyse_pending()
    assert None not in {passage.concern_id for passage in passages_of(*made)}
    assert not db.session.scalar(select(Grouping.due))


def test_a_slow_worker_whose_work_was_done_by_another_stores_nothing(arrive):
    made = arrive(*LIFT)
    with time_machine.travel(now(), tick=False) as clock:
        ids = outbox.take(10)
        ((statements, corrections),) = analysing._statements(ids, default_encoder().name)
        slow = list(analysing._read(default_encoder(), statements, corrections))
        clock.shift(outbox.HOLD + timedelta(seconds=1))
        analyse_pending()
    before = sorted(passage.id for passage in passages_of(*made))
    for analysis in slow:
        analysing._store(analysis, default_encoder().name)
    assert sorted(passage.id for passage in passages_of(*made)) == before


def test_two_workers_at_once_do_everything_once(app, arrive):
    made = arrive(*(f"De lift op nummer {n} is stuk" for n in range(24)), *LIFT)
    start = Barrier(2)

    def work():
        with app.app_context():
            start.wait()
            while analysing.analyse_chunk(default_encoder(), 4):
                pass
            working._group_what_is_due(default_encoder())
            db.session.remove()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    analyse_pending()
    db.session.expire_all()
    assert len(passages_of(*made)) == len(made)
    assert all(contribution.analysed_at for contribution in made)


def test_words_taken_back_while_they_were_read_are_stored_nowhere(arrive, withdraw):
    made = arrive(*LIFT)
    ids = outbox.take(10)
    ((statements, corrections),) = analysing._statements(ids, default_encoder().name)
    found = list(analysing._read(default_encoder(), statements, corrections))
    withdraw(made[0])
    for analysis in found:
        analysing._store(analysis, default_encoder().name)
    assert made[0].redacted_text is None
    assert passages_of(made[0]) == []
    assert len(passages_of(*made)) == 2


def test_what_was_withdrawn_in_bulk_is_erased_within_a_minute(arrive):
    made = arrive(*LIFT)
    analyse_pending()
    values = {"withdrawn_at": now()}
    db.session.execute(Contribution.__table__.update().where(Contribution.id == made[0].id).values(values))
    db.session.commit()
    analyse_pending()
    assert passages_of(made[0]) == []
    assert made[0].redacted_text is None


def test_neighbourhoods_never_mix(arrive, other_neighbourhood):
    here, there = arrive(LIFT[0]), arrive(LIFT[1], place=other_neighbourhood)
    analyse_pending()
    assert {passage.concern_id for passage in passages_of(*here, *there)} == {None}


def test_many_come_in_chunks_of_a_bounded_size(arrive, encoder, monkeypatch):
    sizes = []
    monkeypatch.setattr(analysing, "CHUNK", 5)
    arrive(*(f"De lift is al {n} keer stuk gegaan" for n in range(12)))
    original = encoder.encode
    encoder.encode = lambda texts: (sizes.append(len(texts)), original(texts))[1]
    while analysing.analyse_chunk(encoder, analysing.CHUNK):
        pass
    assert sizes == [5, 5, 2]


def test_after_an_upgrade_of_the_encoder_every_vector_is_made_anew(arrive, encoder):
    made = arrive(*LIFT)
    analyse_pending()
    before = {passage.id: passage.vector for passage in passages_of(*made)}
    for passage in passages_of(*made):
        passage.encoder, passage.vector = "an older one", np.zeros(8, "<f4").tobytes()
    db.session.commit()
    analyse_pending()
    assert {passage.id: passage.vector for passage in passages_of(*made)} == before
    assert {passage.encoder for passage in passages_of(*made)} == {encoder.name}


class TestSaidAlready:
    """Before someone posts: does one of these say the same?"""

    def test_the_same_in_another_language_is_found_first(self, arrive, neighbourhood):
        made = arrive("Er is te weinig speelruimte voor kinderen", LIFT[0], "Prachtig, die nieuwe bibliotheek")
        analyse_pending()
        found = service.similar(neighbourhood.id, "The elevator has been broken for weeks")
        assert [contribution_id for contribution_id, _ in found] == [made[1].id]
        assert 0.5 <= found[0][1] <= 1

    def test_what_was_withdrawn_is_not_found(self, arrive, neighbourhood, withdraw):
        made = arrive(LIFT[0])
        analyse_pending()
        withdraw(made[0])
        assert service.similar(neighbourhood.id, LIFT[0]) == []

    def test_only_the_sources_that_are_asked_for(self, arrive, neighbourhood):
        arrive(LIFT[0])
        analyse_pending()
        assert service.similar(neighbourhood.id, LIFT[0], sources=[Source.IDEA]) == []
        assert len(service.similar(neighbourhood.id, LIFT[0], sources=[Source.NOTE])) == 1

    def test_another_neighbourhood_is_not_asked(self, arrive, neighbourhood, other_neighbourhood):
        arrive(LIFT[0])
        analyse_pending()
        assert service.similar(other_neighbourhood.id, LIFT[0]) == []

    @pytest.mark.parametrize("text", ["", " ", "🙂", "123"])
    def test_nothing_said_is_like_nothing(self, arrive, neighbourhood, text):
        arrive(LIFT[0])
        analyse_pending()
        assert service.similar(neighbourhood.id, text) == []
