"""Explanations that were given just before, word for word: what was not told yet follows instead."""

from dialogs.commands.command import What
from dialogs.conversation import hashed
from dialogs.executor.targets import Context
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged, QuestionMeaning, WhyAsked
from dialogs.replies.receipts import AnswersRead, Receipts, RuleExplained, RulesExplained, Together, flat
from dialogs.replies.results import Recommendation, ResultPart
from dialogs.view import View
from dialogs.views import layout_of
from dialogs.views.plain_text import plain


def otherwise(context: Context, reply: Reply) -> Reply:
    """The reply; for explanations that were given just before what was not told yet, and after that the same again."""
    if marks(context, reply).isdisjoint(context.start.focus.explained):
        return reply
    match reply:
        case Together((*first, QuestionMeaning() as meaning, WhyAsked())):
            return Together((*first, otherwise(context, meaning)))
        case Together(parts):
            return Together(tuple(otherwise(context, part) for part in parts))
        case Receipts((part,), idea):  # in a line behind its name
            return Together((Notice("about_idea", {"idea": idea}), otherwise(context, part)))
    told = context.start.focus.explained
    more = next((each for each in _more(context, reply) if marks(context, each).isdisjoint(told)), reply)
    lead = Notice("told_all" if more is reply else "as_above")
    return more if isinstance(more, Notice) else Together((lead, more))


def _more(context: Context, reply: Reply) -> tuple[Reply, ...]:
    """What can follow an explanation, in the order in which it is told: of a result the reasons, the rules that they
    count by, the details, and what would change it.
    """
    match reply:
        case ResultPart(What.STEPS, result):
            return (Notice("next_is_first", {"step": result.first_step}),)
        case AnswersRead():
            return (Notice("told_by_day"),)
        case QuestionMeaning(question) | WhyAsked(question):
            return (WhyAsked(question), QuestionMeaning(question), RulesExplained(context.advisor.pack))
        case RulesExplained(_, Recommendation() as result):
            return (ResultPart(What.VERDICT, result),)
        case ResultPart(_, result) | RuleExplained(result):
            in_full = () if context.advisor.speaks else (ResultPart(What.DETAILS, result),)  # whose facts are worded
            rules, change = RulesExplained(result.pack, result), ResultPart(What.WOULD_CHANGE, result)
            return (ResultPart(What.VERDICT, result), rules, *in_full, change)
    return (Notice("tell_new_idea"),)


def marks(context: Context, reply: Reply) -> frozenset[str]:
    """What tells each explanation in a reply from others, as the focus keeps it: its words, or the answer."""
    return frozenset(filter(None, (_mark(context, part) for part in flat(reply))))


def _mark(context: Context, reply: Reply) -> str:
    """That of a single reply; "" for one that explains nothing."""
    match reply:
        case ResultPart(What.VERDICT | What.STRENGTH | What.WOULD_CHANGE | What.STEPS | What.DETAILS):
            pass
        case AnswersRead(_, (_, _, *_)) | QuestionMeaning() | WhyAsked() | RuleExplained() | RulesExplained():
            pass
        case Notice("next_is_first" | "told_by_day" | "tell_new_idea"):
            pass
        case AnswerChanged(question, option, quote=str(words), asked=True) if words:
            return f"{context.start.begun}:{reply.idea}:{question.id}={option}"
        case _:
            return ""
    return hashed(plain(View(layout_of(context.advisor.catalogue, reply))))
