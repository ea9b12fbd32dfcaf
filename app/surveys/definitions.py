"""The definition of a published version, read once in each process: a version never changes."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import select

from app.extensions import db
from app.surveys.definition import Survey
from app.surveys.models import SurveyVersion
from app.surveys.reading import read

_MOST_KEPT = 500
_kept: dict[UUID, Survey] = {}


class DefinitionDamaged(Exception):
    """The stored text of a version is not what was published."""


def checksum(source: str) -> str:
    """SHA-256 of a survey file's text, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()


def definition_of(version_id: UUID) -> Survey:
    """What this version asks. Raises DefinitionDamaged when the stored text was tampered with."""
    if version_id not in _kept:
        columns = select(SurveyVersion.definition, SurveyVersion.checksum)
        source, expected = db.session.execute(columns.where(SurveyVersion.id == version_id)).one()
        reading = read(source.encode(), str(version_id))
        if checksum(source) != expected or reading.survey is None:
            raise DefinitionDamaged(str(version_id))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[version_id] = reading.survey
    return _kept[version_id]
