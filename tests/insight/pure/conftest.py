"""What the tests of the pure core share: the real encoder, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from app.insight import Analysis, Encoder, Statement, analyse, default_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return default_encoder()


@pytest.fixture(scope="session")
def analysed(encoder: Encoder) -> Callable[[Sequence[str]], Analysis]:
    """Analyse texts without hints; their ids are "0", "1", …"""

    def analysed(texts: Sequence[str]) -> Analysis:
        return analyse([Statement(str(i), text) for i, text in enumerate(texts)], encoder)

    return analysed
