"""From text to vector: multilingual-e5-small with what it was taught about concerns (e5_adapter.py) in 8-bit weights.

It is built in memory from an installed package and the adapter beside it.

Nothing is downloaded and nothing has to be prepared: loading takes a second or two, at the first text.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from typing import Any

import numpy as np

from app.insight.records import Encoder, Vectors

_TOKENS_AT_MOST = 256
"""What comes after this is not read (about 1,000 characters; passages are shorter)."""
_QUERY = "query: "
"""The prefix that the model was trained with for texts that are compared with each other."""


class E5:
    """multilingual-e5-small, adapted. Safe to use from several threads."""

    name = "multilingual-e5-small-civic-1"
    dimensions = 384

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @cached_property
    def _parts(self) -> tuple[Any, Any, Any]:
        # imported here, since web processes import this module and few of them encode
        import onnxruntime

        from app.insight import e5_graph
        from app.insight.e5_adapter import Adapter
        from app.insight.e5_tokens import tokenizer
        from app.insight.e5_weights import Weights

        weights = Weights()
        options = onnxruntime.SessionOptions()
        # one thread a text, as many texts at once as there are cores: faster than the other way round, and the
        # outcome does not depend on how many cores there are
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            e5_graph.build(weights, Adapter()), options, providers=["CPUExecutionProvider"]
        )
        return tokenizer(weights, _TOKENS_AT_MOST), weights, session

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors (n, 384), float32. Each text is read alone, so no text changes another's vector."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        with self._lock:
            tokens, weights, session = self._parts
        ids = [found.ids for found in tokens.encode_batch([_QUERY + _sound(text) for text in texts])]

        def one(row: list[int]) -> Vectors:
            vector: Vectors = session.run(None, {"words": weights.words(row)})[0][0]
            return vector

        if len(ids) == 1:
            return np.stack([one(ids[0])])
        with ThreadPoolExecutor(_cores()) as pool:
            return np.stack(list(pool.map(one, ids)))


def _sound(text: str) -> str:
    """The text without halves of characters, which are no text."""
    return text.encode("utf-8", "replace").decode()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def default_encoder() -> Encoder:
    """The encoder that everything here uses unless told otherwise; one a process, loaded at its first text."""
    return E5()
