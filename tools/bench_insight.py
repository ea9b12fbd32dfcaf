"""How fast the analysis is: a table of contributions a second, by step, on real statements of residents.

    make bench        # or: python tools/bench_insight.py [--contributions 896]

The texts are those of tests/data/bowling-green, again and again (with a number added, so that none is the same) when
more are asked for. Nothing is asserted: it depends on the machine and on what else that does.
"""

import argparse
import csv
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import default_encoder, group, learnt_for, redact
from app.insight.feeling import find_feelings, find_kinds
from app.insight.language import find_language
from app.insight.learnt import centred
from app.insight.passages import split
from app.insight.pipeline import read
from app.insight.records import Statement
from app.insight.themes import ThemeFinder, starting_point
from app.insight.urgent import find_urgent

SOURCE = Path(__file__).resolve().parents[1] / "tests" / "data" / "bowling-green" / "comments.csv"
Out = TypeVar("Out")


def texts(count: int) -> list[str]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        said = [row["comment-body"] for row in csv.DictReader(file)]
    return [said[i % len(said)] + (f" {i // len(said)}" if i >= len(said) else "") for i in range(count)]


def timed(name: str, count: int, work: Callable[[], Out]) -> Out:
    began = time.perf_counter()
    out = work()
    seconds = time.perf_counter() - began
    print(f"| {name:<44} | {seconds:8.2f} | {count / seconds:10,.0f} |", flush=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contributions", type=int, default=896)
    count = parser.parse_args().contributions
    said, encoder = texts(count), default_encoder()
    print(f"| {'step':<44} | {'seconds':>8} | {'a second':>10} |\n|{'-' * 46}|{'-' * 10}|{'-' * 12}|")
    timed("load the encoder and what was learnt", 1, lambda: (encoder.encode(["x"]), learnt_for(encoder)))
    timed(
        "load the language models and lists of names", 1, lambda: (find_language("hallo daar"), redact("Jan", "nl"))
    )
    languages = timed("find the language", count, lambda: [find_language(text) for text in said])
    timed("take out personal data", count, lambda: [redact(t, x) for t, x in zip(said, languages, strict=True)])
    timed("cut into passages", count, lambda: [split(t, x) for t, x in zip(said, languages, strict=True)])
    raw = timed("encode", count, lambda: encoder.encode(said))
    vectors, learnt = centred(raw, languages, learnt_for(encoder)), learnt_for(encoder)
    finder = ThemeFinder(learnt, starting_point(encoder, learnt))
    timed(
        "theme, kind, feeling, urgent",
        count,
        lambda: (
            finder.find(vectors, said),
            find_kinds(vectors, learnt.pieces(said), learnt),
            find_feelings(vectors, learnt.pieces(said), learnt),
            find_urgent(said, vectors, learnt.pieces(said), learnt),
        ),
    )
    statements = [Statement(str(i), text) for i, text in enumerate(said)]
    analysis = timed("all of reading together", count, lambda: read(statements, encoder))
    concerns = timed("group into concerns", count, lambda: group(analysis.passages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{len(analysis.passages)} passages, {len(concerns)} concerns; at most {peak:,.0f} MB of memory")


if __name__ == "__main__":
    main()
