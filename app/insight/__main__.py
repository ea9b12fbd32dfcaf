"""Analyse a CSV of residents' texts from the shell, without the web application and without a database.

    python -m app.insight IN.csv --text-column text [--language-column lang] --out OUT.csv [--concerns CONCERNS.json]

OUT.csv has a row for each passage: every column of IN.csv as it was, and `passage` (without personal data),
`language`, `theme`, `kind`, `feeling`, `concern` (an id; empty for a single voice), `urgent` (yes or empty) and
`redacted` (the kinds of personal data that were taken out of the passage). What could not be determined reads "not
determined". A text without anything to read keeps its row, with nothing added. The columns of IN.csv still hold what
people wrote, so also their personal data, and what a spreadsheet may take for a formula.

Exit status: 0 done, 2 wrong input (one line on standard error says what).
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.contributions.statements import Shape
from app.insight import Analysis, Concern, Passage, Statement, analyse, default_encoder, table
from app.insight.pipeline import TEXT_AT_MOST

ADDED = ("passage", "language", "theme", "kind", "feeling", "concern", "urgent", "redacted")
NOT_DETERMINED = "not determined"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m app.insight", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("input", metavar="IN.csv", type=Path)
    parser.add_argument("--text-column", required=True, metavar="NAME", help="the column with the texts")
    parser.add_argument("--language-column", metavar="NAME", help="a column with language codes, used as a hint")
    parser.add_argument("--out", required=True, type=Path, metavar="OUT.csv", help="one row for each passage")
    parser.add_argument("--concerns", type=Path, metavar="CONCERNS.json", help="the concerns, the largest first")
    options = parser.parse_args(arguments)
    try:
        analysis = _run(options)
    except table.WrongInput as problem:
        print(f"python -m app.insight: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    alone = sum(passage.concern_id is None for passage in analysis.passages)
    print(  # noqa: T201
        f"{len(analysis.redacted)} texts, {len(analysis.passages)} passages, {len(analysis.concerns)} concerns; "
        f"{alone} passages are single voices"
    )
    return 0


def _run(options: argparse.Namespace) -> Analysis:
    shape = table.look(options.input, options.text_column)
    language = None
    if options.language_column is not None:
        language = table.place_of(options.language_column, options.input, shape)
    with table.replacing(options.out) as place:
        analysis = analyse(_statements(options.input, shape, language), default_encoder())
        table.write(place, shape, ADDED, _rows(options.input, shape, analysis))
    if options.concerns is not None:
        with table.replacing(options.concerns) as place:
            told = [_told(concern, analysis) for concern in analysis.concerns]
            place.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return analysis


def _statements(path: Path, shape: Shape, language: int | None) -> Iterator[Statement]:
    for line in table.rows(path, shape):
        text = line.cells[shape.column]
        if len(text) > TEXT_AT_MOST:
            what = f"only the first {TEXT_AT_MOST:,} of {len(text):,} characters are analysed"
            print(f"{path}, line {line.number}: {what}", file=sys.stderr)  # noqa: T201
        hint = line.cells[language].strip() if language is not None else ""
        yield Statement(str(line.number), text, hint or None)


def _rows(path: Path, shape: Shape, analysis: Analysis) -> Iterator[Sequence[str]]:
    passages: dict[str, list[Passage]] = {}
    for passage in analysis.passages:
        passages.setdefault(passage.statement_id, []).append(passage)
    for line in table.rows(path, shape):
        found = passages.get(str(line.number))
        if found is None:
            yield [*line.cells, *[""] * len(ADDED)]
        for passage in found or ():
            yield [
                *line.cells,
                passage.text,
                passage.language or NOT_DETERMINED,
                passage.theme or NOT_DETERMINED,
                passage.kind or NOT_DETERMINED,
                passage.feeling or NOT_DETERMINED,
                passage.concern_id or "",
                "yes" if passage.urgent else "",
                " ".join(passage.redacted),
            ]


def _told(concern: Concern, analysis: Analysis) -> dict[str, Any]:
    own = [analysis.passages[i] for i in concern.passages]
    return {
        "id": concern.id,
        "title": concern.title,
        "titles": dict(concern.titles),
        "theme": concern.theme,
        "catalogue": concern.catalogue_id,
        "passages": len(own),
        "statements": len({passage.statement_id for passage in own}),
        "languages": dict(concern.languages),
        "feelings": dict(concern.feelings),
        "quotes": [
            {"text": analysis.passages[i].text, "language": analysis.passages[i].language} for i in concern.quotes
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
