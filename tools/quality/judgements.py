"""The tables on single texts: language, theme, feeling, kind, and what is urgent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import nan

import numpy as np
from textblob import TextBlob

from app.insight import THEMES, Encoder, Passage, Taught, Vectors
from app.insight.language import find_language
from app.insight.learnt import Learnt, Linear, centred, learnt_for
from app.insight.themes import ThemeFinder, starting_point
from app.insight.type_wording import TypeWording
from tools.quality import metrics
from tools.quality.printing import Cell, table
from tools.quality.reading import reading
from tools.quality.texts import Judged, Said, themes

EXAMPLES = (5, 20)
DRAWS = 10
TEXTBLOB_NEUTRAL = (0.0, 0.05, 0.1, 0.2, 0.3)
"""TextBlob gives a number from -1 to 1; nearer to 0 than this reads as neutral."""
ALL = "all"


def show_language(texts: Iterable[tuple[str, str]]) -> None:
    """Of (language, text): known at all, and right, without a hint."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    for language, text in texts:
        answer = find_language(text)
        for name in (language, ALL):
            found.setdefault(name, []).append((answer is not None, answer == language))
    rows = [
        (
            language,
            len(of),
            metrics.share(known for known, _ in of),
            metrics.share(is_so for known, is_so in of if known),
        )
        for language, of in sorted(found.items(), key=lambda item: (item[0] == ALL, item[0]))
    ]
    table("Language of a text, without a hint", ("", "texts", "known", "right when known"), rows)


def likeliest(labels: Sequence[str], shares: Vectors) -> list[str]:
    """What a model answers when it has to, from the probabilities of its labels (n, m)."""
    return [labels[best] for best in shares.argmax(axis=1)]


def show_theme(said: Sequence[Said], encoder: Encoder) -> None:
    """From nothing but the file, as shipped, and after corrections of some of the field passages themselves."""
    theme = themes(said)
    of = [one for one in said if one.concern in theme]
    true = [theme[one.concern] for one in of if one.concern]
    learnt = learnt_for(encoder)

    def vectors(some: Sequence[Said]) -> Vectors:
        return centred(encoder.encode([one.text for one in some]), [one.language for one in some], learnt)

    asked, texts, start = vectors(of), [one.text for one in of], starting_point(encoder, learnt)
    rows = [
        (
            "the sentences of themes.yaml alone",
            *_themes(ThemeFinder(_without_types(learnt), start), true, asked, texts),
        ),
        ("what was learnt from the catalogue alone", *_themes(ThemeFinder(learnt), true, asked, texts)),
        ("both: as shipped", *_themes(ThemeFinder(learnt, start), true, asked, texts)),
    ]
    random = np.random.default_rng(5)
    for name, drawn in (("same concerns", _some_of_each), ("other concerns", _other_concerns)):
        for count in EXAMPLES:
            scores = []
            for _ in range(DRAWS):
                taught, rest = drawn(of, true, count, random)
                said_so = tuple(texts[i] for i in taught)
                corrected = Taught(asked[taught], said_so, tuple(true[i] for i in taught))
                for finder in (ThemeFinder(learnt, start), ThemeFinder(learnt, start, corrected)):
                    scores.append(_themes(finder, [true[i] for i in rest], asked[rest], [texts[i] for i in rest]))
            for when, at in (("without", 0), ("after", 1)):
                means = (float(x) for x in np.mean(scores[at::2], axis=0))
                rows.append((f"{when} {count} corrections a theme, {name}, mean of {DRAWS}", *means))
    heads = ("", "macro-F1, always answering", "right", "answers", "right when it answers")
    noise = [one for one in said if one.is_noise]
    answers = ThemeFinder(learnt, start).find(vectors(noise), [one.text for one in noise])
    answered = metrics.share(bool(found) for found in answers)
    note = (
        f"On {len(of)} field passages, which have {len(set(true))} of the 11 themes. Corrections are field passages; "
        f"the others are asked. Of {len(noise)} passages without content {answered:.2f} get a theme as shipped."
    )
    table("Theme", heads, rows, note)
    _show_calibration(ThemeFinder(learnt, start), true, asked, texts)


