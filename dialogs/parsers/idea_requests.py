"""Requests about ideas that a text names, or about the one on the card: to open, ask about, compare, remove, rename."""

import re
from collections.abc import Callable

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.intents import Intent, Refusal, renaming
from dialogs.message import Action, Verb
from dialogs.parsers import list_requests
from dialogs.parsers.board_acts import asked, compared, renames, requested
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import facts, is_about_subject, is_plain, without_slip
from dialogs.parsers.idea_mentions import PLACE, frame, mentions
from dialogs.parsers.list_requests import LONGEST
from dialogs.parsers.listed_elsewhere import surely_named
from dialogs.parsers.new_titles import plain_title, renamed
from dialogs.parsers.phrases import alternatives, contains, led, starts, without
from dialogs.parsers.removals import removed, removed_by_name
from dialogs.parsers.whole_list import filtered, told_of_all
from knowledge.interfaces import PROJECT
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold, folded

_FEW_MORE = 2
"""Most words beside the names in a text that compares: "payroll vs invoices, whats the difference"."""

_TELLING = 3
"""Least words that name an idea by its title in a text that may be about anything: "the shop texts"."""


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
    if not active:
        every = tuple(mention for mention in mentions(advisor, board, text) if mention.by_title or mention.named)
        both = _compared(BoardText(advisor, conversation, text, every, led(frame(text, every).words, advisor)))
        if both is not None:
            return both
    for request in _IN_ORDER if active else _ELSEWHERE:
        intent = request(said)
        if intent is not None:
            return intent
    return None


def named_at_all(advisor: Advisor, conversation: Conversation, text: str, *, surely: bool) -> Action | None:
    """The button for the only idea that a text names, whatever else it says. `surely`: words that may be about anything
    do not count ("the tickets"), since the text describes an idea of its own.
    """
    flow = advisor.flows.board
    if conversation.flow != flow.name or not flow.under_way(conversation):
        return None
    found = mentions(advisor, conversation.board or Board(), text)
    told = [m for m in found if m.definite and len(fold(text[m.start : m.end])) >= _TELLING]
    sure = [m for m in found if m.named or (m in told and not surely)]
    named = {number for mention in sure for number in mention.numbers}
    return _open(named.pop()) if len(named) == 1 and not any(mention.unknown for mention in found) else None


def _compared(said: BoardText) -> Intent | None:
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    if not contains(said.words, talk.contrast) or not said.known:
        return None
    asked = starts(said.words, phrases.board_compare) or _says_little_else(said)
    sure = [m for m in said.found if is_plain(said.advisor, said.text, m) or (asked and m.by_title)]
    numbers = tuple(dict.fromkeys(number for mention in sure for number in mention.numbers))
    return compared(said, numbers)


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


def _says_little_else(said: BoardText) -> bool:
    """Whether a text that compares hardly has more than the names of what it compares."""
    talk = said.advisor.catalogue.board
    empty = {PLACE, *talk.title_fillers, *talk.title_openers, *talk.verbs, *english().question_words}
    empty |= {word for phrase in (*talk.contrast, *talk.which) for word in phrase.split()}
    return len([word for word in said.words if word not in empty]) <= _FEW_MORE


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


def _explained(said: BoardText) -> Intent | None:
    """Why an idea is decided as it is, or is not: its card says so."""
    talk, number = said.advisor.catalogue.board, said.one
    if not contains(said.words, talk.explain):
        return None
    if number is None and said.shown is not None and _is_only_why(said):
        number = said.shown
    return None if number is None else _open(number)


def _is_only_why(said: BoardText) -> bool:
    """Whether a text asks for reasons and names nothing but verdicts: "why is it still undecided"."""
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    verdicts = said.advisor.pack.verdicts
    around = {*talk.explain_fillers, *phrases.verdict_fillers, *phrases.board_open}
    around |= {word for verdict in verdicts for word in fold(verdict.name)}
    around |= {word for phrase in talk.explain for word in fold(phrase)}
    return around.issuperset(said.words) and not is_about_subject(said.advisor, said.text)


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
    _compared,
    _asked,
    _explained,
    _facts,
    _opened,
    list_requests.first,
    list_requests.exported,
    list_requests.undone,
    list_requests.nameless,
)
"""The surest come first."""

_ELSEWHERE: tuple[Callable[[BoardText], Intent | None], ...] = (_renamed, removed_by_name, _facts)
"""The same while something else is on screen: what answers a question there looks much like a request."""
