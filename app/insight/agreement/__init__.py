"""Agreement: opinion groups from agree, disagree and pass votes, what they share and what divides them.

    told = opinions([Vote("resident 1", "statement 7", Choice.AGREE), ...])
    if isinstance(told, Opinions):
        told.common_ground(), told.dividing(), told.groups[0].representative

It needs neither Flask nor a database. From the shell: `python -m app.insight.agreement`.
"""

from app.insight.agreement.finding import OpinionGroup, Opinions, TooFew, opinions
from app.insight.agreement.shares import Interval
from app.insight.agreement.statements import Divide, Representative, StatementOpinions, Tally
from app.insight.agreement.votes import Choice, Vote

__all__ = [
    "Choice",
    "Divide",
    "Interval",
    "OpinionGroup",
    "Opinions",
    "Representative",
    "StatementOpinions",
    "Tally",
    "TooFew",
    "Vote",
    "opinions",
]
