"""The inner envelope: choices in a box that only the poll's opening key can open (libsodium, through PyNaCl).

Every box of a poll has the same length, so that its size tells nothing. Nothing in a box tells who sealed it, and
sealing the same choices twice gives two different boxes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox


class CannotOpen(Exception):
    """The box was not sealed for this key, or was changed."""


def new_keys() -> tuple[bytes, bytes]:
    """A fresh pair for one poll: the public key that seals, the opening key that opens."""
    opening = PrivateKey.generate()
    return bytes(opening.public_key), bytes(opening)


def seal(public_key: bytes, choices: Iterable[str], options: Sequence[str]) -> bytes:
    """Seal choices. `options` are all that could be chosen: they set the length of every box."""
    length = len(_written(options))
    return bytes(SealedBox(PublicKey(public_key)).encrypt(_written(sorted(set(choices))).ljust(length)))


def open_box(opening_key: bytes, box: bytes) -> list[str]:
    """The choices in a box. Raises CannotOpen."""
    try:
        choices = json.loads(SealedBox(PrivateKey(opening_key)).decrypt(box))
    except (CryptoError, ValueError) as error:
        raise CannotOpen from error
    return [str(choice) for choice in choices]


def lock(opening_key: bytes, secret: str) -> bytes:
    """The opening key of a light poll, locked with the installation's secret."""
    return bytes(SecretBox(_key(secret)).encrypt(opening_key))


def unlock(locked: bytes, secret: str) -> bytes:
    """The opening key again. Raises CannotOpen when the secret is another."""
    try:
        return bytes(SecretBox(_key(secret)).decrypt(locked))
    except (CryptoError, ValueError) as error:
        raise CannotOpen from error


def _written(choices: Iterable[str]) -> bytes:
    return json.dumps(list(choices)).encode()


def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=SecretBox.KEY_SIZE, person=b"wijkstem-poll").digest()
