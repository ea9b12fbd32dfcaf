"""Takes personal data out of a text before anything else reads it.

Every step looks at each place a bounded number of times, so the time grows with the length of the text and no faster.
What is taken out: e-mail addresses (emails.py), telephone numbers, IBAN and citizen service numbers with the right
check digits, number plates (personal_numbers.py), Dutch postcodes, house numbers (addresses.py), names (names.py).
"""

import re
import unicodedata
from functools import cache

from app.insight.addresses import find_house_numbers, find_postcodes
from app.insight.emails import find_emails
from app.insight.names import find_names
from app.insight.personal_numbers import find_bsns, find_ibans, find_phones, find_plates
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
_TURNS = 4
"""What stands glued to a number shows only when the number is gone: so look again, but not for ever."""
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,20}\]")


def redact(text: str, language: str | None = None) -> Redacted:
    """The text without personal data, and which kinds were in it.

    Each piece is replaced by a word in square brackets in the text's language ("[naam]"). Characters that cannot be
    seen (zero width, text direction) are taken out as well, since they can hide a number from a machine.
    Redacting twice gives the same text.
    """
    left = Redacted(_HIDDEN.sub("", text))
    code = language[:2].lower() if language else None
    for _ in range(_TURNS):
        once = _once(left.text, code)
        if not once.found:
            break
        left = Redacted(once.text, left.found + once.found)
    return left


def _once(text: str, language: str | None) -> Redacted:
    plain = _plain_digits(text)
    finders = (
        find_emails(plain),
        find_ibans(plain),
        find_phones(plain),
        find_bsns(plain),
        find_postcodes(plain, language),
        find_house_numbers(plain, language),
        find_plates(plain),
        find_names(text, language),
    )
    found = [(start, end, rank) for rank, spans in enumerate(finders) for start, end in spans]
    labels = _LABELS.get(language or _NEUTRAL, _LABELS[_NEUTRAL])
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
