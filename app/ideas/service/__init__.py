"""The use cases of ideas. Everything that others need of this slice is a name of this module."""

from app.ideas.service.moderating import hide, show_again
from app.ideas.service.posting import (
    comment_by_submission,
    idea_by_submission,
    is_resend_of,
    post_comment,
    post_idea,
    withdraw_comment,
    withdraw_idea,
)
from app.ideas.service.reading import (
    Board,
    Card,
    Moderation,
    board,
    cards,
    comments_of,
    everything_posted,
    ideas_of,
    kept_comment,
    kept_idea,
    newest_ideas,
    public_comments,
    public_idea,
    similar_ideas,
    supported_by,
)
from app.ideas.service.supporting import stop_supporting, support

__all__ = [
    "Board",
    "Card",
    "Moderation",
    "board",
    "cards",
    "comment_by_submission",
    "comments_of",
    "everything_posted",
    "hide",
    "idea_by_submission",
    "ideas_of",
    "is_resend_of",
    "kept_comment",
    "kept_idea",
    "newest_ideas",
    "post_comment",
    "post_idea",
    "public_comments",
    "public_idea",
    "show_again",
    "similar_ideas",
    "stop_supporting",
    "support",
    "supported_by",
    "withdraw_comment",
    "withdraw_idea",
]
