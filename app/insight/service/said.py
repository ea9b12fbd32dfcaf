"""What was said in a neighbourhood, kept in the memory of a web process to be asked "is this said already?".

It is only a guess of where to look: whoever shows what is found asks the database whether it still may be shown. So
several processes need not know of each other, and nothing that was taken back is shown. What was taken back leaves
the memory when it is found, and otherwise at the first question after `WHOLE_AGAIN`.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement

from app.common.clock import now
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import Encoder, learnt_for
from app.insight.kept_vectors import KeptVectors
from app.insight.learnt import unit
from app.insight.models import Passage
from app.insight.records import Vectors
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded

MOST_KEPT = 500_000
"""So many passages one process keeps (about 150 MB): the newest; neighbourhoods not asked for longest go first."""
LOAD_FOR = 2.0
"""A question waits so many seconds at most for what is not in memory yet; the next question loads on."""
CHUNK = 2_000
OVERLAP = timedelta(minutes=2)
"""What was analysed so long before the last look may have been stored after it."""
WHOLE_AGAIN = timedelta(hours=1)
"""After this it is compared with the whole of the database."""
_GROUPS = {source: number for number, source in enumerate(Source)}


@dataclass
class _Place:
    """One neighbourhood's passages. `waiting` are not in memory yet, the newest first."""

    kept: KeptVectors
    whole_at: datetime | None = None
    looked_at: datetime | None = None
    waiting: list[UUID] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


class Said:
    """The memory of one process."""

    def __init__(self) -> None:
        self._places: OrderedDict[tuple[UUID, str], _Place] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return sum(len(place.kept) for place in self._places.values())

    @property
    def is_loading(self) -> bool:
        """Whether something that was said is not in memory yet."""
        return any(place.waiting for place in self._places.values())

    def nearest(
        self,
        neighbourhood_id: UUID,
        encoder: Encoder,
        vectors: Vectors,
        at_least: float,
        sources: Collection[Source] | None = None,
    ) -> list[tuple[UUID, float]]:
        """Passages that say about the same as one of `vectors` (m, d), as far as is known here: (id, likeness).

        The likest first. Some may be gone.
        """
        sameness = learnt_for(encoder).sameness
        groups = None if sources is None else [_GROUPS[source] for source in sources]
        place = self._place(neighbourhood_id, encoder, sameness.shape[1])
        with place.lock:
            _refresh(place, neighbourhood_id, encoder, sameness)
            found = place.kept.nearest(unit(vectors @ sameness), at_least, groups)
        self._let_go(place)
        return [(UUID(bytes=key), likeness) for key, likeness in found]

    def drop(self, neighbourhood_id: UUID, encoder: Encoder, passages: Collection[UUID]) -> None:
        """These turned out to be gone."""
        place = self._places.get((neighbourhood_id, encoder.name))
        if place is not None:
            with place.lock:
                place.kept.drop({key.bytes for key in passages})

    def _place(self, neighbourhood_id: UUID, encoder: Encoder, dimensions: int) -> _Place:
        key = (neighbourhood_id, encoder.name)
        with self._lock:
            place = self._places.setdefault(key, _Place(KeptVectors(dimensions)))
            self._places.move_to_end(key)
        return place

    def _let_go(self, of_now: _Place) -> None:
        with self._lock:
            while len(self) > MOST_KEPT and next(iter(self._places.values())) is not of_now:
                self._places.popitem(last=False)


def said() -> Said:
    """The memory of this process."""
    memory: Said = current_app.extensions.setdefault("insight_said", Said())
    return memory


def _refresh(place: _Place, neighbourhood_id: UUID, encoder: Encoder, sameness: Vectors) -> None:
    moment = now()
    if place.whole_at is None or place.looked_at is None or not moment - place.whole_at < WHOLE_AGAIN:
        ids = _ids(neighbourhood_id, encoder.name)
        place.kept.keep_only({key.bytes for key in ids})
        place.waiting, place.whole_at = [], moment
    else:
        ids = _ids(neighbourhood_id, encoder.name, Contribution.analysed_at >= place.looked_at - OVERLAP)
    on_the_way = set(place.waiting)
    place.waiting = [i for i in ids if i.bytes not in place.kept and i not in on_the_way] + place.waiting
    place.looked_at = moment
    began = time.monotonic()
    while place.waiting:
        _load(place, place.waiting[:CHUNK], encoder.name, sameness)
        del place.waiting[:CHUNK]
        if time.monotonic() - began > LOAD_FOR:
            break


def _ids(neighbourhood_id: UUID, encoder_name: str, *more: ColumnElement[bool]) -> list[UUID]:
    """Of all of them the newest first. The encoder is compared here, else SQLite goes by its index: everything."""
    asked = spoken(Passage.id, Passage.encoder).where(Contribution.neighbourhood_id == neighbourhood_id, *more)
    if not more:
        asked = asked.order_by(Contribution.created_at.desc()).limit(MOST_KEPT)
    return [passage_id for passage_id, name in db.session.execute(asked) if name == encoder_name]


def _load(place: _Place, ids: Sequence[UUID], encoder_name: str, sameness: Vectors) -> None:
    asked = spoken(Passage.id, Passage.vector, Passage.encoder, Contribution.source).where(Passage.id.in_(ids))
    rows = [row for row in db.session.execute(asked) if row.encoder == encoder_name]
    if rows:
        vectors = unit(loaded(row.vector for row in rows) @ sameness)
        place.kept.add([row.id.bytes for row in rows], vectors, [_GROUPS[row.source] for row in rows])
