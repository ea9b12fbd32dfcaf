"""Takes personal data out of a text before anything else reads it.

Every step looks at each place a bounded number of times, so the time grows with the length of the text and no faster.
What is taken out: e-mail addresses, telephone numbers, IBAN and citizen service numbers (BSN) whose check digits are
right, Dutch postcodes, house numbers, number plates, and names (see names.py).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from app.insight.names import find_names
from app.insight.records import Redacted

KINDS_FOUND = ("email", "iban", "phone", "bsn", "postcode", "house_number", "number_plate", "name")
"""What can be found, the surest first: where two overlap, the one that comes first here names it."""

_LABELS: dict[str, tuple[str, ...]] = {
    "nl": ("e-mail", "rekening", "telefoon", "bsn", "postcode", "huisnummer", "kenteken", "naam"),
    "en": ("email", "account", "phone", "citizen number", "postcode", "house number", "number plate", "name"),
    "ar": ("بريد", "حساب", "هاتف", "رقم شخصي", "رمز بريدي", "رقم البيت", "لوحة", "اسم"),
    "tr": ("e-posta", "hesap", "telefon", "kimlik no", "posta kodu", "kapı no", "plaka", "isim"),
    "pl": ("e-mail", "konto", "telefon", "numer osoby", "kod pocztowy", "numer domu", "tablica", "nazwisko"),
    "uk": ("пошта", "рахунок", "телефон", "номер особи", "індекс", "номер будинку", "номерний знак", "імʼя"),
    "fr": ("e-mail", "compte", "téléphone", "numéro personnel", "code postal", "numéro", "plaque", "nom"),
    "de": ("e-mail", "konto", "telefon", "personennummer", "plz", "hausnummer", "kennzeichen", "name"),
}
_NEUTRAL = "nl"

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_AT = re.compile(r"@|＠|[ \t]?[(\[][ \t]?(?:at|apenstaartje)[ \t]?[)\]][ \t]?", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}|\[[\d.:a-f]{3,45}\]", re.IGNORECASE)
_IBAN = re.compile(r"[A-Za-z]{2}\d{2}(?=[ .\-]?[A-Za-z0-9])")
_PHONE = re.compile(r"(?<![\w+])(?:\+|\()?\d(?:[ \t().\-/]{0,3}\d){6,16}")
_DIGITS = re.compile(r"\d+")
_POSTCODE = re.compile(
    r"(?<![\w-])([1-9]\d{3})([ \t]{0,2})([A-Za-z]{2})(?![\w])(?:[ ,]{1,2}(?:nr\.? ?)?\d{1,5}[a-z]?\b)?"
)
_HOUSE = re.compile(
    r"\b[^\W\d_]{2,40}(?:straat|laan|weg|plein|kade|gracht|hof|pad|dreef|singel|steeg|plantsoen|dijk|baan)"
    r"[ \t]{1,2}(\d{1,5}(?:[ \-]?[a-zA-Z]\b|-\d{1,4}\b)?)|\bhuisnummer[ :]{1,2}(\d{1,5}[a-z]?)\b",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[a-z]{2}-\d\d-\d\d|\d\d-\d\d-[a-z]{2}|\d\d-[a-z]{2}-\d\d|[a-z]{2}-\d\d-[a-z]{2}|[a-z]{2}-[a-z]{2}-\d\d"
    r"|\d\d-[a-z]{2}-[a-z]{2}|\d\d-[a-z]{3}-\d|\d-[a-z]{3}-\d\d|[a-z]{2}-\d{3}-[a-z]|[a-z]-\d{3}-[a-z]{2}"
    r"|[a-z]{3}-\d\d-[a-z]|[a-z]-\d\d-[a-z]{3}|\d-[a-z]{2}-\d{3}|\d{3}-[a-z]{2}-\d)(?![\w-])",
    re.IGNORECASE,
)

_TURNS = 4
"""What stands glued to a number shows only when the number is gone: so look again, but not for ever."""
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,20}\]")

Span = tuple[int, int]


def redact(text: str, language: str | None = None) -> Redacted:
    """The text without personal data, and which kinds were in it.

    Each piece is replaced by a word in square brackets in the text's language ("[naam]"). Characters that cannot be
    seen (zero width, text direction) are taken out as well, since they can hide a number from a machine.
    Redacting twice gives the same text.
    """
    left = Redacted(_HIDDEN.sub("", text))
    for _ in range(_TURNS):
        once = _once(left.text, language)
        if not once.found:
            break
        left = Redacted(once.text, left.found + once.found)
    return left


def _once(text: str, language: str | None) -> Redacted:
    plain = _plain_digits(text)
    finders = (
        _emails(plain),
        _ibans(plain),
        _phones(plain),
        _bsns(plain),
        _postcodes(plain, language),
        _house_numbers(plain),
        (match.span() for match in _PLATE.finditer(plain)),
        find_names(text, language),
    )
    found = [(start, end, rank) for rank, spans in enumerate(finders) for start, end in spans]
    labels = _LABELS.get((language or _NEUTRAL)[:2], _LABELS[_NEUTRAL])
    pieces, kinds, last = [], [], 0
    for start, end, rank in _apart(found):
        pieces += [text[last:start], f"[{labels[rank]}]"]
        kinds.append(KINDS_FOUND[rank])
        last = end
    return Redacted("".join([*pieces, text[last:]]), tuple(kinds))


def _apart(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans that do not overlap: those that do become one, named after the surest."""
    apart: list[tuple[int, int, int]] = []
    for start, end, rank in sorted(found):
        if apart and start < apart[-1][1]:
            a, b, other = apart[-1]
            apart[-1] = (a, max(b, end), min(rank, other))
        else:
            apart.append((start, end, rank))
    return apart


