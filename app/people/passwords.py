"""Staff passwords: argon2id, with the parameters that argon2-cffi recommends (RFC 9106, low-memory)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 12  # characters of a new password
_hasher = PasswordHasher()
_DUMMY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to store."""
    return _hasher.hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the stored hash. Without one it takes as long and says no."""
    try:
        return _hasher.verify(stored or _DUMMY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
