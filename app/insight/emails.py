"""Finds e-mail addresses, also as people spell them ("jan punt smit at gmail punt com").

A written-out "at" is an ordinary word in English, so there it counts only with a written-out dot and the end of a
domain behind it ("dot com"), before a mail service ("at gmail.com"), or after what can be no word ("jan77").
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_AT = re.compile(
    r"[ \t]{0,2}[@＠][ \t]{0,2}"
    r"|[ \t]?[(\[{<][ \t]?(?:at|a|apenstaartje|apestaartje|apenstaart|@|małpa|arobase|собака)[ \t]?[)\]}>][ \t]?"
    r"|[ \t](?:at|apenstaartje|apestaartje|apenstaart|małpa|malpa|arobase|klammeraffe|собака)[ \t]",
    re.IGNORECASE,
)
_DOT = (
    r"(?:\.|[ \t]?[(\[{][ \t]?(?:punt|dot|\.)[ \t]?[)\]}][ \t]?"
    r"|[ \t](?:punt|dot|kropka|nokta|point|punkt|крапка)[ \t])"
)
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}|\[[\d.:a-f]{3,45}\]", re.IGNORECASE)
_SPELT_LOCAL = re.compile(
    rf"(?<![\w.+-])[\w+-]{{1,30}}(?:(?:{_DOT}|[ \t](?:underscore|streepje|min)[ \t])[\w+-]{{1,30}}){{0,3}}[ \t]?\Z",
    re.IGNORECASE,
)
_ENDS = (
    r"(?:com|net|org|nl|be|de|fr|pl|eu|uk|ua|tr|es|it|info|me|io|ma|email|online|nu|co\.uk|com\.tr"
    r"|co(?:[ \t]dot[ \t])uk)"
)
_SPELT_DOMAIN = re.compile(rf"[\w-]{{2,40}}(?:{_DOT}[\w-]{{2,40}}){{0,2}}{_DOT}{_ENDS}(?!\w)", re.IGNORECASE)
_SERVICE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|proton|protonmail|tutanota|gmx|web|aol|ziggo|kpnmail"
    r"|kpnplanet|planet|xs4all|hetnet|home|upcmail|casema|chello|quicknet|tele2|telfort|solcon|freedom|caiway|wp|onet"
    r"|interia|o2|ukr|orange|laposte|mynet|t-online|mail)(?!\w)",
    re.IGNORECASE,
)
_DONE_SOMEWHERE = {
    "work", "works", "worked", "look", "am", "are", "is", "was", "be", "me", "us", "here", "account", "email", "mail",
    "it", "order", "shop", "job",
}  # fmt: skip
"""Nobody's mail name: "I work at kpn.nl"."""


def find_emails(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand, with what is spelled out in them."""
    for at in _AT.finditer(text):
        yield from _around(text, at)


def _around(text: str, at: re.Match[str]) -> Iterator[Span]:
    is_sign = at.group() in ("@", "＠") or "@" in at.group().strip(" \t") and not at.group()[0].isspace()
    domain = _DOMAIN.match(text, at.end(), at.end() + 255)
    local = _LOCAL.search(text, max(0, at.start() - 64), at.start())
    if is_sign and local and domain:
        yield local.start(), domain.end()
        return
    spelt = _SPELT_DOMAIN.match(text, at.end(), at.end() + 160)
    before = _SPELT_LOCAL.search(text, max(0, at.start() - 80), at.start())
    if before is None:
        return
    in_brackets = at.group().strip()[:1] in "([{<@＠"
    if spelt and (in_brackets or _is_address(text, before, at, spelt)):
        yield before.start(), max(spelt.end(), domain.end() if domain else 0)
    elif in_brackets and domain:
        yield before.start(), domain.end()


def _is_address(text: str, local: re.Match[str], at: re.Match[str], domain: re.Match[str]) -> bool:
    """Whether "word at word" is an address: see the top of this file."""
    if at.group().strip().lower() != "at":
        return True
    if _SERVICE.match(text, at.end()):
        return local.group().strip().lower() not in _DONE_SOMEWHERE
    if any(c.isdigit() or c in "_.+" for c in local.group()) or " " in local.group().strip():
        return True
    return re.search(r"[ \t(\[](?:punt|dot)[ \t)\]]", domain.group(), re.IGNORECASE) is not None