def _plain_digits(text: str) -> str:
    """Every digit and letter of other widths and scripts as its plain one, at the same place."""
    if text.isascii():
        return text
    return "".join(_plain(c) for c in text)


@cache
def _plain(character: str) -> str:
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character


def _emails(text: str) -> Iterator[Span]:
    for match in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, match.start() - 64), match.start())
        domain = _DOMAIN.match(text, match.end(), match.end() + 255)
        if local and domain:
            yield local.start(), domain.end()


def _ibans(text: str) -> Iterator[Span]:
    """Account numbers, also in groups, whose check digits are right (ISO 13616: remainder 1 by 97); the longest."""
    for match in _IBAN.finditer(text):
        head, remainder, length, end = 0, 0, 0, None
        for at in range(match.start(), min(len(text), match.start() + 80)):
            character = text[at]
            if character in " .-" and length > 3:
                continue
            if not (character.isascii() and character.isalnum()) or length == 34:
                break
            length += 1
            if length <= 4:
                head = _appended(head, character)
                continue
            remainder = _appended(remainder, character) % 97
            if length > 14 and (remainder * (10**6) + head) % 97 == 1:
                end = at + 1
        if end is not None:
            yield match.start(), end


def _appended(number: int, character: str) -> int:
    value = int(character, 36)
    return number * (100 if value > 9 else 10) + value


def _phones(text: str) -> Iterator[Span]:
    import phonenumbers

    for match in _PHONE.finditer(text):
        for number in phonenumbers.PhoneNumberMatcher(match.group(), "NL", max_tries=3):
            yield match.start() + number.start, match.start() + number.end


def _bsns(text: str) -> Iterator[Span]:
    """Nine digits (or eight, written as one) with a right check digit, also written in groups."""
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


def _postcodes(text: str, language: str | None) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        number, space, letters = match.group(1, 2, 3)
        # "in 2018 BG grew" is no postcode, and "1000 eu" neither
        is_year = space and number[:2] in ("19", "20") and language != "nl"
        is_written_so = letters.isupper() or (not space and letters.islower())
        if is_written_so and not is_year and letters.upper() not in ("SA", "SD", "SS"):
            yield match.span()


def _house_numbers(text: str) -> Iterator[Span]:
    for match in _HOUSE.finditer(text):
        yield match.span(1) if match.group(1) else match.span(2)


def labels_in(part: str, redacted: Redacted) -> tuple[str, ...]:
    """The kinds of personal data that were taken out of one part of a redacted text, in order of place."""
    kinds_by_label = {
        f"[{label}]": kind
        for labels in _LABELS.values()
        for label, kind in zip(labels, KINDS_FOUND, strict=True)
        if kind in redacted.found
    }
    if not kinds_by_label:
        return ()
    return tuple(
        kinds_by_label[match.group()] for match in _PLACEHOLDER.finditer(part) if match.group() in kinds_by_label
    )
