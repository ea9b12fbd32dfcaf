"""How good the analysis is, beside honest baselines, on texts that it never learnt from: one set of tables.

    make bench-insight        # or: python tools/bench_quality.py [--only 30]

Nothing is asserted. The sets are described in tests/data/insight/README.md; a field set that is not there is passed
over. BERTopic's recipe needs the packages of tools/requirements-bench.txt in .venv-bench, else it is left out.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import catalogue, default_encoder, learnt_for
from app.insight.learnt import centred
from tools.quality import baselines, concerns, judgements, sameness, texts
from tools.quality.methods import Job, Material, grouped
from tools.quality.reading import Remembering
from tools.quality.texts import Judged, Said

One = TypeVar("One")


def main() -> None:
    """Read, group, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", type=int, metavar="N", help="a quick look, with N texts of each set")
    most = parser.parse_args().only

    def some(rows: Sequence[One], times: int = 1) -> list[One]:
        return list(rows) if most is None else random.Random(0).sample(rows, min(most * times, len(rows)))

    began = time.perf_counter()
    encoder = Remembering(default_encoder())
    examples = some(catalogue.examples(), times=10)
    feelings, urgent, bowling_green = some(texts.feelings()), some(texts.urgent()), some(texts.bowling_green())
    fields = {f"Field {number}": some(texts.field(number)) for number in (1, 2)}
    sets = {name: Material(said, encoder) for name, said in fields.items() if said}
    sets["Bowling Green"] = Material(bowling_green, encoder)
    print(f"Encoder {encoder.name}; {len(examples):,} passages in the catalogue")
    if not baselines.has_recipe():
        print("BERTopic's recipe is left out: the packages of tools/requirements-bench.txt are not in .venv-bench")

    company = [*bowling_green, *(as_company(one) for one in (*feelings, *urgent))]
    jobs: dict[str, dict[str, Job]] = {}
    for name, material in sets.items():
        crowd = Material([*material.said, *company], encoder) if name in fields else None
        jobs[name] = concerns.jobs_of(name, material, crowd)
    vectors = centred(encoder.encode([e.text for e in examples]), [e.language for e in examples], learnt_for(encoder))
    recognizer = baselines.Recognizer(vectors, [e.type_id for e in examples])
    found = grouped({name: job for of in jobs.values() for name, job in of.items()}, recognizer)
    for name, of in jobs.items():
        concerns.show(name, of, found)

    sameness.show(sets, learnt_for(encoder))
    field = [one for said in fields.values() for one in said]
    judgements.show_theme(field, encoder)
    judgements.show_feeling(feelings, encoder)
    judgements.show_kind(feelings, encoder)
    judgements.show_urgent(urgent, encoder)
    said = [(one.language, one.text) for one in field if not one.is_noise]
    judgements.show_language([*said, *((one.language, one.text) for one in (*feelings, *urgent))])
    print(f"\n{time.perf_counter() - began:.0f} seconds")


def as_company(judged: Judged) -> Said:
    """A text of another set, of which nobody said what concern it is about."""
    return Said("company", judged.language, judged.text, None)


if __name__ == "__main__":
    main()
