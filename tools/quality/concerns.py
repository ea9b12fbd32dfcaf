"""The tables on concerns: are passages that ask for the same thing together, and only those?"""

from collections.abc import Hashable, Mapping, Sequence
from math import nan

import numpy as np

from tools.quality import metrics
from tools.quality.baselines import Found
from tools.quality.methods import OURS, OURS_UNTOLD, RECIPE, Job, Material
from tools.quality.printing import Cell, table
from tools.quality.texts import Said

DRAWS = {100: 5, 300: 3}
"""So many samples of so many passages; the mean is shown."""
COMPANY = (1000, 3000)
"""Field passages in a crowd of so many."""
NUMBER_TOLD = (
    "¹ Told the right number of concerns. BERTopic's recipe, the classifier and ours use the same vectors. A single "
    "voice and a text without content each count as a group of their own, and so does what a method leaves out."
)


def jobs_of(name: str, material: Material, company: Material | None = None) -> dict[str, Job]:
    """What is grouped for one set: all of it, samples of it, and all of it in growing company."""
    count = len(material.said)
    jobs = {name: Job(material, range(count), count, is_whole=True)}
    if company is None:
        return jobs
    random = np.random.default_rng(4)
    for size, draws in DRAWS.items():
        for draw in range(draws if size < count else 0):
            rows = sorted(int(row) for row in random.choice(count, size, replace=False))
            jobs[f"{name} {size}.{draw}"] = Job(material, rows, size)
    others = count + random.permutation(len(company.said) - count)
    for size in COMPANY:
        if count < size and len(company.said) > count:
            rows = [*range(count), *(int(row) for row in others[: size - count])]
            jobs[f"{name} in {size}"] = Job(company, rows, count)
    return jobs


def show(name: str, jobs: Mapping[str, Job], found: Mapping[str, Mapping[str, Found]]) -> None:
    """Every table on one set."""
    said = jobs[name].said
    show_groups(name, said, found[name])
    if any(one.known is not None for one in said):
        show_known(name, said, found[name])
    if len({one.language for one in said}) > 1:
        show_languages(name, said, found[name])
    if len(jobs) > 1:
        show_sizes(name, jobs, found)


def truth(said: Sequence[Said]) -> list[Hashable]:
    """The concern of each, None for a single voice and for what says nothing."""
    return [one.concern for one in said]


def show_groups(name: str, said: Sequence[Said], found: Mapping[str, Found]) -> None:
    """The main table."""
    true = truth(said)
    rows: list[Sequence[Cell]] = []
    for method, labels in found.items():
        pairs, alone = metrics.pairwise(true, labels), metrics.alone(labels)
        rows.append(
            (
                method,
                len({label for label, is_alone in zip(labels, alone, strict=True) if not is_alone}),
                metrics.v_measure(true, labels),
                metrics.agreement(true, labels),
                pairs.f1,
                pairs.precision,
                pairs.recall,
                metrics.share(a for a, one in zip(alone, said, strict=True) if one.concern),
                metrics.share(a for a, one in zip(alone, said, strict=True) if one.is_single),
                metrics.share(a for a, one in zip(alone, said, strict=True) if one.is_noise),
            )
        )
    heads = ["", "groups", "V-measure", "AMI", "pairwise F1", "precision", "recall"]
    heads += ["concern left out", "singles kept alone", "noise kept out"]
    concerns, singles = len({c for c in true if c}), sum(one.is_single for one in said)
    title = f"{name}: {len(said)} texts, {concerns} concerns, {singles} single voices"
    table(title, heads, rows, NUMBER_TOLD)


def show_known(name: str, said: Sequence[Said], found: Mapping[str, Found]) -> None:
    """What the catalogue knows and what it does not, apart."""
    true = truth(said)
    rows = []
    for method, labels in found.items():
        row: list[Cell] = [method]
        for known in (True, False):
            about = [one.known is known for one in said]
            of = [i for i, is_in in enumerate(about) if is_in]
            pairs = metrics.pairwise_about(true, labels, about)
            v = metrics.v_measure([true[i] for i in of], [labels[i] for i in of])
            row += [v, pairs.f1, pairs.precision, pairs.recall]
        rows.append(row)
    heads = ["", *(f"{w}: {m}" for w in ("known", "unknown") for m in ("V", "F1", "precision", "recall"))]
    counts = [len({one.concern for one in said if one.known is known}) for known in (True, False)]
    note = f"{counts[0]} known and {counts[1]} unknown concerns, as the catalogue is now. "
    note += "Pairs of which at least one is about such a concern, whatever it was put with; V among those alone."
    table(f"{name}: concerns of the catalogue, and concerns it does not know", heads, rows, note)


def show_languages(name: str, said: Sequence[Said], found: Mapping[str, Found]) -> None:
    """Across languages for every method, and by language for ours."""
    true, spoken = truth(said), [one.language for one in said]
    across = ((method, metrics.pairwise_across(true, labels, spoken)) for method, labels in found.items())
    rows: list[Sequence[Cell]] = [(method, pairs.found, pairs.precision, pairs.recall) for method, pairs in across]
    table(f"{name}: pairs in two languages", ("", "put together", "share right", "share of true ones found"), rows)
    rows = []
    for language in sorted(set(spoken)):
        about = [one == language for one in spoken]
        pairs = metrics.pairwise_about(true, found[OURS], about)
        rows.append((language, sum(about), pairs.f1, pairs.precision, pairs.recall))
    heads = ("", "texts", "pairwise F1", "precision", "recall")
    table(f"{name}: ours, pairs with one in this language", heads, rows)


def show_sizes(name: str, jobs: Mapping[str, Job], found: Mapping[str, Mapping[str, Found]]) -> None:
    """How it falls with less data, and in a crowd that speaks of other things."""
    count = len(jobs[name].said)
    columns = {f"{size}": [job for job in jobs if job.startswith(f"{name} {size}.")] for size in DRAWS}
    columns |= {f"all {count}": [name]}
    columns |= {f"among {len(jobs[job].rows):,}": [job] for size in COMPANY if (job := f"{name} in {size}") in jobs}
    columns = {column: of for column, of in columns.items() if of}
    rows = []
    for method in found[name]:
        if method in (RECIPE, OURS_UNTOLD):  # tried on the whole set only
            continue
        row: list[Cell] = [method]
        for of in columns.values():
            scores = [
                (metrics.v_measure(truth(jobs[job].said), labels), metrics.pairwise(truth(jobs[job].said), labels).f1)
                for job in of
                if (labels := found[job].get(method)) is not None
            ]
            row += [float(value) for value in np.mean(scores, axis=0)] if scores else [nan, nan]
        rows.append(row)
    heads = ["", *(f"{column}: {m}" for column in columns for m in ("V", "F1"))]
    note = (
        "Fewer: the mean over some samples. Among: all of these texts grouped together with those of the sets on "
        "feeling and danger and of Bowling Green; only pairs of these texts are judged, and nobody knows the right "
        "number of groups. There is no column for 10,000: there are not so many unseen texts, and passages of the "
        "catalogue are what our method learnt from."
    )
    table(f"{name}: with less data, and in company", heads, rows, note)
