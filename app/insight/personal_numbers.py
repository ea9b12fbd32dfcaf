"""Finds telephone numbers, account numbers (IBAN), citizen service numbers (BSN) and number plates.

`text` has plain digits only (see redaction.py). Check digits decide where there are any; else the shape of
the number, and the word before it.
"""

import re
from collections.abc import Iterator
from functools import cache

Span = tuple[int, int]

_IBAN = re.compile(r"[A-Za-z]{2}\d{2}(?=[ .\-]?[A-Za-z0-9])")
_DIGITS = re.compile(r"\d+")
_BETWEEN = r"[ \t\u00a0().\-–/]{0,3}"
_PHONE = re.compile(rf"(?<![\w+])(?:\+[ \t]?|\()?\d(?:{_BETWEEN}\d){{6,16}}")
_FROM_ABROAD = re.compile(rf"(?<![\w+])\(?(?:\+[ \t]?|00)[1-9](?:{_BETWEEN}\d){{7,14}}")
_DUTCH_FROM_ABROAD = re.compile(
    rf"(?<![\w+])\(?(?:\+[ \t]?|00[ \t]?)31{_BETWEEN}(?:\(0\)|0)?(?:{_BETWEEN}\d){{9}}(?!\d)"
)
_AT_HOME = re.compile(
    rf"(?<![\w+])\(?0(?!0)(?!\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)\d\d)(?:{_BETWEEN}\d){{9}}(?:\d{{1,2}}(?!\d))?"
)
_PHONE_CUE = re.compile(
    r"\b(?:tel(?:efoon(?:nummer|nr)?|efonum|efon|éfono|éphone|ephone)?|mobiel|mobile|06-nummer|bel|app|whatsapp|sms|phone"
    r"|call|ring|text|gsm|cep|dzwoni[ćc]|zadzwo[ńn]|numer|телефон|тел|номер|дзвоніть|هاتفي|الهاتف|هاتف|جوال|اتصلوا|handy"
    r"|appelez|ruft)\b[^\d\n+]{0,25}(?=[+\d(])",
    re.IGNORECASE,
)
_LOCAL = re.compile(rf"\(?\+?\d(?:{_BETWEEN}\d){{6,12}}(?!\d)")
_BSN_CUE = re.compile(
    r"\b(?:bsn|burgerservice ?(?:nummer|nr)|sofi ?(?:nummer|nr)|citizen service number)\b[^\d\n]{0,25}", re.IGNORECASE
)
_BSN_AS_TYPED = re.compile(r"\d(?:[ .\-]?\d){7,8}(?!\d)")
_SIDE_CODES = (
    "LLDDDD", "DDDDLL", "DDLLDD", "LLDDLL", "LLLLDD", "DDLLLL", "DDLLLD", "DLLLDD", "LLDDDL", "LDDDLL", "LLLDDL",
    "LDDLLL", "DLLDDD", "DDDLLD",
)  # fmt: skip
"""The shapes of Dutch number plates (RDW, sidecodes 1 to 14): L a letter, D a digit; groups are runs of one kind."""


def _plate(shape: str, letters: str, between: str) -> str:
    """A pattern for one shape. Runs of four are written as two and two."""
    runs = [
        run for long in re.findall("L+|D+", shape) for run in ([long[:2], long[2:]] if len(long) == 4 else [long])
    ]
    return between.join(f"{letters if run[0] == 'L' else '[0-9]'}{{{len(run)}}}" for run in runs)


def _plates(letters: str, between: str) -> str:
    # four digits and two letters in one are a postcode or a weight ("1500kg"), no plate
    shapes = [shape for shape in _SIDE_CODES if between or "DDDD" not in shape]
    return rf"(?<![\w-])(?:{'|'.join(_plate(shape, letters, between) for shape in shapes)})(?![\w-])"


