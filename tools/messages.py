"""Bring the messages of code and templates into every catalogue in `translations/`.

    python tools/messages.py          # update the catalogues; says how many are still to be translated
    python tools/messages.py --check  # change nothing; exit status 1 when a catalogue is not up to date

English is the source: its catalogue holds each message itself, so that it is complete like the others.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).parent.parent
KEYWORDS = ("_l", "_n:1,2", "_ln:1,2", "lazy_gettext", "lazy_ngettext:1,2")


def extract() -> polib.POFile:
    """Every message of the code as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        keywords = [part for word in KEYWORDS for part in ("-k", word)]
        command = ["pybabel", "-q", "extract", "-F", "babel.cfg", "--no-location", "--sort-output", *keywords]
        subprocess.run(
            [Path(sys.executable).parent / command[0], *command[1:], "-o", target, "app"], cwd=ROOT, check=True
        )
        return polib.pofile(str(target))


def update(catalogue: polib.POFile, source: polib.POFile, language: str) -> None:
    """Add what is new, drop what is gone; what is translated stays."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    del catalogue[:]
    for entry in source:
        kept = old.get((entry.msgctxt, entry.msgid))
        if kept is not None and bool(kept.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = kept.msgstr, kept.msgstr_plural
        elif language == "en":
            entry.msgstr = "" if entry.msgid_plural else entry.msgid
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural} if entry.msgid_plural else {}
        else:
            entry.msgstr, entry.msgstr_plural = "", {}
        catalogue.append(entry)


def main() -> int:
    """Update or check every catalogue; 0 when all are complete."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    incomplete = 0
    for path in sorted(ROOT.glob("translations/*/LC_MESSAGES/messages.po")):
        language = path.parent.parent.name
        catalogue = polib.pofile(str(path))
        before = str(catalogue)
        update(catalogue, extract(), language)
        stale = str(catalogue) != before
        if not check:
            catalogue.save(str(path))
        missing = [e.msgid for e in catalogue if not e.translated()]
        incomplete += bool(missing) or (check and stale)
        note = ", not up to date" if check and stale else ""
        print(f"{language}: {len(catalogue)} messages, {len(missing)} to translate{note}")
    return 1 if incomplete else 0


if __name__ == "__main__":
    sys.exit(main())
