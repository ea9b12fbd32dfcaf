"""The words and colours in which states, horizons and traffic lights are shown."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.ambitions.horizon import Horizon
from app.ambitions.states import State
from app.ambitions.traffic_light import Light, Outcome
from app.people.roles import Role

STATES: dict[State, Any] = {
    State.PROPOSED: _l("Proposed"),
    State.PUT_TO_RESIDENTS: _l("Residents decide"),
    State.ADOPTED: _l("Chosen by residents"),
    State.IN_PROGRESS: _l("Work has begun"),
    State.ACHIEVED: _l("Done"),
    State.DROPPED: _l("Stopped"),
}
# What a change to a state was; "proposed" again means that residents chose others.
CHANGES: dict[State, Any] = {
    State.PROPOSED: _l("Residents chose other plans this time"),
    State.PUT_TO_RESIDENTS: _l("It is put to residents: they can choose it"),
    State.ADOPTED: _l("Residents chose this plan"),
    State.IN_PROGRESS: _l("The work has begun"),
    State.ACHIEVED: _l("It is done"),
    State.DROPPED: _l("Stopped"),
}
HORIZONS: dict[Horizon, Any] = {
    Horizon.SHORT: _l("Within 1 year"),
    Horizon.MEDIUM: _l("Within 4 years"),
    Horizon.LONG: _l("Within 15 years"),
}
LIGHTS: dict[Light, Any] = {
    Light.KEPT: _l("Promise kept"),
    Light.KEPT_LATE: _l("Promise kept, but too late"),
    Light.ON_TRACK: _l("On track"),
    Light.NO_NEWS: _l("No news for half a year"),
    Light.LATE: _l("Late"),
    Light.BROKEN: _l("Promise not kept"),
}
STATE_BADGES = {
    State.PROPOSED: "neutral",
    State.PUT_TO_RESIDENTS: "active",
    State.ADOPTED: "active",
    State.IN_PROGRESS: "active",
    State.ACHIEVED: "success",
    State.DROPPED: "neutral",
}
LIGHT_BADGES = {
    Light.KEPT: "success",
    Light.KEPT_LATE: "warning",
    Light.ON_TRACK: "success",
    Light.NO_NEWS: "warning",
    Light.LATE: "warning",
    Light.BROKEN: "danger",
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.UNDER_WAY: _l("We are working on it"),
    Outcome.KEPT: _l("We did it"),
    Outcome.NOT_KEPT: _l("It will not happen"),
}
# How a report is marked on a timeline.
OUTCOME_MARKS = {Outcome.UNDER_WAY: "done", Outcome.KEPT: "done", Outcome.NOT_KEPT: "broken"}
# Who did something in public: the role, never the person's name.
ROLES: dict[Role, Any] = {
    Role.WORKER: _l("A neighbourhood worker of %(municipality)s"),
    Role.COORDINATOR: _l("A coordinator of %(municipality)s"),
    Role.ADMINISTRATOR: _l("An administrator of %(municipality)s"),
}
