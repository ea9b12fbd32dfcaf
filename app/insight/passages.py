"""Cuts a text into passages that each say one thing, and keeps where they stand.

Sentences are put together until they say enough to stand alone; a new line or list mark always starts a new one. A
sentence that says two things is cut between them (see clauses.py).
"""

import re
from dataclasses import dataclass

from app.insight.clauses import clause_starts

ENOUGH = 25
"""A passage of this many characters stands alone; a shorter one takes the next sentence with it."""
AT_MOST = 400
"""A sentence longer than this is cut at a space."""

_END = re.compile(r"[.!?…؟۔]+[\"'’”»)\]]*(?=\s)|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|\d{1,3}|dhr|mevr|mw|dr|drs|ir|ing|mr|mrs|ms|prof|nr|tel|fam|bijv|bv|evt|incl|excl|ca|st"
    r"|rd|ave|blvd|ln|no|vs|etc|e\.g|i\.e|z\.b|m\.i|o\.a|d\.w\.z|t\.o\.v|i\.p\.v|ul|al|np|m\.in|str|av|s)\.$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"[-*•–]\s|\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or a part of one. `is_new` starts a passage whatever came before; `is_cut`: it lost its end."""

    start: int
    end: int
    is_new: bool
    is_cut: bool


def split(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Where the pieces are: (start, end) in `text`, in order, not overlapping, without white space around them.

    A text without letters, digits or signs has none. Without its language no sentence is cut that is not too long.
    Cutting a piece again gives that piece.
    """
    return [(piece.start, piece.end) for piece in pieces(text, language)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. `is_new`: it begins something new (a line, a point of a list, another clause)."""

    start: int
    end: int
    is_new: bool


def pieces(text: str, language: str | None = None) -> list[Piece]:
    """The same as `split`, and which of them begin something new whatever came before."""
    found: list[Piece] = []
    for part in _parts(text, language):
        if found and not part.is_new and part.end - found[-1].start <= AT_MOST:
            says_enough = found[-1].end - found[-1].start >= ENOUGH
            if not says_enough or (part.end - part.start < ENOUGH // 4 and not part.is_cut):
                found[-1] = Piece(found[-1].start, part.end, found[-1].is_new)
                continue
        found.append(Piece(part.start, part.end, part.is_new))
    return found


def _parts(text: str, language: str | None) -> list[_Part]:
    found: list[_Part] = []
    start, anew = 0, True
    ends = [(m.end(), "\n" in m.group()) for m in _END.finditer(text)] + [(len(text), True)]
    for end, new_line in ends:
        if not new_line and _ABBREVIATION.search(text[max(start, end - 12) : end]):
            continue
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            is_listed = _LIST_MARK.match(text[left : left + 4]) is not None
            for a, b in _pieces(text, left, right):
                for c, d in _clauses(text, a, b, language):
                    found.append(_Part(c, d, is_new=anew or is_listed or c != left, is_cut=d != b))
            anew = False
        anew = anew or new_line
        start = end
    return found


def _clauses(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    starts = [start, *(start + at for at in clause_starts(text[start:end], language))]
    ends = [*starts[1:], end]
    return [(a, a + len(text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence in pieces of at most AT_MOST, cut at white space where there is any."""
    pieces = []
    while end - start > AT_MOST:
        cut = max(text.rfind(" ", start + AT_MOST // 2, start + AT_MOST), start)
        cut = cut if cut > start else start + AT_MOST
        pieces.append((start, start + len(text[start:cut].rstrip())))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    pieces.append((start, end))
    return [(a, b) for a, b in pieces if a < b]
