"""What others would do with the same texts. Each gives a label a text; None is in no group."""

import subprocess
import tempfile
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from app.insight import Vectors

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
READY = ROOT / ".venv-bench" / ".ready"
"""The Makefile puts this beside the packages once all are there."""
RECIPE = Path(__file__).with_name("umap_hdbscan.py")
Found = list[Hashable]


def tf_idf(texts: Sequence[str]) -> Any:
    """Words that at least two texts share, weighed by rarity: a sparse matrix (n, words), unit rows or empty ones."""
    return TfidfVectorizer(min_df=2, max_df=0.5, sublinear_tf=True).fit_transform(texts)


def nmf(texts: Sequence[str], groups: int) -> Found:
    """The strongest of `groups` topics of a non-negative factorisation; a text that shares no word is in none."""
    parts = NMF(groups, init="nndsvd", max_iter=400, random_state=0).fit_transform(tf_idf(texts))
    return [int(row.argmax()) if row.any() else None for row in parts]


def k_means(texts: Sequence[str], groups: int) -> Found:
    """The best of ten runs; a text that shares no word is in none."""
    rows = tf_idf(texts)
    labels = KMeans(groups, n_init=10, random_state=0).fit_predict(rows)
    return [int(label) if words else None for label, words in zip(labels, np.diff(rows.indptr), strict=True)]


class Recognizer:
    """The plain catalogue classifier: logistic regression over the types, and the label is the group."""

    def __init__(self, vectors: Vectors, types: Sequence[str]) -> None:
        self._model = LogisticRegression(C=10.0, max_iter=1000).fit(vectors, list(types))

    def groups(self, vectors: Vectors) -> Found:
        """The likeliest type of each."""
        return [str(label) for label in self._model.predict(vectors)]


def has_recipe() -> bool:
    """Whether the packages of BERTopic's recipe are there: whether the installation ended well."""
    return READY.exists()


def bertopic(given: dict[str, Vectors]) -> dict[str, Found]:
    """BERTopic's recipe on each of these matrices, by name."""
    with tempfile.TemporaryDirectory() as folder:
        into, out = Path(folder) / "in.npz", Path(folder) / "out.npz"
        np.savez(into, **given)  # type: ignore[arg-type]
        subprocess.run([PYTHON, "-W", "ignore", RECIPE, into, out], check=True)
        with np.load(out) as found:
            return {name: [int(label) if label >= 0 else None for label in found[name]] for name in given}
