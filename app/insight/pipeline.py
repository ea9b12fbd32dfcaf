"""From statements to passages, and from passages to concerns: the two halves, and both in a row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

import numpy as np

from app.insight import clustering, quotes, titles
from app.insight.encoding import default_encoder
from app.insight.feeling import find_feelings, find_kinds
from app.insight.joining import join
from app.insight.language import find_language
from app.insight.learnt import Learnt, centred, learnt_for
from app.insight.passages import Piece, pieces
from app.insight.phrases import Phrases
from app.insight.recognition import recognise
from app.insight.records import Analysis, Concern, Encoder, KnownConcern, Passage, Redacted, Statement, Vectors
from app.insight.redaction import labels_in, redact
from app.insight.themes import Taught, ThemeFinder, starting_point
from app.insight.urgent import find_urgent

TEXT_AT_MOST = 20_000
"""Longer texts are cut here before anything reads them (characters)."""
_AT_ONCE = 512


def analyse(statements: Iterable[Statement], encoder: Encoder, known: Sequence[KnownConcern] = ()) -> Analysis:
    """Passages of every statement, and the concerns they form together with those that are known.

    The outcome does not depend on the order of the statements, apart from the order of the passages in it.
    Raises `NotLearnt` for an encoder that nothing was learnt for.
    """
    reading = read(statements, encoder)
    concerns = group(reading.passages, known, encoder)
    passages = list(reading.passages)
    for concern in concerns:
        for i in concern.passages:
            passages[i] = replace(passages[i], concern_id=concern.id)
    return replace(reading, passages=tuple(passages), concerns=concerns)


def read(statements: Iterable[Statement], encoder: Encoder, corrected: Taught | None = None) -> Analysis:
    """Redact, find the language, cut into passages and classify; no concerns yet (see `group`).

    `corrected`: passages of which a coordinator said the theme. What a statement gives depends on it and on those
    alone. Raises `NotLearnt` for an encoder that nothing was learnt for.
    """
    learnt = learnt_for(encoder)
    finder = ThemeFinder(learnt, starting_point(encoder, learnt), corrected)
    passages: list[Passage] = []
    redacted: dict[str, Redacted] = {}
    languages: dict[str, str | None] = {}
    remaining = iter(statements)
    while chunk := list(islice(remaining, _AT_ONCE)):
        begun = [_begin(statement) for statement in chunk]
        redacted |= {one.id: one.redacted for one in begun}
        languages |= {one.id: one.language for one in begun}
        passages += _passages(begun, encoder, learnt, finder)
    return Analysis(tuple(passages), (), redacted, languages)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A statement on its way: redacted, its language known, cut into pieces of the redacted text."""

    id: str
    redacted: Redacted
    language: str | None
    pieces: list[Piece]


def _begin(statement: Statement) -> _Begun:
    text = statement.text[:TEXT_AT_MOST]
    language = find_language(text, statement.language)
    redacted = redact(text, language)
    return _Begun(statement.id, redacted, language, pieces(redacted.text, language))