def _without_types(learnt: Learnt) -> Learnt:
    """The same as if nothing were known of the types."""
    types = learnt.types
    flat = Linear(types.labels, np.zeros_like(types.weights), np.zeros_like(types.shift))
    return replace(learnt, types=flat, type_wording=TypeWording([""] * len(types.labels), types.labels))


def _themes(
    finder: ThemeFinder, true: Sequence[str], asked: Vectors, texts: Sequence[str]
) -> tuple[float, float, float, float]:
    forced = [THEMES[best] for best in finder.shares(asked, texts).argmax(axis=1)]
    answers = [found[0][0] if found else None for found in finder.find(asked, texts)]
    return metrics.macro_f1(true, forced), _right(true, forced), *_answered(true, answers)


def _some_of_each(
    of: Sequence[Said], labels: Sequence[str], count: int, random: np.random.Generator
) -> tuple[list[int], list[int]]:
    """So many of each theme (half of them at most), and the rest."""
    chosen: list[int] = []
    for label in sorted(set(labels)):
        own = [i for i, one in enumerate(labels) if one == label]
        chosen += [int(i) for i in random.choice(own, min(count, len(own) // 2), replace=False)]
    return chosen, sorted(set(range(len(of))) - set(chosen))


def _other_concerns(
    of: Sequence[Said], labels: Sequence[str], count: int, random: np.random.Generator
) -> tuple[list[int], list[int]]:
    """So many of half of the concerns of each theme, and all passages of the other half."""
    chosen: list[int] = []
    rest: list[int] = []
    for label in sorted(set(labels)):
        concerns = sorted({str(one.concern) for one, theme in zip(of, labels, strict=True) if theme == label})
        random.shuffle(concerns)
        taught = concerns[: max(1, len(concerns) // 2)]
        own = [i for i, one in enumerate(of) if one.concern in taught]
        chosen += [int(i) for i in random.choice(own, min(count, len(own)), replace=False)]
        rest += [i for i, one in enumerate(of) if one.concern in concerns and one.concern not in taught]
    return chosen, rest


def _show_calibration(finder: ThemeFinder, true: Sequence[str], asked: Vectors, texts: Sequence[str]) -> None:
    scores = finder.shares(asked, texts)
    likely, best = scores.max(axis=1), scores.argmax(axis=1)
    rows: list[Sequence[Cell]] = []
    for low, high in pairwise((0.0, 0.3, 0.4, 0.5, 0.6, 1.01)):
        own = [i for i, score in enumerate(likely) if low <= score < high]
        right = metrics.share(THEMES[best[i]] == true[i] for i in own)
        rows.append((f"{low:g} to {min(high, 1):g}", len(own), float(np.mean(likely[own])) if own else nan, right))
    table("Score of the first theme, as shipped", ("score", "passages", "mean score", "right"), rows)


def _right(true: Sequence[str], found: Sequence[str | None]) -> float:
    return metrics.share(a == b for a, b in zip(true, found, strict=True))


def _answered(true: Sequence[str], found: Sequence[str | None]) -> tuple[float, float]:
    """How many were answered, and how many of those rightly."""
    both = [(a, b) for a, b in zip(true, found, strict=True) if b is not None]
    return len(both) / len(true), metrics.share(a == b for a, b in both)


def show_feeling(judged: Sequence[Judged], encoder: Encoder) -> None:
    """Ours against TextBlob, by language."""
    texts = [one.text for one in judged]
    vectors = centred(encoder.encode(texts), [one.language for one in judged], learnt_for(encoder))
    learnt = learnt_for(encoder)
    forced = likeliest(learnt.feeling.labels, learnt.feeling.shares(vectors, learnt.pieces(texts)))
    answers = _answers(judged, encoder, lambda passage: passage.feeling)
    polarity = [float(TextBlob(text).sentiment.polarity) for text in texts]
    rows: list[Sequence[Cell]] = []
    for language, of in _by_language(judged):
        true = [judged[i].feeling for i in of]
        theirs = max(metrics.macro_f1(true, [_feeling(polarity[i], edge) for i in of]) for edge in TEXTBLOB_NEUTRAL)
        ours = [answers[i] for i in of]
        rows.append(
            (language, len(of), theirs, metrics.macro_f1(true, [forced[i] for i in of]), *_answered(true, ours))
        )
    heads = (
        "",
        "texts",
        "TextBlob, macro-F1",
        "ours, macro-F1, always answering",
        "answers",
        "right when it answers",
    )
    edges = ", ".join(f"{edge:g}" for edge in TEXTBLOB_NEUTRAL)
    note = f"TextBlob reads English only. It gets the best edge of neutral for each row, in hindsight, of {edges}."
    table("Feeling (negative, neutral, positive)", heads, rows, note)


def _feeling(polarity: float, edge: float) -> str:
    if abs(polarity) <= edge:
        return "neutral"
    return "positive" if polarity > 0 else "negative"


def show_kind(judged: Sequence[Judged], encoder: Encoder) -> None:
    """By language."""
    texts, learnt = [one.text for one in judged], learnt_for(encoder)
    vectors = centred(encoder.encode(texts), [one.language for one in judged], learnt)
    forced = likeliest(learnt.kind.labels, learnt.kind.shares(vectors, learnt.pieces(texts)))
    answers = _answers(judged, encoder, lambda passage: passage.kind)
    rows: list[Sequence[Cell]] = []
    for language, of in _by_language(judged):
        true = [judged[i].kind for i in of]
        score = metrics.macro_f1(true, [forced[i] for i in of])
        rows.append((language, len(of), score, *_answered(true, [answers[i] for i in of])))
    heads = ("", "texts", "macro-F1, always answering", "answers", "right when it answers")
    table("Kind (complaint, wish, idea, praise, question)", heads, rows)


def _answers(judged: Sequence[Judged], encoder: Encoder, of: Callable[[Passage], str | None]) -> list[str | None]:
    """What the application says of the longest passage of each."""
    read = reading([one.text for one in judged], [one.language for one in judged], encoder)
    longest = [read.longest(i) for i in range(len(judged))]
    return [of(passage) if passage else None for passage in longest]


def _by_language(judged: Sequence[Judged]) -> list[tuple[str, list[int]]]:
    """The rows of each language, and at the end all."""
    languages = sorted({one.language for one in judged})
    of = [(language, [i for i, one in enumerate(judged) if one.language == language]) for language in languages]
    return [*of, (ALL, list(range(len(judged))))]


def show_urgent(judged: Sequence[Judged], encoder: Encoder) -> None:
    """What is found, and how often it rings for a look-alike; a text is urgent when one of its passages is."""
    read = reading([one.text for one in judged], [one.language for one in judged], encoder)
    rings = [any(passage.urgent for passage in read.passages[i]) for i in range(len(judged))]
    kinds = sorted({one.kind for one in judged})
    parts = [(kind.replace("_", " "), [i for i, one in enumerate(judged) if one.kind == kind]) for kind in kinds]
    rows: list[Sequence[Cell]] = []
    for name, of in [*parts, *_by_language(judged)]:
        danger = [rings[i] for i in of if judged[i].urgent == "yes"]
        other = [rings[i] for i in of if judged[i].urgent != "yes"]
        right = sum(danger) / max(1, sum(danger) + sum(other))
        rows.append((name, len(danger), metrics.share(danger), len(other), metrics.share(other), right))
    heads = ("", "urgent", "found (recall)", "look-alikes", "rung for (false alarms)", "of what rings urgent")
    table("Urgent", heads, rows)
