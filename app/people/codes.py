"""Codes and their keyed hashes. Only the hash is stored: who holds the disk holds no code."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from app.people.code_format import CodeMistyped, new_code, read_code, shown_code

__all__ = ["CodeMistyped", "keyed_hash", "new_code", "read_code", "shown_code"]


def keyed_hash(code: str, purpose: str) -> str:
    """HMAC-SHA256 of a code for one purpose ("receipt", "poll:…"), as 64 hexadecimal characters.

    The code may come with or without dashes. Hashes for different purposes cannot be matched with each other.
    """
    key: str = current_app.config["CODE_KEY"]
    message = f"{purpose}\0{code.replace('-', '')}"
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()