def meanings(statement: Statement, encoder: Encoder) -> Vectors:
    """Only the vectors (n, d) of the pieces of a statement, like `Passage.vector`: what it takes to compare it."""
    said = _pieces([_begin(statement)], encoder, learnt_for(encoder))
    return said.vectors if said else np.empty((0, encoder.dimensions), np.float32)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Sentences and clauses, of one statement after the other."""

    texts: list[str]
    raw: Vectors
    vectors: Vectors


def _pieces(begun: Sequence[_Begun], encoder: Encoder, learnt: Learnt) -> _Pieces | None:
    texts = [one.redacted.text[piece.start : piece.end] for one in begun for piece in one.pieces]
    if not texts:
        return None
    hints = [one.language for one in begun for _ in one.pieces]
    languages = [find_language(text, hint) for text, hint in zip(texts, hints, strict=True)]
    raw = _encoded(texts, encoder)
    return _Pieces(texts, raw, centred(raw, languages, learnt))


def _encoded(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """Their vectors (n, d); the same words are encoded once."""
    if not texts:
        return np.empty((0, encoder.dimensions), np.float32)
    different = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    return encoder.encode(list(different))[[different[text] for text in texts]]


def _passages(begun: Sequence[_Begun], encoder: Encoder, learnt: Learnt, finder: ThemeFinder) -> list[Passage]:
    """Read the pieces, put those together that speak of one thing, and say of each passage what it is."""
    said = _pieces(begun, encoder, learnt)
    if said is None:
        return []
    shares = recognise(said.vectors, said.texts, learnt).shares
    # what is urgent in one sentence must not vanish in the mean of five
    urgent = find_urgent(said.texts, said.vectors, learnt.pieces(said.texts), learnt)
    places, members, at = [], [], 0
    for one in begun:
        for together in join(one.pieces, shares[at : at + len(one.pieces)]):
            places.append((one, one.pieces[together[0]].start, one.pieces[together[-1]].end))
            members.append([at + i for i in together])
        at += len(one.pieces)
    raw = np.stack([said.raw[mine[0]] for mine in members])
    joined = [i for i, mine in enumerate(members) if len(mine) > 1]
    texts = [one.redacted.text[start:end] for one, start, end in (places[i] for i in joined)]
    raw[joined] = _encoded(texts, encoder)
    dangers = [any(urgent[i] for i in mine) for mine in members]
    return _described(places, raw, dangers, learnt, finder)


def _described(
    places: Sequence[tuple[_Begun, int, int]],
    raw: Vectors,
    urgent: Sequence[bool],
    learnt: Learnt,
    finder: ThemeFinder,
) -> list[Passage]:
    texts = [one.redacted.text[start:end] for one, start, end in places]
    languages = [find_language(text, one.language) for text, (one, _, _) in zip(texts, places, strict=True)]
    vectors, words = centred(raw, languages, learnt), learnt.pieces(texts)
    themes = finder.find(vectors, texts)
    kinds, feelings = find_kinds(vectors, words, learnt), find_feelings(vectors, words, learnt)
    made = []
    for i, (one, start, end) in enumerate(places):
        # a model has nothing to say about a text without words
        has_words = clustering.is_readable(texts[i])
        made.append(
            Passage(
                statement_id=one.id,
                start=start,
                end=end,
                text=texts[i],
                language=languages[i],
                theme=themes[i][0][0] if has_words and themes[i] else None,
                theme_score=themes[i][0][1] if has_words and themes[i] else 0.0,
                kind=kinds[i] if has_words else None,
                feeling=feelings[i] if has_words else None,
                urgent=urgent[i],
                redacted=labels_in(texts[i], one.redacted),
                vector=vectors[i],
                themes=themes[i] if has_words else (),
            )
        )
    return made


def group(
    passages: Sequence[Passage], known: Sequence[KnownConcern] = (), encoder: Encoder | None = None
) -> tuple[Concern, ...]:
    """Put passages in the known concerns they belong to, and find concerns among the rest.

    First the known ones that got passages, then the new ones by size, with the ids "c1", "c2", … (an id that is
    known is passed over). A passage is in one concern at most; in none it is a single voice. The vectors of all must
    come from one encoder (by default the usual one).
    """
    learnt = learnt_for(encoder or default_encoder())
    ids = clustering.assign_to_known(passages, known, learnt)
    concerns = []
    for concern in known:
        members = [i for i, concern_id in enumerate(ids) if concern_id == concern.id]
        if members:
            concerns.append(_known_concern(concern, passages, members, learnt))
    rest = [i for i, concern_id in enumerate(ids) if concern_id is None]
    taken = {concern.id for concern in known}
    free = (name for name in (f"c{number}" for number in count(1)) if name not in taken)
    phrases = Phrases(passages)
    for found in clustering.cluster_rest([passages[i] for i in rest], learnt):
        concerns.append(_new_concern(next(free), passages, [rest[j] for j in found], phrases, learnt))
    return tuple(concerns)


def _new_concern(
    concern_id: str, passages: Sequence[Passage], members: list[int], phrases: Phrases, learnt: Learnt
) -> Concern:
    own = [passages[i] for i in members]
    title = titles.give_title(own, phrases, learnt)
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
        {known.title_language or titles.UNKNOWN_LANGUAGE: known.title},
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
