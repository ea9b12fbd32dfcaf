"""Many people decide about one concern at the same moment: one decision counts, the others are told."""

from __future__ import annotations

from threading import Barrier, Thread

from sqlalchemy import func, select

from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight import service
from app.insight.models import Concern, Passage
from app.people.models import StaffAccount


def _at_once(app, how_many, decide):
    outcomes, start = [], Barrier(how_many)

    def one(number):
        with app.app_context():
            start.wait()
            try:
                decide(number, db.session.scalar(select(StaffAccount)))
                outcomes.append("done")
            except service.ChangedMeanwhile:
                outcomes.append("told")
            db.session.remove()

    threads = [Thread(target=one, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return sorted(outcomes)


def test_of_ten_titles_given_at_once_one_stays_and_nine_are_told(app, coordinator, make_concern, say):
    concern = make_concern()
    say("a", concern)
    concern_id, version = concern.id, concern.version
    db.session.commit()

    def decide(number, actor):
        service.rename(concern_id, version, LocalizedText({"en": f"Title {number}"}), actor)

    assert _at_once(app, 10, decide) == ["done"] + ["told"] * 9
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_of_ten_moves_of_one_passage_one_counts(app, coordinator, make_concern, say):
    concern, targets = make_concern(), [make_concern(f"Target {n}") for n in range(10)]
    passage_id, from_id, to = say("a", concern).id, concern.id, [target.id for target in targets]
    db.session.commit()

    def decide(number, actor):
        service.move(passage_id, from_id, actor, to=to[number])

    assert _at_once(app, 10, decide) == ["done"] + ["told"] * 9


def test_two_concerns_merged_into_each_other_at_once_end_up_as_one(app, coordinator, make_concern, say):
    pair = [make_concern("A"), make_concern("B")]
    for concern in pair:
        say("words", concern)
    ids = [concern.id for concern in pair]
    db.session.commit()

    def decide(number, actor):
        try:
            service.merge(ids[number], 1, ids[1 - number], actor)
        except service.NotPossible as error:
            raise service.ChangedMeanwhile from error

    assert _at_once(app, 2, decide) == ["done", "told"]
    merged = db.session.scalars(select(Concern.merged_into_id).where(Concern.merged_into_id.is_not(None))).all()
    assert len(merged) == 1
    assert set(db.session.scalars(select(Passage.concern_id))) == set(merged)
