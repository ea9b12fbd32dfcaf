"""The tables on single texts: language, theme, feeling, kind, and what is urgent."""

from collections.abc import Callable, Iterable, Sequence
from math import nan

import numpy as np
from textblob import TextBlob

from app.insight import Encoder, Passage, Vectors, catalogue, learning
from app.insight.language import find_language
from app.insight.learnt import Linear, centred, learnt_for
from app.places import framework
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


def likeliest(model: Linear, vectors: Vectors) -> list[str]:
    """What the model answers when it has to."""
    return [model.labels[best] for best in model.shares(vectors).argmax(axis=1)]


def show_theme(said: Sequence[Said], encoder: Encoder, examples: Sequence[catalogue.Example]) -> None:
    """From the framework's descriptions alone, with examples from the catalogue, and as the application has it."""
    theme = themes(said)
    of = [one for one in said if one.concern in theme]
    true = [theme[one.concern] for one in of if one.concern]
    learnt = learnt_for(encoder)

    def vectors(texts: Sequence[str], languages: Sequence[str | None]) -> Vectors:
        return centred(encoder.encode(list(texts)), languages, learnt)

    asked = vectors([one.text for one in of], [one.language for one in of])
    described = [
        (text, language, found.id)
        for found in framework.themes().values()
        for words in (found.title, found.description)
        for language, text in words.texts.items()
    ]
    start = vectors([text for text, _, _ in described], [language for _, language, _ in described])
    labels = [theme_id for _, _, theme_id in described]
    learned = vectors([e.text for e in examples], [e.language for e in examples])
    rows: list[Sequence[Cell]] = [("0 (descriptions only)", *_told(true, labels, start, asked), nan, nan)]
    random = np.random.default_rng(5)
    for count in EXAMPLES:
        scores = []
        for _ in range(DRAWS):
            chosen = _some_of_each([e.theme for e in examples], count, random)
            both = np.concatenate([start, learned[chosen]])
            scores.append(_told(true, labels + [examples[i].theme for i in chosen], both, asked))
        rows.append((f"{count} a theme, mean of {DRAWS}", *(float(x) for x in np.mean(scores, axis=0)), nan, nan))
    longest = [
        reading([one.text for one in of], [one.language for one in of], encoder).longest(i) for i in range(len(of))
    ]
    answers = [passage.theme if passage else None for passage in longest]
    forced = likeliest(learnt.theme, asked)
    shown = (_right(true, forced), *_answered(true, answers))
    rows.append(("as shipped", metrics.macro_f1(true, forced), *shown))
    heads = ("examples", "macro-F1, always answering", "right", "answers", "right when it answers")
    note = f"On {len(of)} field passages, which have {len(set(true))} of the 11 themes. Examples are the catalogue's."
    table("Theme", heads, rows, note)


def _told(true: Sequence[str], labels: Sequence[str], known: Vectors, asked: Vectors) -> tuple[float, float]:
    found = likeliest(learning.linear(known, labels, learning.STRENGTH["theme"]), asked)
    return metrics.macro_f1(true, found), _right(true, found)


def _some_of_each(labels: Sequence[str], count: int, random: np.random.Generator) -> list[int]:
    of: dict[str, list[int]] = {}
    for i, label in enumerate(labels):
        of.setdefault(label, []).append(i)
    return [
        int(i) for label in sorted(of) for i in random.choice(of[label], min(count, len(of[label])), replace=False)
    ]


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
    forced = likeliest(learnt_for(encoder).feeling, vectors)
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
    vectors = centred(
        encoder.encode([one.text for one in judged]), [one.language for one in judged], learnt_for(encoder)
    )
    forced = likeliest(learnt_for(encoder).kind, vectors)
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
