"""A turn with the words of a language model in the place of the replies that are worded."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from dialogs.replies import Reply
from dialogs.replies.model_answers import Worded
from dialogs.replies.receipts import Together
from dialogs.turn import Turn
from dialogs.wording.eligibility import BESIDE, INTRODUCED, ONCE, Form, form_in, forms_of, is_one_of


class Words(NamedTuple):
    """Checked sentences, or the paragraphs of a text, and the sources they rest on, in order: what is kept until they
    are shown. Of a text also what the next line can change, in its stored form, and whether sentences did not hold.
    """

    sentences: tuple[str, ...]
    sources: tuple[str, ...] = ()
    draft: str = ""
    left_out: bool = False

    def as_json(self) -> dict[str, Any]:
        said = {"sentences": [*self.sentences], "sources": [*self.sources]}
        return {**said, "draft": self.draft, "left_out": self.left_out} if self.draft else said

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
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
    if all(is_one_of(ONCE, reply) for reply in rest) and (from_card or not turn.card):  # nothing is to be read before
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
    first = tuple(each for each in (*turn.below, *turn.card) if alone and is_one_of(ONCE, each))
    said = Worded(words.sentences, words.sources, taken, form is Form.OPENING, form is Form.TEXT, words.left_out)
    if turn.card and not rest.card:
        return rest._replace(card=(*first, said))
    return rest._replace(below=(*rest.below, *_one((*first, said))))


def _divided(replies: Sequence[Reply], form: Form) -> tuple[tuple[Reply, ...], tuple[Reply, ...]]:
    """What stays of replies that stand together, and what is worded in this form, with what goes with it."""
    left: list[Reply] = []
    taken: list[Reply] = []
    found = any(form in forms_of(reply) for reply in replies)
    for reply in replies:
        beside = (found and is_one_of(BESIDE, reply)) or (form is Form.ANSWER and is_one_of(INTRODUCED, reply))
        if isinstance(reply, Together):
            rest, parts = _divided(reply.parts, form)
            left += _one(rest)
            taken += parts
        elif beside or forms_of(reply) == {form}:
            taken.append(reply)
        else:
            left.append(reply)
    return tuple(left), tuple(taken)


def _one(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    return (Together(replies),) if len(replies) > 1 else replies
