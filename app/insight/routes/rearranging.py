"""Putting concerns together and taking them apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.insight import service
from app.insight.forms import MergeForm, PartsForm, SplitForm
from app.insight.models import Concern
from app.insight.routes import bp
from app.insight.routes.decisions import back_to, form_page, title_of
from app.insight.routes.scope import concern_in_scope, staff
from app.people.roles import Permission, allowed

MOST_TO_TICK = 200
MOST_TO_CHOOSE = 20


def _word() -> str:
    return request.args.get("word", "").strip()[:100]


@bp.route("/staff/concerns/<uuid:concern_id>/merge", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def merge(concern_id: UUID) -> ResponseReturnValue:
    """Put it into another concern that says the same: pick one, the most alike first."""
    concern = concern_in_scope(concern_id)
    form = MergeForm()
    others = service.likely_for_concern(concern)
    if request.method == "GET" and request.args.get("target"):
        form.target.data = request.args["target"]
    word = _word()
    found = _saying(concern, others, word) if word else others
    shown = found[:MOST_TO_CHOOSE]
    shown = [*[other for other in others if str(other.id) == form.target.data and other not in shown], *shown]

    def decide() -> ResponseReturnValue:
        target = service.merge(concern_id, form.seen, UUID(form.target.data), staff())
        flash(_("All its words are in “%(title)s” now.", title=title_of(target)), "success")
        return back_to(target)

    more: dict[str, Any] = {
        "others": others,
        "word": word,
        "found": found,
        "shown": shown,
        "figures": service.figures([other.id for other in shown]) if shown else {},
    }
    form.offer(shown, others)
    return form_page("insight/merge.html", concern, form, decide, **more)


def _saying(concern: Concern, others: list[Concern], word: str) -> list[Concern]:
    """Those with this word in a title or in what people said, in the same order."""
    said = service.saying(concern.neighbourhood_id, word)
    plain = word.casefold()
    return [
        other
        for other in others
        if other.id in said or any(plain in title.casefold() for title in other.title.texts.values())
    ]


@bp.route("/staff/concerns/<uuid:concern_id>/split", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def split(concern_id: UUID) -> ResponseReturnValue:
    """Take out what says something else: in suggested parts, or ticked one by one."""
    concern = concern_in_scope(concern_id)
    form = SplitForm()
    word = _word()
    offered = service.passages_of(concern.id, word, MOST_TO_TICK)
    form.offer(offered)
    parts_form = PartsForm(formdata=None)

    def decide() -> ResponseReturnValue:
        part = service.split(concern_id, form.seen, form.ticked, form.title.form.text, staff())
        done = _("“%(title)s” is a concern of its own now. It is still to be confirmed.", title=title_of(part))
        flash(done, "success")
        return back_to(part)

    parts = service.suggested_parts(concern.id) if request.method == "GET" and not word else []
    parts_form.version.data = str(concern.version)
    parts_form.offer([part.ids for part in parts[1:]])
    more: dict[str, Any] = {
        "offered": offered,
        "word": word,
        "most": MOST_TO_TICK,
        "parts": parts,
        "parts_form": parts_form,
    }
    return form_page("insight/split.html", concern, form, decide, **more)


@bp.post("/staff/concerns/<uuid:concern_id>/split/parts")
@allowed(Permission.REVIEW_CONCERNS)
def split_in_parts(concern_id: UUID) -> ResponseReturnValue:
    """Make concerns of the suggested parts that were ticked."""
    concern = concern_in_scope(concern_id)
    form = PartsForm()

    def decide() -> ResponseReturnValue:
        parts = [service.Part(part.passage_ids, part.title.form.text) for part in form.ticked]
        made = service.split_in_parts(concern_id, form.seen, parts, staff())
        text = ngettext(
            "%(num)d new concern was made: %(titles)s. It is still to be confirmed.",
            "%(num)d new concerns were made: %(titles)s. They are still to be confirmed.",
            len(made),
            titles=", ".join(f"“{title_of(part)}”" for part in made),
        )
        flash(text, "success")
        return back_to(concern_in_scope(concern_id))

    parts = service.chosen_parts(concern.id, [part.passage_ids for part in form.parts]) if form.parts else []
    return form_page("insight/split_parts.html", concern, form, decide, parts=parts, parts_form=form)
