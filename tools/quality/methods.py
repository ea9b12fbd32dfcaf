"""Ours and the baselines, on the same texts with the same vectors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.insight import Encoder, Vectors, learnt_for
from app.insight.learnt import centred
from tools.quality import baselines
from tools.quality.baselines import Found, Recognizer
from tools.quality.reading import Reading, reading
from tools.quality.texts import Said

NMF = "TF-IDF and NMF ¹"
K_MEANS = "TF-IDF and k-means ¹"
RECIPE = "BERTopic's recipe, vectors as they come"
RECIPE_CENTRED = "BERTopic's recipe, vectors centred by language"
CLASSIFIER = "plain catalogue classifier"
OURS = "ours"
OURS_UNTOLD = "ours, language not told"


class Material:
    """Some labelled texts, with their vectors and what we read in them; each made when it is first asked for."""

    def __init__(self, said: Sequence[Said], encoder: Encoder) -> None:
        self.said = list(said)
        self._encoder = encoder

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.said]

    @property
    def languages(self) -> list[str]:
        return [one.language for one in self.said]

    @cached_property
    def raw(self) -> Vectors:
        """As the encoder gives them (n, d)."""
        return self._encoder.encode(self.texts)

    @cached_property
    def centred(self) -> Vectors:
        """With each language's mean taken off (n, d)."""
        return centred(self.raw, self.languages, learnt_for(self._encoder))

    @cached_property
    def told(self) -> Reading:
        """As the application reads them, with the language as a hint."""
        return reading(self.texts, self.languages, self._encoder)

    @cached_property
    def untold(self) -> Reading:
        """The same without a hint."""
        return reading(self.texts, [None] * len(self.said), self._encoder)


@dataclass(frozen=True, slots=True)
class Job:
    """Group these rows of some material. The first `judged` of them have labels, the others are only company.

    `is_whole`: all of a set and nothing else; only then variants of a method are tried too.
    """

    material: Material
    rows: Sequence[int]
    judged: int
    is_whole: bool = False

    @property
    def said(self) -> list[Said]:
        """What is judged."""
        return [self.material.said[row] for row in self.rows[: self.judged]]

    @property
    def right_number(self) -> int | None:
        """How many concerns there are to find, when that is known."""
        if self.judged < len(self.rows):
            return None
        counts = Counter(one.concern for one in self.said if one.concern)
        return sum(n > 1 for n in counts.values())

    @property
    def texts(self) -> list[str]:
        """Of all rows."""
        return [self.material.said[row].text for row in self.rows]


def grouped(jobs: Mapping[str, Job], recognizer: Recognizer) -> dict[str, dict[str, Found]]:
    """By job and by method the labels of what is judged, the methods in the order of the tables.

    Where the right number of groups is not known, or a package is not there, a method is left out.
    """
    recipe = _recipe(jobs) if baselines.has_recipe() else {}
    found: dict[str, dict[str, Found]] = {}
    for name, job in jobs.items():
        by_method: dict[str, Found] = {}
        if (number := job.right_number) is not None:
            by_method[NMF] = baselines.nmf(job.texts, number)
            by_method[K_MEANS] = baselines.k_means(job.texts, number)
        by_method |= recipe.get(name, {})
        by_method[CLASSIFIER] = recognizer.groups(job.material.centred[list(job.rows)])
        by_method[OURS] = list(job.material.told.groups(job.rows))
        if job.is_whole:
            by_method[OURS_UNTOLD] = list(job.material.untold.groups(job.rows))
        found[name] = {method: labels[: job.judged] for method, labels in by_method.items()}
    return found


def _recipe(jobs: Mapping[str, Job]) -> dict[str, dict[str, Found]]:
    """In one go, since starting it costs more than running it."""
    given: dict[str, Vectors] = {}
    for name, job in jobs.items():
        rows = np.array(job.rows)
        if job.is_whole:
            given[f"{name}|{RECIPE}"] = job.material.raw[rows]
        given[f"{name}|{RECIPE_CENTRED}"] = job.material.centred[rows]
    found: dict[str, dict[str, Found]] = {}
    for key, labels in baselines.bertopic(given).items():
        name, _, method = key.partition("|")
        found.setdefault(name, {})[method] = labels
    return found
