"""Is the process up, is the system ready; and the way in without a language."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.common.heartbeat import worker_is_alive
from app.extensions import db, limiter
from app.people.roles import public

bp = Blueprint("health", __name__)


@bp.get("/")
@public
def root() -> ResponseReturnValue:
    """On to the reader's own language, as far as their browser tells."""
    answer = redirect(url_for("web.start", lang=g.lang))
    answer.vary.add("Accept-Language")
    return answer


@bp.get("/healthz")
@public
@limiter.exempt
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
@limiter.exempt
def readyz() -> ResponseReturnValue:
    """The database answers and a worker is alive; 503 when not, with which."""
    try:
        db.session.execute(text("SELECT 1"))
        database, worker = True, worker_is_alive()
    except SQLAlchemyError:
        database, worker = False, False
    return jsonify(database=database, worker=worker), 200 if database and worker else 503
