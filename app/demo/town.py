"""The demo's places, parties and staff."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import select

from app.common.audit import AuditEntry, record
from app.common.localized import LocalizedText
from app.demo.words import read
from app.extensions import db
from app.people.models import StaffAccount
from app.people.roles import Role
from app.people.service import create_account
from app.places.models import Municipality, Neighbourhood, Party
from app.places.population_file import read_population
from app.places.service import load_population

_NAMESPACE = UUID("9a1f3c52-6d0e-4c0b-8f57-2b9d4f0a7e11")
_LOADED = "demo.loaded"
_FOLDER = Path(__file__).parent


def sent(key: str) -> UUID:
    """The submission id of one event of the demo: the same each time, so that nothing happens twice."""
    return uuid5(_NAMESPACE, key)


@dataclass(frozen=True)
class Town:
    """The invented town, by ids: neighbourhoods and parties by the keys that the files use, staff by role."""

    municipality_id: UUID
    neighbourhood_ids: dict[str, UUID]
    party_ids: dict[str, UUID]
    staff_ids: dict[str, UUID]

    @property
    def municipality(self) -> Municipality:
        return db.session.get_one(Municipality, self.municipality_id)

    @property
    def coordinator(self) -> StaffAccount:
        return db.session.get_one(StaffAccount, self.staff_ids["coordinator"])

    def place(self, key: str) -> Neighbourhood:
        """The neighbourhood with this key."""
        return db.session.get_one(Neighbourhood, self.neighbourhood_ids[key])

    def party(self, key: str) -> Party:
        """The party with this key."""
        return db.session.get_one(Party, self.party_ids[key])


def find_or_build(passwords: dict[str, str]) -> Town:
    """The town as it is, with what is missing built. `passwords` by login, for accounts that are not there yet."""
    words = read("places")
    wanted = words["municipality"]
    municipality = db.session.scalar(select(Municipality).where(Municipality.code == wanted["code"]))
    if municipality is None:
        municipality = Municipality(**wanted)
        db.session.add(municipality)
    places = {place.code: place for place in municipality.neighbourhoods}
    parties = {party.name: party for party in municipality.parties}
    for row in words["neighbourhoods"]:
        if row["code"] not in places:
            places[row["code"]] = Neighbourhood(code=row["code"], name=row["name"])
            municipality.neighbourhoods.append(places[row["code"]])
    for row in words["parties"]:
        if row["name"] not in parties:
            parties[row["name"]] = Party(
                name=row["name"],
                sector=row["sector"],
                description=LocalizedText(row["description"]),
            )
            municipality.parties.append(parties[row["name"]])
    db.session.commit()
    load_population(_population(), "Wijkstem (demo)")
    accounts = {
        account.login: account
        for account in db.session.scalars(select(StaffAccount).where(StaffAccount.municipality_id == municipality.id))
    }
    for row in words["staff"]:
        login = row["login"]
        if login not in accounts:
            accounts[login] = create_account(login, row["name"], passwords[login], Role(row["role"]), municipality)
    return Town(
        municipality.id,
        {row["key"]: places[row["code"]].id for row in words["neighbourhoods"]},
        {row["key"]: parties[row["name"]].id for row in words["parties"]},
        {row["role"]: accounts[row["login"]].id for row in words["staff"]},
    )


def _population() -> dict[tuple[str, str], dict[str, int]]:
    """Who lives in the invented neighbourhoods, from files as an administrator would load them."""
    codes = [row["code"] for row in read("places")["neighbourhoods"]]
    return {
        table: people
        for name in ("population.csv", "languages.csv")
        for table, people in read_population((_FOLDER / name).read_bytes(), codes).tables.items()
    }


def is_loaded() -> bool:
    """Whether the whole demo is there already."""
    code = read("places")["municipality"]["code"]
    loaded = (
        select(AuditEntry.id)
        .join(Municipality, Municipality.id == AuditEntry.subject_id)
        .where(AuditEntry.action == _LOADED, Municipality.code == code)
    )
    return db.session.scalar(loaded) is not None


def mark_loaded(town: Town) -> None:
    """Note that everything is there, so that the next start looks no further."""
    record(None, _LOADED, town.municipality)
    db.session.commit()
