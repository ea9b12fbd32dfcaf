"""What the encoder was taught about "the same concern": small additions to its weights (tools/train_adapter.py)."""

from pathlib import Path

import numpy as np

from app.insight.records import Vectors

FILE = Path(__file__).with_name("learnt") / "adapter.npz"


class Adapter:
    """The additions, by the name of the weights they belong to ("l6.q")."""

    def __init__(self, file: Path = FILE) -> None:
        with np.load(file, allow_pickle=False) as stored:
            self._parts = {name: stored[name].astype(np.float32) for name in stored.files}

    def added_to(self, name: str, matrix: Vectors) -> Vectors:
        """The weights (n_out, n_in) with what was learnt; unchanged where nothing was."""
        if f"{name}.A" not in self._parts:
            return matrix
        taught: Vectors = matrix + self._parts[f"{name}.B"] @ self._parts[f"{name}.A"]
        return taught
