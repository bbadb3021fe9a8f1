"""What a text wants done with a list of ideas, by the classifier of requests; which ideas, by the mentions in it."""

from dialogs.ideas.board import Board
from dialogs.intents import (
    FIRST_IDEAS,
    UNDO,
    Intent,
    comparing,
    listing,
    renaming,
)
from dialogs.message import Action, Verb
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.new_titles import new_title
from knowledge.certainty_thresholds import BOARD_ACT, BOARD_ACT_WITH_EFFECT, LIKELY_ACT
from knowledge.typed_answers.act_weights import likeliest_act
from knowledge.typed_answers.dialogue_acts import BoardAct
from knowledge.typed_answers.word_parser import exact_options


def requested(said: BoardText) -> Intent | None:
    """The request that a text most likely is; None where none is likely, it does not say about which ideas, or it is an
    answer to the question on screen.
    """
    prompt = said.advisor.flows.board.prompt(said.conversation)
    if prompt is not None and exact_options(prompt, said.text):
        return None
    found = said.advisor.knowledge.dialogue_acts.board_acts(said.text, said.screen)
    act = likeliest_act(found, BoardAct.OTHER)
    if found[act] < (BOARD_ACT_WITH_EFFECT if act is BoardAct.RENAME else BOARD_ACT) or not said.known:
        return None
    match act:
        case BoardAct.OPEN | BoardAct.WHY:
            return _open(said, here=act is BoardAct.WHY)
        case BoardAct.ASK:
            return asked(said, _one(said))
        case BoardAct.FIRST:
            return FIRST_IDEAS
        case BoardAct.EXPORT:
            return Action(Verb.EXPORT)
        case BoardAct.LIST:
            return listing()
        case BoardAct.UNDO:
            return UNDO
        case BoardAct.COMPARE:
            return compared(said, said.numbers)
        case BoardAct.RENAME:
            return _rename(said)
        case _:
            return None


def asked(said: BoardText, number: int | None) -> Intent | None:
    """The first question about an idea that is not answered; its card where none is left."""
    idea = (said.conversation.board or Board()).find(number) if number is not None else None
    if idea is None:
        return None
    row = said.advisor.flows.board.judge.row(idea)
    question = row.ask or next(iter(row.missing), None)
    if question is None:
        return Action(Verb.IDEA, (str(idea.number),))
    return Action(Verb.ASK, (str(idea.number), question.id))


def _one(said: BoardText) -> int | None:
    """The only idea that is named, or the one on the card where none is."""
    if not said.numbers:
        return said.shown
    return said.numbers[0] if len(said.numbers) == 1 else None


def _open(said: BoardText, *, here: bool) -> Intent | None:
    """`here`: the idea on the card counts where none is named."""
    number = _one(said) if said.numbers or here else None
    return None if number is None else Action(Verb.IDEA, (str(number),))


def compared(said: BoardText, numbers: tuple[int, ...]) -> Intent | None:
    """Ideas side by side; a single one beside that on the card, or that the question is about."""
    here = said.conversation.listing.idea if said.conversation.listing is not None else 0
    if len(numbers) == 1 and here and here not in numbers:
        numbers = (here, *numbers)
    return comparing(numbers) if len(numbers) > 1 else None


def _rename(said: BoardText) -> Intent | None:
    number, name = _one(said), new_title(said.advisor, said.text)
    return renaming((number, name)) if number is not None and name else None


def renames(said: BoardText) -> bool:
    """Whether a text may be about a title: "3 is called often" is not."""
    found = said.advisor.knowledge.dialogue_acts.board_acts(said.text, said.screen)
    return found.get(BoardAct.RENAME, 0.0) >= LIKELY_ACT
