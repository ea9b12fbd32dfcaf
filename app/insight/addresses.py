"""Finds Dutch postcodes, and house numbers with their additions ("12-II", "4 hs", "7b"), also in other languages.

A street stays: it tells where something is wrong. `text` has plain digits only (see redaction.py).
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_NUMBER = (
    r"\d{1,5}(?:[ \t]?-[ \t]?\d{1,4}(?!\w)|[ \t]?[\-/]?[ \t]?(?:hs|huis|bis|bov|zw|rd|I{1,3}V?|IV|VI?)(?!\w)"
    r"|[ \t]?[\-/][ \t]?\w{1,3}(?!\w)|[a-z]{1,2}(?!\w)|[ \t][a-hA-H](?!\w))?(?!\w|[.,:]\d)"
)
_NO_MEASURE = (
    r"(?![ \t]{0,2}(?:%|€|-?(?:m|km|cm|mm|m2|meter|meters|metre|metres|euro|euros|uur|u|min|minuten|minutes|hours"
    r"|jaar|jaren|years|dagen|days|weken|weeks|maanden|months|keer|times|x|mensen|people|personen|kinderen|kids|children"
    r"|bomen|trees|banken|bankjes|woningen|homes|auto's|autos|cars|procent|percent|graden|verdiepingen|floors|punten"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)(?!\w)))"
)
_NO_STREETS = (
    r"(?!(?:school|speel|parkeer|sport|voetbal|kerk|markt)pleinen?\b|(?:snel|auto|hoofd|spoor|water|onder|bij|uit)weg\b"
    r"|(?:fiets|voet|wandel|zebra|brand)pad\b|(?:spoor|rij|bus|tram|lig|vlieg|glij|werk|start)baan\b|woonerf\b)"
)
_STREET = (
    r"[^\W\d_]{2,40}(?:straat|str\.|laan|weg|plein|kade|gracht|hof|pad|dreef|singel|steeg|plantsoen|dijk|baan|straatje"
    r"|laantje|haven|oord|erf|wal|burgwal|hoek|hage|tuin|brink|straße|strasse|allee)"
)
_CUE = r"(?:(?:huis)?nummer|huisnr\.?|nr\.?|no\.?|n°|number|numara(?:sı)?|numer|numéro|numero|nummer|numarası|رقم)"
_SAID = rf"[ \t:]{{0,3}}(?<!\w)({_NUMBER}){_NO_MEASURE}"
_HOUSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Kanaalstraat 12", "de kade nr 7b", "Jan Evertsen straat 4"
        rf"\b{_NO_STREETS}{_STREET}(?:[ \t]{{1,2}}|,[ \t]?)(?:{_CUE}[ \t:]{{0,2}})?({_NUMBER}){_NO_MEASURE}",
        rf"\b(?:straat|laan|kade|gracht|singel|weg|plein)[ \t](?:{_CUE})[ \t:]{{0,2}}({_NUMBER}){_NO_MEASURE}",
        rf"\blaan van [^\W\d_]{{3,30}}[ \t](?:{_CUE}[ \t:]{{0,2}})?({_NUMBER}){_NO_MEASURE}",
        # "12 Baker Street", "12, rue Victor Hugo"
        rf"(?<![\w.,:-])({_NUMBER}),?[ \t](?:(?-i:[A-ZÀ-Þ])[^\W\d_]{{1,30}}[ \t]){{1,2}}"
        r"(?:Street|Road|Avenue|Lane|Drive|Close)\b",
        rf"(?<![\w.,:-])({_NUMBER}),?[ \t](?:bis[ \t])?(?:rue|avenue|boulevard|impasse|allée)[ \t]",
        # "ul. Lipowa 12/4", "вул. Шевченка 12", "Lipowa sokağı 12"
        rf"(?<!\w)(?:ul\.|ulica|ulicy|ulicę|os\.|вул\.|вулиця|вулиці|просп\.)[ \t]?"
        rf"(?:[^\W\d_]{{2,30}}\.?[ \t,]{{1,2}}){{1,3}}({_NUMBER})",
        rf"\b(?:sokak|sokağı|caddesi|cad\.|sok\.)[ \t](?:no:?[ \t]?)?({_NUMBER})",
        # "3563 AB nr 12"
        rf"(?<![\w-])[1-9]\d{{3}}[ \t-]{{0,2}}[a-z]{{2}}[ ,]{{1,2}}{_CUE}[ \t:]{{1,2}}({_NUMBER})",
        # "huisnummer 33", "op nummer 27", "at no. 9"
        rf"\b(?:huis[ \-]?(?:nummer|nr\.?)|house (?:number|no\.?)|huisnr|hausnummer|hausnr\.?|kapı no"
        rf"|daire no|nr domu|numer domu|numer mieszkania|номер будинку|будинок|буд\.|квартира|кв\.|رقم البيت"
        rf"|رقم المنزل|رقم الشقة|numéro de maison){_SAID}",
        r"(?<!\w)(?<!staat )(?<!stond )(?<!staan )(?:op|van|bij|naast|tegenover|at|from|opposite|pod|au|auf|in)"
        rf"[ \t](?:nummer|nr\.?|no\.?|number|numerem|numéro){_SAID}",
        rf",[ \t](?:nummer|nr\.?|no\.?|number){_SAID}",
        rf"(?<!\w)({_NUMBER})[ \t](?:numarada|numaralı (?:ev|bina|daire|apartman)\w*)",
    )
)
_ALSO = re.compile(
    rf"(?:,[ \t]?|,?[ \t](?:en|and|of|or|t/m|tot|i|ve|et|und|та)[ \t])({_NUMBER}){_NO_MEASURE}", re.IGNORECASE
)
"""More house numbers of the same street."""
_FLAT = re.compile(rf"\b(?:flat|apartment|apt\.?|unit){_SAID}", re.IGNORECASE)
"""English only: a Dutch "flat 3" is a whole building."""

_MORE = 5

_POSTCODE = re.compile(
    rf"(?<![\w-])([1-9]\d{{3}})([ \t\u00a0]{{0,2}}|-)([A-Za-z]{{2}})(?!\w)(?P<house>[ ,]{{1,2}}{_NUMBER})?"
)
_POSTCODE_CUE = re.compile(
    r"(?:postcode|postal code|posta kodu|kod(?: pocztowy)?|pc|індекс|code postal|plz)[ \t:]{1,3}(?:is )?\Z",
    re.IGNORECASE,
)
_YEAR_CUE = re.compile(
    r"\b(?:in|sinds|since|uit|anno|jaar|van|from|year|of|w|od|з|en|depuis|seit)[ \t]\Z", re.IGNORECASE
)
_NO_LETTERS = {
    "km", "kg", "mm", "cm", "ml", "kw", "mb", "gb", "tb", "pk", "eu", "mg", "dl", "uv", "en", "is", "in", "of", "at",
    "to", "on", "or", "de", "ik", "we", "ze", "er", "nu", "al",
}  # fmt: skip
"""Units and short words: with small letters no part of a postcode."""


def find_postcodes(text: str, language: str | None) -> Iterator[Span]:
    """Postcodes, with the house number that follows."""
    for match in _POSTCODE.finditer(text):
        if _is_postcode(text, match, language):
            yield match.span()


def _is_postcode(text: str, match: re.Match[str], language: str | None) -> bool:
    number, space, letters = match.group(1, 2, 3)
    if _POSTCODE_CUE.search(text, max(0, match.start() - 20), match.start()):
        return True
    if letters.upper() in ("SA", "SD", "SS"):  # never given out
        return False
    # "in 2018 BG grew" is no postcode, and "1000 eu" neither
    if space and number[:2] in ("19", "20"):
        is_year = _YEAR_CUE.search(text, max(0, match.start() - 10), match.start()) is not None
        if is_year or (language != "nl" and not match["house"]):
            return False
    if letters.isupper():
        return True
    if letters.lower() in _NO_LETTERS:
        return False
    return not space or match["house"] is not None


def find_house_numbers(text: str, language: str | None) -> Iterator[Span]:
    """House numbers behind a street or a word that says so; not what is counted or measured."""
    for pattern in (*_HOUSES, _FLAT) if language == "en" else _HOUSES:
        for match in pattern.finditer(text):
            yield match.span(1)
            also = _ALSO.match(text, match.end(1))
            for _ in range(_MORE):
                if also is None:
                    break
                yield also.span(1)
                also = _ALSO.match(text, also.end())
