"""The resident on this phone."""

from threading import Barrier, Thread
from typing import Any

from flask import Flask, session
from sqlalchemy import func, select

from app.extensions import db
from app.people.models import Resident
from app.people.residents import current_code, ensure_resident, expect_resident


def test_a_double_tap_makes_one_pseudonym_with_one_code(app: Flask) -> None:
    with app.test_request_context("/en/"):
        expect_resident()
        cookie = dict(session)
    together, codes = Barrier(4), []

    def tap() -> None:
        with app.test_request_context("/en/"):
            session.update(cookie)
            together.wait()
            _resident, code = ensure_resident()
            db.session.commit()
            codes.append(code)

    taps = [Thread(target=tap) for _ in range(4)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert len(codes) == 4
    assert set(codes) == {cookie["receipt"]}
    assert db.session.scalar(select(func.count()).select_from(Resident)) == 1


def test_opening_a_form_stores_nothing_and_shows_no_code_yet(app: Flask, session: Any) -> None:
    with app.test_request_context("/en/"):
        expect_resident()
        assert current_code() is None
    assert session.scalar(select(func.count()).select_from(Resident)) == 0
