"""A page is light: it opens on an old phone with a poor connection."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.places.models import Neighbourhood


def weight(page: bytes) -> int:
    """Bytes of a page with its style sheets and scripts, each compressed as a proxy sends it."""
    files = re.findall(rb'(?:href|src)="(/static/[^"?]+\.(?:css|js))', page)
    parts = [page, *(Path(ROOT, "app", file.decode().lstrip("/")).read_bytes() for file in files)]
    return sum(len(gzip.compress(part)) for part in parts)


def test_each_first_view_is_under_sixty_kilobytes(client: Any, neighbourhood: Neighbourhood) -> None:
    here = f"/ar/neighbourhoods/{neighbourhood.code}"
    for path in (
        "/ar/",
        here,
        f"{here}/ideas/new",
        f"{here}/concerns",
        f"{here}/polls",
        "/ar/receipt",
        "/ar/privacy",
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert weight(response.data) < 60_000, path
