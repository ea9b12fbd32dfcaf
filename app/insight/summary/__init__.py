"""Summaries of concerns: every sentence is someone's words, or a count with the people it counts.

summary = summarise(members, "nl")
assert not verify(summary, members, statements)
"""

from app.insight.summary.claims import Count, Quote, Role
from app.insight.summary.members import Member
from app.insight.summary.summary import Summary, summarise
from app.insight.summary.verify import Fault, verify

__all__ = ["Count", "Fault", "Member", "Quote", "Role", "Summary", "summarise", "verify"]
