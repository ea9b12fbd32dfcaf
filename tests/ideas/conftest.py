"""Ideas to test with."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from app.ideas import service
from app.ideas.models import Comment, Idea
from app.people.models import Resident
from app.places.models import Neighbourhood

BOARD = "/en/neighbourhoods/WK034401/ideas"


@pytest.fixture
def someone(app: Flask, session: Any) -> Callable[[], Resident]:
    """Makes residents who are somewhere else, on a phone of their own."""

    def make() -> Resident:
        resident = Resident(receipt_hash=uuid4().hex)
        session.add(resident)
        session.commit()
        return resident

    return make


@pytest.fixture
def idea_of(neighbourhood: Neighbourhood, someone: Callable[[], Resident]) -> Callable[..., Idea]:
    """Posts an idea, by someone else unless told."""

    def post(
        title: str, text: str = "", resident: Resident | None = None, place: Neighbourhood | None = None
    ) -> Idea:
        where = (place or neighbourhood).id
        return service.post_idea(resident or someone(), where, submission_id=uuid4(), title=title, text=text)[0]

    return post


@pytest.fixture
def comment_on(someone: Callable[[], Resident]) -> Callable[..., Comment]:
    """Posts a comment, by someone else unless told."""

    def post(idea: Idea, text: str, resident: Resident | None = None) -> Comment:
        return service.post_comment(resident or someone(), idea, submission_id=uuid4(), text=text)[0]

    return post
