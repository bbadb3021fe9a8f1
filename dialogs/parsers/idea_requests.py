"""Requests about ideas that a text names, or about the one on the card: to open, ask about, compare, remove, rename."""

import re
from collections.abc import Callable

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.intents import Intent, Refusal, renaming
from dialogs.message import Action, Verb
from dialogs.parsers import list_requests
from dialogs.parsers.board_acts import asked, renames, requested
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import facts, without_slip
from dialogs.parsers.idea_mentions import PLACE, frame, mentions
from dialogs.parsers.list_requests import LONGEST
from dialogs.parsers.listed_elsewhere import surely_named
from dialogs.parsers.new_titles import plain_title, renamed
from dialogs.parsers.phrases import alternatives, contains, led, starts, without
from dialogs.parsers.removals import removed, removed_by_name
from dialogs.parsers.whole_list import filtered, told_of_all
from knowledge.interfaces import PROJECT
from knowledge.typed_answers.word_parser import fold, folded


def parse(advisor: Advisor, conversation: Conversation, text: str) -> Intent | None:
    """The request in a text while something of the board is shown; None if it is about something else.

    While a question or the result of another idea is shown, only ideas count that the text surely names.
    """
    flow, board = advisor.flows.board, conversation.board or Board()
    active = conversation.flow == flow.name and flow.under_way(conversation)
    beside = bool(board.shown) and advisor.flows.current(conversation) is advisor.flows.questions
    if not (active or beside):
        return None
    text = without_slip(advisor, text)
    found = mentions(advisor, board, text)
    if not active:
        found = surely_named(advisor, conversation, text, found)
    said = BoardText(advisor, conversation, text, found, led(frame(text, found).words, advisor))
    for request in _IN_ORDER if active else _ELSEWHERE:
        intent = request(said)
        if intent is not None:
            return intent
    return None


def _renamed(said: BoardText) -> Intent | None:
    """ "call 6 party bot", "3 should be called …", and "call this …" where one is on the card."""
    talk, board = said.advisor.catalogue.board, said.conversation.board or Board()
    new = renamed(said.advisor, board, said.text, said.shown, talk.renames)
    if isinstance(new, tuple):
        first = next((mention for mention in said.found if str(mention.numbers[0]) in new[0].ideas), None)
        sure = len(new) > 1 or first is None or first.named
        return new if sure or renames(said) else None
    behind = rf"\s+(?:{alternatives(talk.called)})\b\s*(?:(?:to|as|into)\b)?\s*[:=]?\s*(\S.*)"
    if not said.found:
        this = re.search(rf"\b(?:{alternatives(talk.this)}){behind}", said.text, re.IGNORECASE)
        title = "" if this is None else plain_title(said.advisor, this[1])
        meant = bool(title) and said.shown is not None and renames(said)
        return renaming((said.shown, title)) if meant and said.shown is not None else None
    mention = said.found[0]
    told = re.match(behind, said.text[mention.end :], re.IGNORECASE)
    title = "" if told is None or fold(said.text[: mention.start]) else plain_title(said.advisor, told[1])
    if not title or not renames(said):
        return None
    return Refusal("no_such_idea") if mention.unknown else renaming((mention.numbers[0], title))


def _asked(said: BoardText) -> Intent | None:
    """To be asked what is not known about an idea: "do the questions for 2"."""
    talk, number = said.advisor.catalogue.board, said.one
    if number is not None:
        wished = contains(said.words, talk.ask)
    else:
        new = len(said.words) > LONGEST or said.advisor.knowledge.matcher.project(said.text) >= PROJECT
        here = contains(said.words, talk.ask_here) or starts(said.words, talk.ask_go)
        wished, number = here and not (new or said.about_subject), said.shown
    return asked(said, number) if wished else None


def _opened(said: BoardText) -> Intent | None:
    """To see an idea: "lets do number 5", "what about 3", "the lab one"."""
    if len(said.numbers) != 1 or PLACE not in said.words:
        return None
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    (mention, *_) = said.found
    at = said.words.index(PLACE)
    lead = re.split(r"[,.;:!?]", said.text[: mention.start])[-1]
    before = led(fold(lead), said.advisor)
    after = without(said.words[at + 1 :], (*phrases.courtesies, *talk.tail))
    if after and after[0] not in talk.aside:
        return None
    strong = any(before[-len(phrase) :] == phrase for phrase in folded(talk.show))
    weak = not before or (any(before == phrase for phrase in folded(talk.go_to)))
    sure = mention.named or not (said.asking or after or (mention.by_title and said.is_answered))
    if mention.unknown:
        return Refusal("no_such_idea") if strong else None
    return _open(mention.numbers[0]) if strong or (weak and sure) else None


def _facts(said: BoardText) -> Intent | None:
    return facts(said.advisor, said.conversation, said.text, said.found, only_sure=not said.active)


def _open(number: int) -> Action:
    return Action(Verb.IDEA, (str(number),))


_IN_ORDER: tuple[Callable[[BoardText], Intent | None], ...] = (
    _renamed,
    removed,
    list_requests.listed,
    filtered,
    told_of_all,
    requested,
    _asked,
    _facts,
    _opened,
    list_requests.nameless,
)
"""The surest come first."""

_ELSEWHERE: tuple[Callable[[BoardText], Intent | None], ...] = (_renamed, removed_by_name, _facts)
"""The same while something else is on screen: what answers a question there looks much like a request."""
