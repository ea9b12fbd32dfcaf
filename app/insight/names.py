"""Finds names of people in a text.

In Dutch with the name lists of `deduce` (Menger et al. 2018, "DEDUCE", Telematics and Informatics 35(4); its lists
only: its own matcher wants a gigabyte of memory and minutes to build). In every language by what stands before a
name: a form of address, "my name is", a greeting at the end. Street names are left alone. One pass over the words.
"""

import re
from functools import cache
from importlib import util
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_GAP = re.compile(r"[ \t]*\.?[ \t]+|[ \t]*\n?[ \t]*")
_STREET_ENDS = (
    "straat", "laan", "weg", "plein", "kade", "gracht", "hof", "pad", "dreef", "singel", "steeg", "plantsoen",
    "dijk", "baan", "park", "school", "college", "huis", "kerk", "hal", "brug", "veld", "flat", "toren", "markt",
    "street", "road", "avenue", "drive", "lane", "blvd", "boulevard", "square", "clinic", "playground",
)  # fmt: skip
_AFTER_STREETS = {*_STREET_ENDS, "ave", "rd", "st", "dr", "ln", "pkwy"}


def _set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_ADDRESS = _set(
    "meneer mijnheer heer dhr mevrouw mevr mw mej juf juffrouw meester familie fam buurman buurvrouw tante oom",
    "dokter wijkagent huismeester wethouder mr mrs ms miss mister pan pani pana panu panią panem",
    "пан пані пана паном monsieur madame mme mlle herr frau herrn sayın sayin",
    "السيد السيدة الأستاذ الأستاذة الاستاذ الحاج الحاجة",
)
_ADDRESS_AFTER = _set("bey hanım hanim abi abla amca teyze hoca")
_MY_NAME_IS = re.compile(
    r"(?:mijn naam is|ik heet|my name is|my name's|je m['’]appelle|ich heiße|ich heisse|mein name ist"
    r"|nazywam się|nazywam sie|mam na imię|mam na imie|мене звати|benim adım|benim adim|adım|ismim|اسمي|إسمي)"
    r"[ \t]+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groetjes|groeten|groet|mvg|gr|kind regards|regards"
    r"|pozdrawiam|saygılarımla|cordialement|mit freundlichen grüßen)[ \t]*[,.]?[ \t]*\n?[ \t]*",
    re.IGNORECASE,
)
_I_AM = re.compile(r"(?:ik ben|hier is|dit is)[ \t]+", re.IGNORECASE)
_WHERE = _set("uit op in bij aan")
_NOT_ALONE = _set(
    "bel roos lente zomer berg beer bloem hoop sky wil storm sterre merel vlinder hal ton mark rob pet bos",
    "april mei juni juli augustus maart zondag maandag florida china paris roma india jordan israel",
    "amsterdam utrecht rotterdam holland nederland turkije marokko god allah jezus maria sinterklaas",
)
"""First names that are more often something else: not taken alone."""


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """First names, surnames, interfixes ("van der") word by word, and Dutch words that are no names."""
    spec = util.find_spec("deduce")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package deduce, which carries the lists of names, is not installed")
    source = Path(spec.origin).with_name("data") / "lookup" / "src"

    def read(place: str) -> set[str]:
        return {w.strip() for w in (source / place).read_text(encoding="utf-8").splitlines() if w.strip()}

    common = {w.lower() for w in read("whitelist/lst_common_word/items.txt")}
    common |= {w.lower() for w in read("whitelist/lst_stop_word/items.txt")}
    interfixes = {part.lower() for item in read("names/lst_interfix/items.txt") for part in item.split()}
    first = {w for w in read("names/lst_first_name/items.txt") if len(w) > 2 and w.lower() not in common}
    first -= read("names/lst_first_name/exceptions.txt")
    last = {w for w in read("names/lst_surname/items.txt") if len(w) > 2 and w.lower() not in common}
    return frozenset(first), frozenset(last), frozenset(interfixes), frozenset(common)


