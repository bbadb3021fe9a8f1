"""Explanations that the message before got word for word: what was left out there follows instead."""

from dataclasses import replace

from dialogs.commands.command import What
from dialogs.conversation import hashed
from dialogs.executor.targets import Context
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import QuestionMeaning, WhyAsked
from dialogs.replies.receipts import AnswersRead, Receipts, RuleExplained, RulesExplained, Together
from dialogs.replies.results import ResultPart
from dialogs.view import View
from dialogs.views import layout_of
from dialogs.views.plain_text import plain

_BESIDE = {What.VERDICT: What.WOULD_CHANGE, What.STRENGTH: What.VERDICT, What.WOULD_CHANGE: What.VERDICT}
"""Which part of a result follows where another one is asked for again."""


def otherwise(context: Context, reply: Reply) -> Reply:
    """The reply with other explanations in place of those that were given just before."""
    if marks(context, reply).isdisjoint(context.start.focus.explained):
        return reply
    match reply:
        case Together((*first, QuestionMeaning() as meaning, WhyAsked())):
            return Together((*first, otherwise(context, meaning)))
        case Together(parts):
            return Together(tuple(otherwise(context, part) for part in parts))
        case Receipts((part,), idea):  # in a line behind its name
            return Together((Notice("about_idea", {"idea": idea}), otherwise(context, part)))
        case ResultPart(What.STEPS, result):
            return Notice("next_is_first", {"step": (result.path or result.steps)[0].text})
        case AnswersRead():
            return Notice("told_by_day")
        case ResultPart(what):
            beside: Reply = replace(reply, what=_BESIDE[what])
        case QuestionMeaning(question):
            beside = WhyAsked(question)
        case RuleExplained(result) | RulesExplained(_, result) if result is not None:
            beside = ResultPart(What.VERDICT, result)
        case _:
            beside = Notice("tell_new_idea")
    return Together((Notice("as_above"), beside))


def marks(context: Context, reply: Reply) -> frozenset[str]:
    """What tells each explanation in a reply from others, as the focus keeps it: its words."""
    match reply:
        case Together(parts) | Receipts(parts):
            return frozenset(mark for part in parts for mark in marks(context, part))
        case ResultPart(What.VERDICT | What.STRENGTH | What.WOULD_CHANGE | What.STEPS):
            pass
        case AnswersRead() | QuestionMeaning() | RuleExplained() | RulesExplained():
            pass
        case _:
            return frozenset()
    return frozenset((hashed(plain(View(layout_of(context.advisor.catalogue, reply)))),))
