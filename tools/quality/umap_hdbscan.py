"""BERTopic's recipe up to the groups (Grootendorst 2022, arXiv 2203.05794): UMAP to 5 dimensions, then HDBSCAN.

    .venv-bench/bin/python tools/quality/umap_hdbscan.py IN.npz OUT.npz

IN.npz holds matrices of vectors (n, d), OUT.npz gets for each, under its name, the group numbers (n): -1 is in none.
Run with a Python of its own, since the application needs none of these packages. Titles change no group.
"""

import sys
from typing import Any

import numpy as np
import umap
from sklearn.cluster import HDBSCAN


def groups(vectors: Any) -> Any:
    """Group numbers with BERTopic's settings, and groups of at least 5; always the same ones."""
    flat = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=42, n_jobs=1)
    return HDBSCAN(min_cluster_size=5, copy=True).fit_predict(flat.fit_transform(vectors))


if __name__ == "__main__":
    with np.load(sys.argv[1]) as given:
        np.savez(sys.argv[2], **{name: groups(given[name]) for name in given.files})
