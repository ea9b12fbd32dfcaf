"""Many vectors in little memory, to find the few that are most like a new one in milliseconds.

A vector is kept in 8 bits a number with one scale, which is about 0.001 off in a cosine.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from app.insight.records import Vectors

_BLOCK = 1024
"""So few rows at once that one core does them: to wait for another takes longer than the work."""
_DIGITS = 4
_LARGEST = 127


class KeptVectors:
    """Unit vectors (n, d) by key, each in one group (a small number). n times (d + 8) bytes, and the keys."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions
        self._keys: list[bytes] = []
        self._known: set[bytes] = set()
        self._parts: list[tuple[NDArray[np.int8], Vectors, NDArray[np.int8]]] = []

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: bytes) -> bool:
        return key in self._known

    def add(self, keys: Sequence[bytes], vectors: Vectors, groups: Sequence[int]) -> None:
        """Keep these as well; a key that is there already keeps its vector."""
        new = [i for i, key in enumerate(keys) if key not in self._known]
        if not new:
            return
        chosen = np.asarray(vectors, np.float32).reshape(len(keys), self._dimensions)[new]
        largest = np.abs(chosen).max(axis=1)
        scales = (np.where(largest == 0, 1, largest) / _LARGEST).astype(np.float32)
        small = np.rint(chosen / scales[:, None]).astype(np.int8)
        self._parts.append((small, scales, np.asarray(groups, np.int8)[new]))
        self._keys += [keys[i] for i in new]
        self._known.update(keys[i] for i in new)

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Let go of every other."""
        stays = np.array([key in keys for key in self._keys], dtype=bool)
        if stays.all():
            return
        small, scales, groups = self._whole()
        self._parts = [(small[stays], scales[stays], groups[stays])]
        self._keys = [key for key, stay in zip(self._keys, stays, strict=True) if stay]
        self._known = set(self._keys)

    def drop(self, keys: Collection[bytes]) -> None:
        """Let go of these."""
        if keys:
            self.keep_only(self._known.difference(keys))

    def nearest(
        self, asked: Vectors, at_least: float, groups: Collection[int] | None = None
    ) -> list[tuple[bytes, float]]:
        """What is like one of the unit vectors `asked` (m, d) by at least this: (key, cosine), the likest first.

        With `groups` only what is in those.
        """
        if not self._keys or not len(asked):
            return []
        small, scales, of = self._whole()
        likeness = np.full(len(small), -1, np.float32)
        for at in range(0, len(small), _BLOCK):
            part = slice(at, at + _BLOCK)
            rows = small[part].astype(np.float32)
            for vector in asked:
                likeness[part] = np.maximum(likeness[part], (rows @ vector) * scales[part])
        # rounded, so that equal vectors are equally like it wherever they are kept
        likeness = np.round(np.minimum(likeness, 1), _DIGITS).astype(np.float32)
        is_like = likeness >= at_least
        if groups is not None:
            is_like &= np.isin(of, list(groups))
        found = np.flatnonzero(is_like)
        ordered = found[np.argsort(-likeness[found], kind="stable")]
        return [(self._keys[row], float(likeness[row])) for row in ordered]

    def _whole(self) -> tuple[NDArray[np.int8], Vectors, NDArray[np.int8]]:
        if len(self._parts) > 1:
            small, scales, groups = zip(*self._parts, strict=True)
            self._parts = [(np.concatenate(small), np.concatenate(scales), np.concatenate(groups))]
        return self._parts[0]
