"""Which replies a language model may word, and in which form."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from dialogs.commands.command import What
from dialogs.replies import Reply
from dialogs.replies.notices import NOTED, Greeting, Notice, is_one_of
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionCard, QuestionMeaning, UnderstoodAnswers, WhyAsked
from dialogs.replies.receipts import AnswersRead, IdeasDiffer, RuleExplained, RulesExplained, flat
from dialogs.replies.results import ResultPart
from dialogs.replies.sums import StepsWorkedOut, SumQuestioned, SumWorkedOut
from dialogs.replies.texts import ListText, PromptText, ResultText
from dialogs.turn import Turn


class Form(IntEnum):
    """How words stand for a reply: in its place, as a text to take away, or above it. They are shown in this order."""

    ANSWER = 1
    TEXT = 2
    OPENING = 3


def _each(kind: type[Reply], *details: str) -> Sequence[object]:
    return [(kind, detail) for detail in details]


_PARTS = (What.VERDICT, What.STRENGTH, What.WOULD_CHANGE, What.STEPS, What.CASE, What.SOURCES)
_TEXTS = (What.NOTE, What.MAIL, What.SUMMARY)
_TOLD = (
    *("verdict_meaning", "proposed_because", "proposed_supposed", "next_is_first"),
    *("begin_with", "then_these", "decide_first", "begun_already", "told_all", "read_nothing"),
)
INTRODUCED = ("about_me", "made_by", "no_chatgpt")
_OPENED = (*INTRODUCED, "complained", "sworn_at", *NOTED)
_FORMS: Mapping[object, Form] = {
    **dict.fromkeys((PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison), Form.ANSWER),
    **dict.fromkeys((RulesExplained, RuleExplained, AnswersRead, IdeasDiffer, QuestionMeaning, WhyAsked), Form.ANSWER),
    **dict.fromkeys((*_each(ResultPart, *_PARTS), *_each(Notice, *_TOLD)), Form.ANSWER),
    (PromptText, What.PROMPT): Form.TEXT,
    **dict.fromkeys((SumQuestioned, Greeting), Form.ANSWER),
    **dict.fromkeys((SumWorkedOut, StepsWorkedOut), Form.OPENING),
    **dict.fromkeys((*_each(ResultText, *_TEXTS), *_each(ListText, *_TEXTS)), Form.TEXT),
    **dict.fromkeys(_each(Notice, *_OPENED), Form.OPENING),
}
"""What is worded, by the kind of reply. All else is the code's: receipts, cards, questions, tables, sums, files."""

BESIDE = ("about_idea", "as_above", "nearest_to_that", "all_on_that", "steps_noted", "claim_of_article")
"""Remarks that go with what they introduce or add to."""

ONCE = ("also_read", "also_worded", "replies_in_english")
"""Remarks that are said once in a thread, above whatever is shown first."""


def forms_in(turn: Turn) -> tuple[Form, ...]:
    """The forms of what is worded of a turn, in order. What stands above a reply does so only where nothing else is
    shown, or where a fact was noted, which may mean something for the idea.
    """
    shown = (*turn.below, *turn.card)
    forms = {form for reply in shown for form in forms_of(reply)}
    noted = any(is_one_of(NOTED, part) for reply in shown for part in flat(reply))
    if forms == {Form.OPENING} or (noted and forms == {Form.OPENING, None}):
        return (Form.OPENING,)
    return tuple(form for form in (Form.ANSWER, Form.TEXT) if form in forms)


def forms_of(reply: Reply) -> set[Form | None]:
    """The forms of the replies in one; None for those that are not worded."""
    return {_form_of(part) for part in flat(reply) if not is_one_of((*BESIDE, *ONCE), part)}


def _form_of(reply: Reply) -> Form | None:
    if isinstance(reply, QuestionCard | UnderstoodAnswers):  # an opening only, with the words of an idea
        return Form.OPENING if reply.begins else None
    detail = next((found for name in ("what", "remark", "hello") if (found := getattr(reply, name, None))), None)
    return _FORMS.get((type(reply), detail) if detail else type(reply))
