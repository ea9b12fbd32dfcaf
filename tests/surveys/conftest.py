"""A published survey, and phones to fill it in on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.places.models import Neighbourhood
from app.surveys.models import Survey
from app.surveys.service import publish
from tests.surveys.phones import Phone
from tests.surveys.survey_files import CHAIN


@pytest.fixture
def survey(neighbourhood: Neighbourhood) -> Survey:
    """The small survey with its chain of three, published and open."""
    return publish(CHAIN.encode(), neighbourhood).survey


@pytest.fixture
def new_phone(app: Flask, survey: Survey) -> Callable[[], Phone]:
    """A phone that was never here before."""
    return lambda: Phone(app.test_client())


@pytest.fixture
def phone(new_phone: Callable[[], Phone]) -> Phone:
    return new_phone()