def find_names(text: str, language: str | None) -> list[tuple[int, int]]:
    """Where names stand: (start, end), in order, not overlapping. Lists are used for Dutch and unknown language."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    at = {start: i for i, (start, _) in enumerate(words)}
    found: dict[int, int] = {}

    def add(i: int, needs_capital: bool = True, is_addressed: bool = False) -> None:
        end = _name_end(text, words, i, needs_capital, is_addressed)
        if end is not None:
            found[words[i][0]] = max(end, found.get(words[i][0], 0))

    for pattern in (_MY_NAME_IS, _GREETING):
        for match in pattern.finditer(text):
            before = text[match.start() - 1 : match.start()]
            if match.end() in at and not before.isalnum():
                add(at[match.end()], needs_capital=pattern is _GREETING)
    for i, (start, end) in enumerate(words):
        word = text[start:end].lower()
        if word in _ADDRESS and i + 1 < len(words) and _is_next(text, end, words[i + 1][0]):
            add(i + 1, is_addressed=True)
        elif (
            word in _ADDRESS_AFTER
            and i
            and text[words[i - 1][0]].isupper()
            and _is_next(text, words[i - 1][1], start)
        ):
            add(i - 1)
    if language in ("nl", None):
        _add_listed(text, words, found)
    return _joined(found)


def _is_next(text: str, end: int, start: int) -> bool:
    gap = _GAP.match(text, end)
    return gap is not None and gap.end() == start


def _is_capital(word: str) -> bool:
    return word[0].isupper() or "\u0600" <= word[0] <= "\u06ff"


def _name_end(
    text: str, words: list[tuple[int, int]], i: int, needs_capital: bool = True, is_addressed: bool = False
) -> int | None:
    """Where the name that starts at word i ends: a word, interfixes and up to two more words with a capital.

    None when it is the name of a street ("Jan van Galenstraat"); but of "Jansen uit de Spoorstraat", and after a form
    of address, only the end is a street.
    """
    _, _, interfixes, common = _lists()
    first = text[words[i][0] : words[i][1]]
    is_arabic = "\u0600" <= first[0] <= "\u06ff"
    leads = first.lower() in interfixes and i + 1 < len(words) and text[words[i + 1][0]].isupper()
    if not leads and ((needs_capital and not _is_capital(first)) or (first.lower() in common and not needs_capital)):
        return None
    end, more, j = words[i][1], 2, i + 1
    before: int | None = None  # where the name ended before what was added last, and the word that added it
    joint = ""
    if is_arabic:  # no capitals to go by: one word
        more = 0
    pending = j
    while pending < len(words) and more and pending - j < 4:
        word = text[words[pending][0] : words[pending][1]]
        gap = text[words[pending - 1][1] : words[pending][0]]
        if gap.strip(" \t") not in ("", ".") or (
            gap.startswith(".") and words[pending - 1][1] - words[pending - 1][0] > 2
        ):
            break
        is_name = pending > j or word.lower() not in common
        if word[0].isupper() and is_name and word.lower() not in _ADDRESS_AFTER:
            before = None if leads and j == i + 1 else end
            joint = text[words[j][0] : words[j][1]].lower()
            end, more, j = words[pending][1], more - 1, pending + 1
        elif word.lower() not in interfixes:
            break
        pending += 1
    after = _WORD.search(text, end)
    is_street = text[words[i][0] : end].lower().endswith(_STREET_ENDS) or (
        after is not None and _is_next(text, end, after.start()) and after.group().lower() in _AFTER_STREETS
    )
    if is_street:
        return before if is_addressed or joint in _WHERE else None
    return end


def _add_listed(text: str, words: list[tuple[int, int]], found: dict[int, int]) -> None:
    """Names by the lists: a first name and what follows it, or a first name alone where no other word is meant."""
    first, last, interfixes, _ = _lists()
    said_before = {m.end() for m in _I_AM.finditer(text)}
    for i, (start, end) in enumerate(words):
        word = text[start:end]
        if not word[0].isupper() or word not in first or start in found:
            continue
        name_end = _name_end(text, words, i)
        if name_end is None:
            continue
        tail = _WORD.findall(text, end, name_end)
        is_full = bool(tail) and (
            tail[-1] in last or tail[0].lower() in interfixes or tail[-1] in first or len(tail) == 1
        )
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1:] in '.!?…\n"“'
        if word.lower() in _NOT_ALONE and not (is_full and tail and tail[-1] in last) and start not in said_before:
            continue
        if is_full or start in said_before or not opens or not _is_word(word):
            found[start] = name_end


@cache
def _is_word(word: str) -> bool:
    """Whether it is also an ordinary Dutch word, as at the start of a sentence it may be."""
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang="nl"))


def _joined(found: dict[int, int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found.items()):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
