"""Finding places, and adding them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID
from zoneinfo import available_timezones

from flask import abort
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.common.audit import record
from app.extensions import db
from app.places.models import SECTORS, Municipality, Neighbourhood, Party, PopulationGroup
from app.places.population import PopulationTable

_CODE = re.compile(r"[A-Za-z0-9]{1,12}")  # as long as its column, and a part of addresses


class WrongPlace(ValueError):
    """The place cannot be added like this: its text says why, in plain English."""


def neighbourhood_by_code(code: str) -> Neighbourhood | None:
    """The neighbourhood with this CBS code."""
    return db.session.scalar(select(Neighbourhood).where(Neighbourhood.code == code))


def neighbourhood_or_404(code: str) -> Neighbourhood:
    """The neighbourhood with this CBS code; ends the request with 404 when there is none."""
    return neighbourhood_by_code(code) or abort(404)


def municipalities() -> list[Municipality]:
    """All municipalities of this installation, by name."""
    return list(db.session.scalars(select(Municipality).order_by(Municipality.name)))


def municipality_by_code(code: str) -> Municipality | None:
    """The municipality with this CBS code."""
    return db.session.scalar(select(Municipality).where(Municipality.code == code))


def add_municipality(code: str, name: str, time_zone: str) -> bool:
    """Add a municipality; False when it is there already. Raises WrongPlace."""
    _check(code, name)
    if time_zone not in available_timezones():
        raise WrongPlace(f"There is no time zone {time_zone}. Give a name such as Europe/Amsterdam.")
    there = municipality_by_code(code)
    if there is not None:
        if (there.name, there.time_zone) != (name, time_zone):
            raise WrongPlace(f"{code} is {there.name} already, in time zone {there.time_zone}. Nothing was changed.")
        return False
    return _add(Municipality(code=code, name=name, time_zone=time_zone))


def add_neighbourhood(code: str, name: str, municipality: Municipality) -> bool:
    """Add a neighbourhood; False when it is there already. Raises WrongPlace."""
    _check(code, name)
    there = neighbourhood_by_code(code)
    if there is not None:
        if (there.name, there.municipality_id) != (name, municipality.id):
            raise WrongPlace(f"{code} is {there.name} in {there.municipality.name} already. Nothing was changed.")
        return False
    return _add(Neighbourhood(code=code, name=name, municipality_id=municipality.id))


def add_party(name: str, municipality: Municipality, sector: str) -> bool:
    """Add a party; False when it is there already. Raises WrongPlace."""
    if not name.strip():
        raise WrongPlace("Give a name.")
    if sector not in SECTORS:
        raise WrongPlace(f"There is no sector {sector}. There are: {', '.join(SECTORS)}.")
    there = next((party for party in municipality.parties if party.name == name), None)
    if there is not None:
        if there.sector != sector:
            raise WrongPlace(f"{name} is there already, in sector {there.sector}. Nothing was changed.")
        return False
    return _add(Party(name=name, municipality_id=municipality.id, sector=sector))


def population_of(neighbourhood_id: UUID) -> dict[str, PopulationTable]:
    """Who lives in this neighbourhood, by dimension; empty where nothing was loaded."""
    here = select(PopulationGroup).where(PopulationGroup.neighbourhood_id == neighbourhood_id)
    found: dict[str, dict[str, int]] = {}
    sources: dict[str, str] = {}
    for row in db.session.scalars(here.order_by(PopulationGroup.dimension, PopulationGroup.position)):
        found.setdefault(row.dimension, {})[row.group_id] = row.people
        sources[row.dimension] = row.source
    return {dimension: PopulationTable(dimension, people, sources[dimension]) for dimension, people in found.items()}


def load_population(tables: Mapping[tuple[str, str], Mapping[str, int]], source: str) -> None:
    """Keep who lives where: people by group, for each (code of a neighbourhood, dimension).

    A table takes the place of an earlier one; what was there before stays in the audit trail. All codes must be
    those of neighbourhoods that are there.
    """
    for (code, dimension), people in tables.items():
        place = db.session.scalars(select(Neighbourhood).where(Neighbourhood.code == code)).one()
        before = population_of(place.id).get(dimension)
        if before == PopulationTable(dimension, dict(people), source):
            continue
        where = (PopulationGroup.neighbourhood_id == place.id, PopulationGroup.dimension == dimension)
        db.session.execute(delete(PopulationGroup).where(*where))
        db.session.add_all(
            PopulationGroup(
                neighbourhood_id=place.id,
                dimension=dimension,
                group_id=group,
                position=position,
                people=number,
                source=source,
            )
            for position, (group, number) in enumerate(people.items())
        )
        earlier = {"people": dict(before.people), "source": before.source} if before else None
        record(None, "population.load", place, dimension=dimension, before=earlier)
    db.session.commit()


def _check(code: str, name: str) -> None:
    if not _CODE.fullmatch(code):
        raise WrongPlace(f'"{code}" is no code. Give 1 to 12 letters and digits, such as GM0344 or WK034401.')
    if not name.strip():
        raise WrongPlace("Give a name.")


def _add(place: Municipality | Neighbourhood | Party) -> bool:
    db.session.add(place)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise WrongPlace("Someone else added it at the same moment. Try again.") from None
    return True
