"""How fast "is this said already?" answers, and whether it finds the same text typed otherwise: a small table.

    make bench            # or: python tools/bench_similar.py [--contributions 100000]

An installation of its own in a temporary folder (SQLite unless DATABASE_URL is set; then an empty database) gets one
neighbourhood with so many contributions: the real statements of Bowling Green, and copies whose vectors are shifted
at random so that none is the same. The questions are statements with typing errors and other white space. Each is
timed from text to contributions, encoder and database included. Nothing is asserted: it depends on the machine.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app import create_app
from app.common.clock import now
from app.config import Settings
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import Statement, default_encoder, read, service
from app.insight.learnt import unit
from app.insight.models import Passage
from app.insight.service.said import said
from app.insight.service.vectors import stored
from app.places.models import Municipality, Neighbourhood
from tools.bench_insight import texts

QUESTIONS = 200
SHIFT = 0.6
"""The length of what is added to the vector (of length 1) of a copy."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contributions", type=int, default=100_000)
    count = parser.parse_args().contributions
    with tempfile.TemporaryDirectory() as folder:
        keys = {"secret_key": "s" * 40, "code_key": "c" * 40}
        app = create_app(Settings(data_dir=Path(folder), database_url=os.environ.get("DATABASE_URL", ""), **keys))
        with app.app_context():
            db.create_all()
            place, real = _fill(count)
            _ask(place, real)
            db.session.remove()
            db.drop_all()


def _fill(count: int) -> tuple[UUID, list[tuple[UUID, str]]]:
    """The neighbourhood, and the contributions with real words."""
    town = Municipality(code="GM0000", name="Town", time_zone="Europe/Amsterdam")
    place = Neighbourhood(code="WK000000", name="Quarter", municipality=town)
    db.session.add(place)
    db.session.commit()
    passages = read([Statement(str(i), text, "en") for i, text in enumerate(texts(896))], default_encoder()).passages
    real: list[tuple[UUID, str]] = []
    chance = np.random.default_rng(0)
    long_ago = now() - timedelta(days=1)
    for at in range(0, count, 5_000):
        contributions, rows = [], []
        for i in range(at, min(at + 5_000, count)):
            said_here, is_real = passages[i % len(passages)], i < len(passages)
            key = uuid4()
            same = {"neighbourhood_id": place.id, "source": Source.IDEA, "source_key": f"bench:{i}"}
            contributions.append({"id": key, "created_at": long_ago, "analysed_at": long_ago, **same})
            vector = said_here.vector
            if is_real:
                real.append((key, said_here.text))
            else:
                shift = chance.normal(size=len(vector)).astype(np.float32)
                vector = unit(vector + SHIFT * shift / np.linalg.norm(shift))
            rows.append(
                {
                    "id": uuid4(),
                    "contribution_id": key,
                    "start": 0,
                    "end": len(said_here.text),
                    "text": said_here.text,
                    "urgent": False,
                    "pinned": False,
                    "vector": stored(vector),
                    "encoder": default_encoder().name,
                    "created_at": long_ago,
                }
            )
        db.session.execute(insert(Contribution), contributions)
        db.session.execute(insert(Passage), rows)
        db.session.commit()
    return place.id, real


def _ask(place: UUID, real: list[tuple[UUID, str]]) -> None:
    before = _memory()
    print("| is this said already? | |\n|---|---|")
    firsts = []
    while not firsts or said().is_loading:
        began = time.perf_counter()
        service.similar(place, real[0][1])
        firsts.append(time.perf_counter() - began)
        db.session.rollback()
    print(f"| contributions in the neighbourhood | {len(said()):,} |")
    print(
        f"| the first questions after a start, until all is in memory | {', '.join(f'{s:.1f}' for s in firsts)} s |"
    )
    chance = random.Random(1)  # noqa: S311 - a benchmark
    asked = chance.sample(real, min(QUESTIONS, len(real)))
    seconds, encoding, found, first = [], [], 0, 0
    for key, text in asked:
        typed = _typed_otherwise(text, chance)
        began = time.perf_counter()
        answer = [contribution_id for contribution_id, _ in service.similar(place, typed)]
        seconds.append(time.perf_counter() - began)
        db.session.rollback()
        began = time.perf_counter()
        default_encoder().encode([typed])
        encoding.append(time.perf_counter() - began)
        found += key in answer
        first += answer[:1] == [key]
    for name, of in (("one question, from text to answer", seconds), ("the encoder alone", encoding)):
        p50, p95 = np.percentile(of, [50, 95]) * 1000
        print(f"| {name}: median / 95 % | {p50:.0f} / {p95:.0f} ms |")
    print(f"| the same text typed otherwise: first / among the answers, of {len(asked)} | {first} / {found} |")
    print(f"| memory for it | {_memory() - before:,.0f} MB |")


def _typed_otherwise(text: str, chance: random.Random) -> str:
    """One letter in 25 is dropped, doubled or swapped with the next; spaces are doubled or capitals lost."""
    letters = list(text)
    for i in chance.sample(range(len(letters)), len(letters) // 25):
        match chance.choice(("drop", "double", "swap")):
            case "drop":
                letters[i] = ""
            case "double":
                letters[i] *= 2
            case _ if i + 1 < len(letters):
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
    typed = "".join(letters)
    return typed.lower() if chance.random() < 0.5 else typed.replace(" ", "  ").rstrip(".")


def _memory() -> float:
    """The most that this process held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
