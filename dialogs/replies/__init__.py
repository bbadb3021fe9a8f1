"""Replies: what to show, free of any channel."""

from dialogs.replies import ideas, lessons, notices, passages, questions, receipts, results, sums, texts, worded
from dialogs.replies.base import Reply

__all__ = [
    "Reply",
    "ideas",
    "lessons",
    "notices",
    "passages",
    "questions",
    "receipts",
    "results",
    "sums",
    "texts",
    "worded",
]
