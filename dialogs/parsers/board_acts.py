"""What a text wants done with a list of ideas, by the classifier of requests; which ideas, by the mentions in it."""

from dialogs.ideas.board import Board
from dialogs.intents import Intent, renaming
from dialogs.message import Action, Verb
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.new_titles import new_title
from knowledge.certainty_thresholds import BOARD_ACT, BOARD_ACT_WITH_EFFECT, MAYBE_BOARD_ACT
from knowledge.typed_answers.word_parser import exact_options


def requested(said: BoardText) -> Intent | None:
    """The request that a text most likely is; None where none is likely, it does not say about which ideas, or it is an
    answer to the question on screen.
    """
    prompt = said.advisor.flows.board.prompt(said.conversation)
    if prompt is not None and exact_options(prompt, said.text):
        return None
    found = said.kinds
    kind = max(found, key=lambda each: found[each], default="")
    if found.get(kind, 0.0) < (BOARD_ACT_WITH_EFFECT if kind == "edit.rename" else BOARD_ACT) or not said.known:
        return None
    match kind:
        case "open":
            return None if not said.numbers or (number := _one(said)) is None else Action(Verb.IDEA, (str(number),))
        case "show.missing":
            return asked(said, _one(said))
        case "edit.rename":
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


def _rename(said: BoardText) -> Intent | None:
    number, name = _one(said), new_title(said.advisor, said.text)
    return renaming((number, name)) if number is not None and name else None


def renames(said: BoardText) -> bool:
    """Whether a text may be about a title: "3 is called often" is not."""
    return said.likely("edit.rename") >= max(MAYBE_BOARD_ACT, said.likely("set"))
