"""Codes that people type: receipt codes and one-time access codes.

Twelve characters from an alphabet without look-alikes (no 0/O, 1/I/L, 5/S, U/V), the last one a check
character. The alphabet has 29 characters, a prime, so a sum weighted by position modulo 29 notices every
single wrong character and every swap of two characters (as ISBN-10 does with 11; ISO 7064 names the method).
Eleven random characters are 53 bits: not to be guessed through a rate-limited form.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 12
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


class CodeMistyped(ValueError):
    """What was typed cannot be a code: a wrong character, a wrong length, or the check does not fit."""


def _check_character(body: str) -> str:
    return ALPHABET[sum(weight * _VALUE[c] for weight, c in enumerate(body, start=1)) % len(ALPHABET)]


def new_code() -> str:
    """A fresh random code, as people see it: "7KQ4-9MXT-2RWB"."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return shown_code(body + _check_character(body))


def shown_code(code: str) -> str:
    """Twelve characters in groups of four, easier to read and to copy."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code that was typed, without dashes and in capitals: small letters, spaces and Arabic digits are fine.

    Raises CodeMistyped when it cannot be a code, so that a typing mistake is told apart from a wrong code.
    """
    if len(typed) > 100:
        raise CodeMistyped
    signs = (str(unicodedata.digit(c, None) or c) for c in unicodedata.normalize("NFKC", typed).upper())
    code = "".join(c for c in signs if c.isalnum())
    if len(code) != LENGTH or any(c not in _VALUE for c in code):
        raise CodeMistyped
    if _check_character(code[:-1]) != code[-1]:
        raise CodeMistyped
    return code
