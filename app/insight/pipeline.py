"""From statements to passages, and from passages to concerns: the two halves, and both in a row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.insight import clustering, quotes, titles
from app.insight.feeling import find_feelings, find_kinds
from app.insight.language import find_language
from app.insight.learnt import Learnt, centred, learnt_for
from app.insight.passages import split
from app.insight.records import Analysis, Concern, Encoder, KnownConcern, Passage, Redacted, Statement
from app.insight.redaction import labels_in, redact
from app.insight.themes import find_themes
from app.insight.urgent import find_urgent

TEXT_AT_MOST = 20_000
"""Longer texts are cut here before anything reads them (characters)."""
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement, read: redacted, its language, and its passages (without concerns)."""

    statement: Statement
    redacted: Redacted
    language: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """`concern_ids` has for each passage the id of its concern or None; `concerns` refer to passages by place."""

    concern_ids: tuple[str | None, ...]
    concerns: tuple[Concern, ...]


def analyse(statements: Iterable[Statement], encoder: Encoder, known: Sequence[KnownConcern] = ()) -> Analysis:
    """Passages of every statement, and the concerns they form together with those that are known.

    The outcome does not depend on the order of the statements, apart from the order of the passages in it.
    Raises `NotLearnt` for an encoder that nothing was learnt for.
    """
    readings = list(read_all(statements, encoder))
    passages = [passage for reading in readings for passage in reading.passages]
    grouped = group(passages, encoder, known)
    return Analysis(
        tuple(
            replace(passage, concern_id=concern_id)
            for passage, concern_id in zip(passages, grouped.concern_ids, strict=True)
        ),
        grouped.concerns,
        {reading.statement.id: reading.redacted for reading in readings},
        {reading.statement.id: reading.language for reading in readings},
    )


def read_all(statements: Iterable[Statement], encoder: Encoder) -> Iterator[Reading]:
    """Read statements one by one, in order, some hundreds at once in memory. What one gives depends on it alone."""
    learnt = learnt_for(encoder)
    waiting: list[Statement] = []
    for statement in statements:
        waiting.append(statement)
        if len(waiting) == _AT_ONCE:
            yield from _read(waiting, encoder, learnt)
            waiting = []
    if waiting:
        yield from _read(waiting, encoder, learnt)


def _read(statements: Sequence[Statement], encoder: Encoder, learnt: Learnt) -> list[Reading]:
    begun: list[tuple[Statement, Redacted, str | None, list[tuple[int, int]]]] = []
    for statement in statements:
        text = statement.text[:TEXT_AT_MOST]
        language = find_language(text, statement.language)
        redacted = redact(text, language)
        begun.append((statement, redacted, language, split(redacted.text)))
    texts = [redacted.text[a:b] for _, redacted, _, spans in begun for a, b in spans]
    languages = [find_language(r.text[a:b], language) for _, r, language, spans in begun for a, b in spans]
    # the same words are encoded once
    places = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    raw = encoder.encode(list(places))[[places[text] for text in texts]] if texts else encoder.encode([])
    vectors = centred(raw, languages, learnt) if texts else raw
    themes = find_themes(vectors, learnt)
    kinds, feelings = find_kinds(vectors, learnt), find_feelings(vectors, learnt)
    urgent = find_urgent(texts, vectors, learnt)
    readings, i = [], 0
    for statement, redacted, language, spans in begun:
        passages = []
        for start, end in spans:
            # a model has nothing to say about a text without words
            has_words = clustering.is_readable(texts[i])
            theme, score = themes[i] if has_words else (None, 0.0)
            passages.append(
                Passage(
                    statement.id,
                    start,
                    end,
                    texts[i],
                    languages[i],
                    theme,
                    score,
                    kinds[i] if has_words else None,
                    feelings[i] if has_words else None,
                    urgent[i] and has_words,
                    labels_in(texts[i], redacted),
                    vectors[i],
                )
            )
            i += 1
        readings.append(Reading(statement, redacted, language, tuple(passages)))
    return readings


def group(passages: Sequence[Passage], encoder: Encoder, known: Sequence[KnownConcern] = ()) -> Grouped:
    """Put passages in the known concerns they belong to, and find concerns among the rest.

    New concerns have the ids "c1", "c2", … by size (a number that is known already is passed over).
    """
    learnt = learnt_for(encoder)
    ids = clustering.assign_to_known(passages, known, learnt)
    rest = [i for i, concern_id in enumerate(ids) if concern_id is None]
    concerns = []
    for concern in known:
        members = [i for i, concern_id in enumerate(ids) if concern_id == concern.id]
        if members:
            concerns.append(_known_concern(concern, passages, members, learnt))
    taken = {concern.id for concern in known}
    number = 0
    for found in clustering.cluster_rest([passages[i] for i in rest], learnt):
        number += 1
        while f"c{number}" in taken:
            number += 1
        members = [rest[j] for j in found]
        for i in members:
            ids[i] = f"c{number}"
        concerns.append(_new_concern(f"c{number}", passages, members, learnt))
    return Grouped(tuple(ids), tuple(concerns))


def _new_concern(concern_id: str, passages: Sequence[Passage], members: list[int], learnt: Learnt) -> Concern:
    own = [passages[i] for i in members]
    title = titles.give_title(own, learnt)
    return Concern(
        concern_id,
        title.text,
        title.language,
        title.theme or _shared_theme(own),
        tuple(members),
        quotes.choose(passages, members, learnt),
        _counted(p.feeling for p in own),
        _counted(p.language for p in own),
        title.by_language,
        title.type_id,
    )


def _known_concern(known: KnownConcern, passages: Sequence[Passage], members: list[int], learnt: Learnt) -> Concern:
    own = [passages[i] for i in members]
    return Concern(
        known.id,
        known.title,
        known.title_language,
        known.theme,
        tuple(members),
        quotes.choose(passages, members, learnt),
        _counted(p.feeling for p in own),
        _counted(p.language for p in own),
        {known.title_language: known.title} if known.title_language else {},
        known.catalogue_id,
        is_known=True,
    )


def _shared_theme(passages: Sequence[Passage]) -> str | None:
    """The theme that most passages with a theme have, when it is at least a third of all of them."""
    counts = Counter(p.theme for p in passages if p.theme)
    if not counts:
        return None
    best = min(counts, key=lambda theme: (-counts[theme], theme))
    return best if counts[best] * 3 >= len(passages) else None


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    """How many of each, the most first; what is not determined is not counted."""
    counts = Counter(value for value in values if value)
    return {value: counts[value] for value in sorted(counts, key=lambda v: (-counts[v], v))}
