"""Replies: what to show, free of any channel."""

from dialogs.replies import ideas, lessons, model_answers, notices, passages, questions, receipts, results, sums, texts
from dialogs.replies.base import Reply

__all__ = [
    "Reply",
    "ideas",
    "lessons",
    "model_answers",
    "notices",
    "passages",
    "questions",
    "receipts",
    "results",
    "sums",
    "texts",
]
