"""The table on vectors: are the nearest texts about the same concern, before anything is grouped?"""

from collections.abc import Hashable, Mapping

from app.insight.learnt import Learnt, unit
from tools.quality import metrics
from tools.quality.baselines import tf_idf
from tools.quality.methods import Material
from tools.quality.printing import Cell, table


def show(sets: Mapping[str, Material], learnt: Learnt) -> None:
    """Of the 10 nearest the share about the same concern, by set, and known concerns apart from unknown ones."""
    columns: dict[str, tuple[Material, list[Hashable]]] = {}
    for name, material in sets.items():
        columns[name] = (material, [one.concern for one in material.said])
        for known, called in ((True, "known"), (False, "unknown")):
            if any(one.known is known for one in material.said):
                true: list[Hashable] = [one.concern if one.known is known else None for one in material.said]
                columns[f"{name}, {called}"] = (material, true)
    rows: list[list[Cell]] = []
    for called, vectors in (
        ("TF-IDF", lambda material: tf_idf(material.texts).toarray()),
        ("encoder, as it comes", lambda material: material.raw),
        ("centred by language", lambda material: material.centred),
        ("projected", lambda material: unit(material.centred @ learnt.sameness)),
    ):
        rows.append([called, *(metrics.near(vectors(material), true) for material, true in columns.values())])
    table("Of the 10 nearest texts the share about the same concern", ["", *columns], rows)
