"""A turn with the words of a language model in the place of the replies that are worded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, Self

from pydantic import TypeAdapter

from dialogs.replies import Reply
from dialogs.replies.model_answers import TextWorded, Worded, WordedText
from dialogs.replies.notices import is_one_of
from dialogs.replies.questions import UnderstoodAnswers
from dialogs.replies.receipts import Together
from dialogs.replies.texts import Text
from dialogs.turn import Turn
from dialogs.wording.draft import Draft
from dialogs.wording.eligibility import BESIDE, INTRODUCED, ONCE, Form, forms_in, forms_of


class Words(NamedTuple):
    """Checked sentences and the sources they rest on, in order, and the texts to take away, one for each that is to be
    worded: what is kept until they are shown. `drafts` are what the next line can change.
    """

    sentences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    texts: tuple[WordedText, ...] = ()
    drafts: tuple[Draft, ...] = ()

    def __bool__(self) -> bool:
        """Whether they say anything."""
        return bool(self.sentences) or any(text.paragraphs for text in self.texts)

    def beside(self, other: "Words") -> "Words":
        """These and those of the turn's next answer or text."""
        said = self.sentences + other.sentences, self.sources + other.sources
        return Words(*said, self.texts + other.texts, self.drafts + other.drafts)

    def as_json(self) -> dict[str, Any]:
        """Their stored form, without what the next line can change, which is kept elsewhere."""
        texts = [{name: value for name, value in text._asdict().items() if value} for text in self.texts]
        said = {"sentences": self.sentences, "sources": self.sources, "texts": texts}
        return {name: value for name, value in said.items() if value}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        said, sources = (tuple(given.get(name, ())) for name in cls._fields[:2])
        return cls(said, sources, _TEXTS.validate_python(given.get("texts", ())))

    def instead_of(self, form: Form, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """What is shown for replies of a form: these words, or the replies where there are none."""
        match form:
            case Form.TEXT:
                left = iter(self.texts)
                each = [
                    (reply, next(left, WordedText()) if isinstance(reply, Text) else WordedText()) for reply in replies
                ]
                shown = (TextWorded(text, (reply,)) if text.paragraphs else reply for reply, text in each)
                return (*shown, *(TextWorded(text) for text in left if text.paragraphs))
            case Form.ANSWER if self.sentences:
                return (Worded(self.sentences, self.sources, replies),)
            case Form.OPENING if self.sentences:  # it says that questions follow
                below = (
                    replace(each, begins=False) if isinstance(each, UnderstoodAnswers) else each for each in replies
                )
                return (Worded(self.sentences, (), ()), *below)
            case _:
                return replies


_TEXTS = TypeAdapter(tuple[WordedText, ...])


def apart(turn: Turn) -> tuple[Turn, Mapping[Form, tuple[Reply, ...]]]:
    """The turn without the replies that are to be worded, and those by their form, in order; the turn as it is where
    there are none.

    Where one of them stands on the card, what else stands there comes before it, as a message of its own.
    """
    forms = forms_in(turn)
    if not forms:
        return turn, {}
    below, from_below = _divided(turn.below, forms)
    card, from_card = _divided(turn.card, forms)
    rest = (*below, *_one(card)) if from_card else below
    if all(is_one_of(ONCE, reply) for reply in rest) and (from_card or not turn.card):  # nothing is to be read before
        rest = ()
    taken = {form: tuple(reply for its, reply in (*from_below, *from_card) if its is form) for form in forms}
    return turn._replace(card=() if from_card else turn.card, below=rest), taken


def worded(turn: Turn, words: Words) -> Turn:
    """The turn with these words in place of the replies that are to be worded: on the card, if one of them stood there,
    else as the last messages below it.
    """
    rest, taken = apart(turn)
    if not taken:
        return turn
    alone = not (rest.card or rest.below)
    first = tuple(each for each in (*turn.below, *turn.card) if alone and is_one_of(ONCE, each))
    said = [words.instead_of(form, replies) for form, replies in taken.items()]
    said[0] = (*first, *said[0])
    if turn.card and not rest.card:
        return rest._replace(card=tuple(chain.from_iterable(said)))
    return rest._replace(below=(*rest.below, *chain.from_iterable(map(_one, said))))


def _divided(
    replies: Sequence[Reply], forms: Sequence[Form]
) -> tuple[tuple[Reply, ...], tuple[tuple[Form, Reply], ...]]:
    """What stays of replies that stand together, and what is worded in these forms, with what goes with it."""
    left: list[Reply] = []
    taken: list[tuple[Form, Reply]] = []
    found = any(not forms_of(reply).isdisjoint(forms) for reply in replies)
    for reply in replies:
        beside = (found and is_one_of(BESIDE, reply)) or (Form.ANSWER in forms and is_one_of(INTRODUCED, reply))
        worded_as = [form for form in forms if forms_of(reply) == {form}] or [*forms[:1]] * beside
        if isinstance(reply, Together):
            rest, parts = _divided(reply.parts, forms)
            left += _one(rest)
            taken += parts
        elif worded_as:
            taken.append((worded_as[0], reply))
        else:
            left.append(reply)
    return tuple(left), tuple(taken)


def _one(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    return (Together(replies),) if len(replies) > 1 else replies
