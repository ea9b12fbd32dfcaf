"""What a writer is given: facts, numbered from 1. It may use these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` is the sentence of a count, or what stands before `quote`, someone's words. Both in redacted form.

    `must` is true for what may not be left out: how many people there are, and whoever disagrees.
    """

    text: str
    quote: str | None = None
    must: bool = False
