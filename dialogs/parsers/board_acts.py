"""What a text wants done with a list of ideas, by the classifier of requests; which ideas, by the mentions in it."""

import re
from collections.abc import Sequence

from dialogs.board import Board
from dialogs.intents import (
    BoardRequest,
    CompareIdeas,
    FilterIdeas,
    FirstIdeas,
    Intent,
    RemoveIdeas,
    RenameIdea,
    TypedCommand,
)
from dialogs.message import Action, Verb
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.phrases import contains, starts
from knowledge.certainty_thresholds import BOARD_ACT, BOARD_ACT_WITH_EFFECT, LIKELY_ACT
from knowledge.reading.word_lists import english
from knowledge.typed_answers.act_weights import likeliest_act
from knowledge.typed_answers.dialogue_acts import BoardAct, Shown
from knowledge.typed_answers.word_parser import exact_options, fold

_QUOTED = re.compile(r"[\"“„«']\s*([^\"”“»']{3,}?)\s*[\"”“»'](?:\W|$)")
_FEW = 4
"""Most words that remove the idea on the card: "bin it please"."""

_BEHIND_COLON = re.compile(r":\s*(\S.*)$")


def requested(said: BoardText) -> Intent | None:
    """The request that a text most likely is; None where none is likely, it does not say about which ideas, or it is an
    answer to the question on screen.
    """
    prompt = said.advisor.flows.board.prompt(said.conversation)
    if prompt is not None and exact_options(prompt, said.text):
        return None
    found = said.advisor.knowledge.dialogue_acts.board_acts(said.text, _shown(said))
    act = likeliest_act(found, BoardAct.OTHER)
    changes = act in (BoardAct.REMOVE, BoardAct.RENAME)
    if found[act] < (BOARD_ACT_WITH_EFFECT if changes else BOARD_ACT) or not said.known:
        return None
    match act:
        case BoardAct.OPEN | BoardAct.WHY:
            return _open(said, here=act is BoardAct.WHY)
        case BoardAct.ASK:
            return asked(said, _one(said))
        case BoardAct.FIRST:
            return BoardRequest(FirstIdeas())
        case BoardAct.EXPORT:
            return TypedCommand(Action(Verb.EXPORT))
        case BoardAct.LIST:
            return BoardRequest(FilterIdeas("", False, False))
        case BoardAct.UNDO:
            return BoardRequest("ideas_kept")
        case BoardAct.COMPARE:
            return compared(said, said.numbers)
        case BoardAct.REMOVE if not _is_doubtful(said):
            return _remove(said)
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
        return TypedCommand(Action(Verb.IDEA, (str(idea.number),)))
    return TypedCommand(Action(Verb.ASK, (str(idea.number), question.id)))


def _shown(said: BoardText) -> Shown:
    if said.asking:
        return "ask"
    return "list" if said.shown is None else "idea"


def _one(said: BoardText) -> int | None:
    """The only idea that is named, or the one on the card where none is."""
    if not said.numbers:
        return said.shown
    return said.numbers[0] if len(said.numbers) == 1 else None


def _open(said: BoardText, *, here: bool) -> Intent | None:
    """`here`: the idea on the card counts where none is named."""
    number = _one(said) if said.numbers or here else None
    return None if number is None else TypedCommand(Action(Verb.IDEA, (str(number),)))


def _remove(said: BoardText) -> Intent | None:
    """The ideas that stand together in the text; the one on the card only where hardly more is said."""
    if len(said.found) == 1:
        return BoardRequest(RemoveIdeas(said.numbers))
    here = said.shown is not None and not said.found and len(said.words) <= _FEW
    return BoardRequest(RemoveIdeas((said.shown,))) if here and said.shown is not None else None


def _is_doubtful(said: BoardText) -> bool:
    """Whether a text asks, denies, excepts or tells something. Nothing is removed then, since it is not undone."""
    words, excepting = fold(said.text), said.advisor.catalogue.board.excepting
    doubts = {*english().negations, *english().question_words, *english().hedges}
    tells = words[:1] and words[0] in {*english().subjects, *english().first_person}
    asks = "?" in said.text or starts(said.words, said.advisor.catalogue.phrases.question)
    return asks or bool(tells) or not doubts.isdisjoint(words) or contains(words, excepting)


def compared(said: BoardText, numbers: tuple[int, ...]) -> Intent | None:
    """Ideas side by side; a single one beside that on the card, or that the question is about."""
    here = said.conversation.listing.idea if said.conversation.listing is not None else 0
    if len(numbers) == 1 and here and here not in numbers:
        numbers = (here, *numbers)
    return BoardRequest(CompareIdeas(numbers)) if len(numbers) > 1 else None


def _rename(said: BoardText) -> Intent | None:
    """The new title stands in quotation marks, behind a colon, or behind the last word that leads to one."""
    number, talk = _one(said), said.advisor.catalogue.board
    leads, ends = (alternatives(phrases) for phrases in (talk.titled, talk.title_ends))
    behind = re.compile(rf".*(?:\b(?:{leads})\b|->)\s+(?=\w)(.+?)\s*(?:[.,;!?]|\b(?:{ends})\b|$)", re.I | re.S)
    new = _QUOTED.search(said.text) or _BEHIND_COLON.search(said.text) or behind.match(said.text)
    name = "" if new is None else title(new[1])
    return BoardRequest(RenameIdea(number, name)) if number is not None and name else None


def title(text: str) -> str:
    """A new title as it was typed, without quotation marks; "" where no word is left."""
    new = text.strip(" \"'“”„«».:")
    return new if fold(new) else ""


def renames(said: BoardText) -> bool:
    """Whether a text may be about a title: "3 is called often" is not."""
    found = said.advisor.knowledge.dialogue_acts.board_acts(said.text, _shown(said))
    return found.get(BoardAct.RENAME, 0.0) >= LIKELY_ACT


def alternatives(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
