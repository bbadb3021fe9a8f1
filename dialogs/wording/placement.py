"""Which replies of a turn a language model may word, and the turn with its words in their place."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, Self

from dialogs.commands.command import What
from dialogs.replies import Reply
from dialogs.replies.model_answers import Worded
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionMeaning, WhyAsked
from dialogs.replies.receipts import AnswersRead, IdeasDiffer, Receipts, RuleExplained, RulesExplained, Together
from dialogs.replies.results import ResultPart
from dialogs.replies.texts import ListText, ResultText
from dialogs.turn import Turn


class Form(IntEnum):
    """How words stand for a reply: in its place, as a text to take away, or above it. Of one turn, the first counts."""

    ANSWER = 1
    TEXT = 2
    OPENING = 3


def _each(kind: type[Reply], *details: str) -> Sequence[object]:
    return [(kind, detail) for detail in details]


_PARTS = (What.VERDICT, What.STRENGTH, What.WOULD_CHANGE, What.STEPS, What.CASE, What.SOURCES)
_TEXTS = (What.NOTE, What.MAIL, What.SUMMARY)
_TOLD = (
    *("verdict_meaning", "proposed_because", "proposed_supposed", "next_is_first"),
    *("begin_with", "then_these", "decide_first", "begun_already", "told_all"),
)
_INTRODUCED = ("about_me", "made_by", "no_chatgpt")
_OPENED = (*_INTRODUCED, "complained", "sworn_at", "note_kept", "note_kept_with")
_FORMS: Mapping[object, Form] = {
    **dict.fromkeys((PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison), Form.ANSWER),
    **dict.fromkeys((RulesExplained, RuleExplained, AnswersRead, IdeasDiffer, QuestionMeaning, WhyAsked), Form.ANSWER),
    **dict.fromkeys((*_each(ResultPart, *_PARTS), *_each(Notice, *_TOLD)), Form.ANSWER),
    **dict.fromkeys((*_each(ResultText, *_TEXTS), *_each(ListText, *_TEXTS)), Form.TEXT),
    **dict.fromkeys((*_each(Notice, *_OPENED), Greeting), Form.OPENING),
}
"""What is worded, by the kind of reply. All else is the code's: receipts, cards, questions, tables, sums, files."""

_BESIDE = ("about_idea", "as_above", "nearest_to_that", "all_on_that", "steps_noted", "claim_of_article")
"""Remarks that go with what they introduce or add to."""

_ONCE = ("also_read", "also_worded", "replies_in_english")
"""Remarks that are said once in a thread, above whatever is shown first."""


class Words(NamedTuple):
    """Checked sentences, or the paragraphs of a text, and the sources they rest on, in order: what is kept until they
    are shown. Of a text also what the next line can change, in its stored form, and whether
    sentences did not hold.
    """

    sentences: tuple[str, ...]
    sources: tuple[str, ...] = ()
    draft: str = ""
    left_out: bool = False

    def as_json(self) -> dict[str, Any]:
        """Its stored form."""
        said = {"sentences": [*self.sentences], "sources": [*self.sources]}
        return {**said, "draft": self.draft, "left_out": self.left_out} if self.draft else said

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Reads it."""
        sentences, sources = tuple(given["sentences"]), tuple(given["sources"])
        return cls(sentences, sources, given.get("draft", ""), given.get("left_out", False))


def apart(turn: Turn) -> tuple[Turn, tuple[Reply, ...]]:
    """The turn without the replies that are to be worded, and those; the turn as it is where there are none.

    Where one of them stands on the card, what else stands there comes before it, as a message of its own.
    """
    form = form_in(turn)
    if form is None:
        return turn, ()
    below, from_below = _divided(turn.below, form)
    card, from_card = _divided(turn.card, form)
    rest = (*below, *_one(card)) if from_card else below
    if all(_is_one_of(_ONCE, reply) for reply in rest) and (from_card or not turn.card):  # nothing is to be read before
        rest = ()
    return turn._replace(card=() if from_card else turn.card, below=rest), (*from_below, *from_card)


def worded(turn: Turn, words: Words) -> Turn:
    """The turn with these words in place of the replies that are to be worded: on the card, if one of them stood there,
    else as the last message below it.
    """
    rest, taken = apart(turn)
    if not taken:
        return turn
    form, alone = form_in(turn), not (rest.card or rest.below)
    first = tuple(each for each in (*turn.below, *turn.card) if alone and _is_one_of(_ONCE, each))
    said = Worded(words.sentences, words.sources, taken, form is Form.OPENING, form is Form.TEXT, words.left_out)
    if turn.card and not rest.card:
        return rest._replace(card=(*first, said))
    return rest._replace(below=(*rest.below, *_one((*first, said))))


def form_in(turn: Turn) -> Form | None:
    """The form of what is worded of a turn. What stands above a reply waits only where nothing else is shown."""
    forms = {form for reply in (*turn.below, *turn.card) for form in _forms(reply)}
    found = min((form for form in forms if form is not None), default=None)
    return None if found is Form.OPENING and None in forms else found


def _forms(reply: Reply) -> set[Form | None]:
    """The forms of the replies in one; None for those that are not worded."""
    if isinstance(reply, Together | Receipts):
        return {form for part in reply.parts for form in _forms(part)}
    if _is_one_of((*_BESIDE, *_ONCE), reply):
        return set()
    detail = next((found for name in ("what", "remark", "hello") if (found := getattr(reply, name, None))), None)
    return {_FORMS.get((type(reply), detail) if detail else type(reply))}


def _divided(replies: Sequence[Reply], form: Form) -> tuple[tuple[Reply, ...], tuple[Reply, ...]]:
    """What stays of replies that stand together, and what is worded in this form, with what goes with it."""
    left: list[Reply] = []
    taken: list[Reply] = []
    found = any(form in _forms(reply) for reply in replies)
    for reply in replies:
        beside = (found and _is_one_of(_BESIDE, reply)) or (form is Form.ANSWER and _is_one_of(_INTRODUCED, reply))
        if beside or _forms(reply) == {form}:
            taken.append(reply)
        elif isinstance(reply, Together):
            rest, parts = _divided(reply.parts, form)
            left += _one(rest)
            taken += parts
        else:
            left.append(reply)
    return tuple(left), tuple(taken)


def _one(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Replies as one message."""
    return (Together(replies),) if len(replies) > 1 else replies


def _is_one_of(remarks: Sequence[str], reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.remark in remarks
