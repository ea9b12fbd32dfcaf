"""What the encoder was taught is in the weights that the application builds, and it does what it was taught."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from app.insight import Encoder, Vectors
from app.insight.e5_adapter import FILE, Adapter

VECTORS = Path(__file__).resolve().parents[2] / "data" / "insight" / "adapter-vectors.csv"


def worked_out_elsewhere() -> tuple[list[str], Vectors]:
    """Texts and the vectors that the training program gives them, with full precision (tools/train_adapter.py)."""
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [row[0] for row in rows], np.array([[float(cell) for cell in row[1:]] for row in rows], np.float32)


def test_the_committed_weights_give_the_vectors_of_the_training_program(encoder: Encoder) -> None:
    texts, theirs = worked_out_elsewhere()
    ours = encoder.encode(texts)
    assert (ours * theirs).sum(axis=1).min() > 0.95  # 8 bits instead of 32
    # and far nearer to them than without the adapter would be told apart from each other
    assert ((ours @ theirs.T).argmax(axis=1) == np.arange(len(texts))).all()


def test_the_additions_are_a_product_of_two_small_matrices_and_only_in_the_upper_layers() -> None:
    adapter = Adapter()
    with np.load(FILE, allow_pickle=False) as stored:
        assert {name.rsplit(".", 1)[0].split(".")[0] for name in stored.files} == {f"l{i}" for i in range(6, 12)}
        down, up = stored["l6.q.A"].astype(np.float32), stored["l6.q.B"].astype(np.float32)
    plain = np.zeros((up.shape[0], down.shape[1]), np.float32)
    assert np.allclose(adapter.added_to("l6.q", plain), up @ down, atol=1e-5)
    assert np.abs(up @ down).max() > 0
    assert adapter.added_to("l0.q", plain) is plain


def test_the_file_stays_small() -> None:
    assert FILE.stat().st_size < 4_000_000
