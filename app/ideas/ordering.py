"""In which order ideas stand on the board."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

_SEED = re.compile("[0-9a-f]{8}")


class Order(StrEnum):
    """What a reader can choose. The newest come first unless they do."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    RANDOM = "random"


def new_seed() -> str:
    """Eight characters for an address: one reader's order, kept while they leaf through and share the page."""
    return secrets.token_hex(4)


def is_seed(text: str) -> bool:
    """Whether this can have come from `new_seed`."""
    return _SEED.fullmatch(text) is not None


def shuffled(ids: Iterable[UUID], seed: str) -> list[UUID]:
    """The ids in an order that depends on the seed only: each is as likely to come first, whatever its age.

    An id's place is the hash of itself with the seed, so a new idea moves no two others past each other.
    """
    return sorted(ids, key=lambda id_: hashlib.blake2b(id_.bytes, key=seed.encode(), digest_size=16).digest())
