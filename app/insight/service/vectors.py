"""Vectors between the table and numpy."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.insight.records import Vectors


def stored(vector: Vectors) -> bytes:
    """A vector as it is kept: little-endian float32."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def loaded(rows: Iterable[bytes]) -> Vectors:
    """Stored vectors of one encoder as one matrix (n, d); (0, 0) when there are none. Held in memory once."""
    numbers, count = bytearray(), 0
    for row in rows:
        numbers += row
        count += 1
    matrix: Vectors = np.frombuffer(numbers, dtype="<f4").reshape(count, -1 if count else 0)
    return matrix
