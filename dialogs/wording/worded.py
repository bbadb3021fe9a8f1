"""Which replies of a turn a language model may word, and the turn with its words in their place."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.replies import Reply
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionMeaning, WhyAsked
from dialogs.replies.receipts import AnswersRead, IdeasDiffer, Receipts, RuleExplained, RulesExplained, Together
from dialogs.replies.results import ResultPart
from dialogs.replies.texts import ListText, ResultText
from dialogs.replies.worded import Worded
from dialogs.turn import Turn


class Form(IntEnum):
    """How words stand for a reply: in its place, as a text to take away, or above it. Of one turn, the first counts."""

    ANSWER = 1
    TEXT = 2
    OPENING = 3


_BY_KIND: Mapping[type[Reply], Form] = {
    **dict.fromkeys((PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison), Form.ANSWER),
    **dict.fromkeys((RulesExplained, RuleExplained, AnswersRead, IdeasDiffer, QuestionMeaning, WhyAsked), Form.ANSWER),
    Greeting: Form.OPENING,
}
_BY_PART: Mapping[What, Form] = dict.fromkeys(
    (What.VERDICT, What.STRENGTH, What.WOULD_CHANGE, What.STEPS, What.CASE, What.SOURCES), Form.ANSWER
)
_BY_TEXT: Mapping[What, Form] = dict.fromkeys((What.NOTE, What.MAIL, What.SUMMARY), Form.TEXT)
_BY_REMARK: Mapping[str, Form] = {
    **dict.fromkeys(("verdict_meaning", "proposed_because", "proposed_supposed", "proposed_offer"), Form.ANSWER),
    **dict.fromkeys(("begin_with", "then_these", "decide_first", "begun_already"), Form.ANSWER),
    **dict.fromkeys(("about_me", "made_by", "no_chatgpt", "complained", "sworn_at"), Form.OPENING),
    **dict.fromkeys(("note_kept", "note_kept_with"), Form.OPENING),
}
"""What is worded, by the kind of reply. All else is the code's: receipts, cards, questions, tables, sums, files."""

_BESIDE = frozenset(
    ("about_idea", "as_above", "nearest_to_that", "all_on_that", "steps_noted", "claim_of_article", "next_is_first")
)
"""Remarks that go with what they introduce or add to."""

_ONCE = frozenset(("also_read", "also_worded", "replies_in_english"))
"""Remarks that are said once in a thread, above whatever is shown first."""


class Words(NamedTuple):
    """Checked sentences, and the sources they rest on, in order: what is kept until they are shown."""

    sentences: tuple[str, ...]
    sources: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """Its stored form."""
        return {"sentences": [*self.sentences], "sources": [*self.sources]}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Reads it."""
        return cls(tuple(given["sentences"]), tuple(given["sources"]))


def apart(advisor: Advisor, turn: Turn) -> tuple[Turn, tuple[Reply, ...]]:
    """The turn without the replies that are to be worded, and those; the turn as it is where there are none.

    Where one of them stands on the card, what else stands there comes before it, as a message of its own.
    """
    form = form_in(turn)
    if form is None:
        return turn, ()
    below, from_below = _divided(turn.below, form)
    card, from_card = _divided(turn.card, form)
    rest = (*below, *_one(card)) if from_card else below
    taken = (*from_below, *from_card)
    if all(map(_is_once, rest)) and (from_card or not turn.card):  # nothing is to be read before it
        rest = ()
    return turn._replace(card=() if from_card else turn.card, below=rest), taken


def worded(advisor: Advisor, turn: Turn, words: Words) -> Turn:
    """The turn with these words in place of the replies that are to be worded: on the card, if one of them stood there,
    else as the last message below it.
    """
    rest, taken = apart(advisor, turn)
    if not taken:
        return turn
    form = form_in(turn)
    first = () if rest.card or rest.below else tuple(filter(_is_once, (*turn.below, *turn.card)))
    said = Worded(words.sentences, words.sources, taken, opening=form is Form.OPENING, text=form is Form.TEXT)
    if turn.card and not rest.card:
        return rest._replace(card=(*first, said))
    return rest._replace(below=(*rest.below, *_one((*first, said))))


def _form_of(reply: Reply) -> Form | None:
    """How a reply is worded; None where it is not. Several in one are worded together or not at all."""
    match reply:
        case ResultPart(what):
            return _BY_PART.get(what)
        case ResultText(what) | ListText(what):
            return _BY_TEXT.get(what)
        case Notice(remark):
            return _BY_REMARK.get(remark)
        case Together(parts) | Receipts(parts):
            forms = {_form_of(part) for part in parts if not _is_beside(part)}
            return next(iter(forms)) if len(forms) == 1 else None
        case _:
            return _BY_KIND.get(type(reply))


def form_in(turn: Turn) -> Form | None:
    """The form of what is worded of a turn. What stands above a reply waits only where nothing else is shown."""
    forms = {form for reply in (*turn.below, *turn.card) for form in _forms(reply)}
    found = min((form for form in forms if form is not None), default=None)
    return None if found is Form.OPENING and None in forms else found


def _forms(reply: Reply) -> set[Form | None]:
    """The forms of the replies in one; None for those that are not worded."""
    if _is_beside(reply) or _is_once(reply):
        return set()
    form = _form_of(reply)
    if form is None and isinstance(reply, Together | Receipts):
        return {each for part in reply.parts for each in _forms(part)}
    return {form}


def _divided(replies: Sequence[Reply], form: Form) -> tuple[tuple[Reply, ...], tuple[Reply, ...]]:
    """What stays of replies that stand together, and what is worded in this form, with what goes with it."""
    if not any(form in _forms(reply) for reply in replies):
        return tuple(replies), ()
    left: list[Reply] = []
    taken: list[Reply] = []
    for reply in replies:
        if _form_of(reply) is form or _is_beside(reply):
            taken.append(reply)
        elif isinstance(reply, Together):
            rest, found = _divided(reply.parts, form)
            left += _one(rest)
            taken += found
        else:
            left.append(reply)
    return tuple(left), tuple(taken)


def _one(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Replies as one message."""
    return (Together(replies),) if len(replies) > 1 else replies


def _is_once(reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.remark in _ONCE


def _is_beside(reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.remark in _BESIDE
