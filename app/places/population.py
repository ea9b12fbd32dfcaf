"""Who lives in a neighbourhood: the dimensions in which people are counted, and the groups of each.

A group has an id that a survey's option can have too ("age_65_plus", "tr"), so that answers can be compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

AGE, GENDER, LANGUAGE, POSTCODE = "age", "gender", "language", "postcode4"
DIMENSIONS = (AGE, GENDER, LANGUAGE, POSTCODE)

OTHER = "other"
"""The group of everyone who is in none of the others of its dimension."""

FIXED: dict[str, tuple[str, ...]] = {
    AGE: ("age_0_14", "age_15_24", "age_25_44", "age_45_64", "age_65_plus"),
    GENDER: ("men", "women"),
}
"""The dimensions whose groups are always these; the others have those of the neighbourhood."""

_GROUP = {
    LANGUAGE: re.compile(r"[a-z]{2,3}|other"),
    POSTCODE: re.compile(r"[1-9][0-9]{3}|other"),
}


@dataclass(frozen=True)
class PopulationTable:
    """How many people live in a neighbourhood, in the groups of one dimension, and who counted them ("" unknown)."""

    dimension: str
    people: Mapping[str, int]
    source: str = ""


def is_group(dimension: str, group: str) -> bool:
    """Whether a dimension can have a group with this id."""
    if dimension in FIXED:
        return group in FIXED[dimension]
    return dimension in _GROUP and _GROUP[dimension].fullmatch(group) is not None