_NO_VOWELS = "[BDFGHJKLNPRSTVXZ]"
_UNITS = r"(?!\d{1,3} ?(?:KM|MM|CM|KG|GB|MB|TB|KW|ML|PK) ?\d)"
_PLATE_DASHED = re.compile(_plates("[a-z]", "-"), re.IGNORECASE)
_PLATE_GLUED = re.compile(_plates(_NO_VOWELS, ""), re.IGNORECASE)
_PLATE_SPACED = re.compile(_UNITS + _plates(_NO_VOWELS, " "))
_PLATE_CUE = re.compile(
    r"\b(?:kenteken(?:plaat|nummer)?|nummer(?:bord|plaat)|(?:number|licen[cs]e) plates?|plates?|reg(?:istration)?"
    r"|plaka\w*|tablica|rejestracj\w+|kennzeichen|immatriculation|plaque|номер(?:ний знак| авто)|لوحة|اللوحة)(?!\w)"
    r"[ \t:]{1,3}(?:(?:is|was|met|nr|no|number|nummer|رقم)\.?[ \t:]{1,3})?",
    re.IGNORECASE,
)
_PLATE_AFTER_CUE = re.compile(
    rf"{_plates('[a-z]', '[ -]?')}|(?:[a-z]{{1,3}}[ -]?){{1,2}}\d{{1,4}}[a-z]{{0,3}}(?!\w)",
    re.IGNORECASE,
)


def find_ibans(text: str) -> Iterator[Span]:
    """Account numbers, also in groups, with the length, structure and check digits of their country (ISO 13616)."""
    from stdnum import iban

    for match in _IBAN.finditer(text):
        length = _iban_length(match.group()[:2].upper())
        if not length:
            continue
        characters = [i for i in range(match.start(), min(len(text), match.start() + 80)) if text[i] not in " .-"]
        if len(characters) < length:
            continue
        last = characters[length - 1]
        if iban.is_valid(text[match.start() : last + 1], check_country=False):
            yield match.start(), last + 1


@cache
def _iban_length(country: str) -> int:
    """How long the account numbers of a country are; 0 when it has none."""
    from stdnum import numdb

    structure = numdb.get("iban").info(country)[0][1].get("bban", "")
    parts = [int(count) for count in re.findall(r"\d+", structure)]
    return 4 + sum(parts) if parts else 0


def find_phones(text: str) -> Iterator[Span]:
    """Numbers that exist by the rules of their country, and all that have the shape of one, in use or not."""
    import phonenumbers

    for pattern in (_DUTCH_FROM_ABROAD, _FROM_ABROAD, _AT_HOME):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _PHONE.finditer(text):
        for number in phonenumbers.PhoneNumberMatcher(match.group(), "NL", max_tries=3):
            yield match.start() + number.start, match.start() + number.end
    for cue in _PHONE_CUE.finditer(text):
        if number_ := _LOCAL.match(text, cue.end()):
            yield number_.span()


def find_bsns(text: str) -> Iterator[Span]:
    """Nine digits (or eight, written as one) with a right check digit, also in groups; any after the word "bsn"."""
    from stdnum.nl import bsn

    groups = [match.span() for match in _DIGITS.finditer(text)]
    for i, (start, _) in enumerate(groups):
        count = 0
        for j in range(i, min(i + 9, len(groups))):
            if j > i and (groups[j][0] - groups[j - 1][1] != 1 or text[groups[j - 1][1]] not in " .-"):
                break
            count += groups[j][1] - groups[j][0]
            if count >= 9 or (count == 8 and j == i):
                digits = "".join(text[a:b] for a, b in groups[i : j + 1])
                if count <= 9 and bsn.is_valid(digits):
                    yield start, groups[j][1]
                if count >= 9:
                    break
    for cue in _BSN_CUE.finditer(text):
        if mistyped := _BSN_AS_TYPED.match(text, cue.end()):
            yield mistyped.span()


def find_plates(text: str) -> Iterator[Span]:
    """Dutch number plates with dashes, without when all letters are those of plates, and any after a word for it."""
    for pattern in (_PLATE_DASHED, _PLATE_GLUED, _PLATE_SPACED):
        yield from (match.span() for match in pattern.finditer(text))
    for cue in _PLATE_CUE.finditer(text):
        if match := _PLATE_AFTER_CUE.match(text, cue.end()):
            yield match.span()
