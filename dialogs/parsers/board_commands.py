"""Parses texts about the ideas of a board: "idea 3", "3: we do have data", "compare 2 and 7"."""

import re

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.intents import Commands, Intent, Refusal, RemoveIdeas, comparing, listing
from dialogs.message import Action, Verb
from dialogs.parsers import new_titles
from dialogs.parsers.idea_numbers import NUMBER, NUMBERS, about_ideas, numbers_in
from dialogs.parsers.phrases import Words, contains, without
from dialogs.parsers.whole_list import cleared
from knowledge.typed_answers.word_parser import fold, folded

_NAMED = re.compile(rf"\bideas?\s+(?:numbers?\s+)?({NUMBERS})", re.IGNORECASE)
_NUMBER_LIST = re.compile(r"(?:(?:the|ideas?|and|to|with|numbers?|\d{1,6})(?:\s+|$))+")


def parse(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> Intent | None:
    """The request to the board; None if a text is about something else. Its remark says why it is not possible."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    listed = filtered(advisor, conversation, words)
    if listed is not None:
        return listed
    board = conversation.board or Board()
    named = tuple(numbers_in(text))
    numbers = tuple(number for number in named if board.find(number) is not None)
    # With the one on the card, or that a question is about.
    beside = conversation.listing is not None and bool(conversation.listing.idea) and len(named) == 1
    if _is_number_list(_after(bare, phrases.board_compare)) and not beside:
        return comparing(numbers) if len(numbers) > 1 else Refusal("no_such_idea")
    removed = _after(bare, phrases.board_remove)
    if bare in folded(phrases.board_remove) and advisor.flows.board.prompt(conversation) is not None:
        return Refusal("remove_by_number")  # no answer to the question
    if _is_number_list(removed):
        return RemoveIdeas(named) if numbers else Refusal("no_such_idea")
    shows = conversation.flow == advisor.flows.board.name and conversation.listing is not None
    emptied = cleared(advisor, board, text, shown=shows) if board.shown else None
    if emptied is not None:
        return emptied
    shown = advisor.flows.board.shown_idea(conversation)
    renamed = new_titles.renamed(advisor, board, text, shown, phrases.board_rename)
    if renamed is not None:
        return renamed
    about = about_ideas(advisor, conversation, board, text)
    if about is None and len(named) == len(numbers) > 1 and _compares(advisor, conversation, text, bare):
        return comparing(numbers)
    return about


def pressed(advisor: Advisor, conversation: Conversation, words: Words) -> Action | None:
    """The button that a text means: back to the list, or, while the list is shown, an idea: "why is 2 like that", "8:
    missing".
    """
    flow, phrases = advisor.flows.board, advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    if bare in folded(phrases.board_back):
        shown = conversation.flow == flow.name and flow.under_way(conversation)
        return Action(Verb.BACK if shown else Verb.IDEAS)
    numbers = [word for word in bare if word.isdecimal()]
    if len(numbers) != 1 or not flow.numbers_are_ideas(conversation):
        return None
    said = " ".join(word for word in bare if not word.isdecimal())
    for verdict in advisor.pack.verdicts:
        said = said.removesuffix(f" {' '.join(fold(verdict.name))}")
    about = folded((*phrases.board_why, *phrases.board_missing))
    return Action(Verb.IDEA, (numbers[0],)) if tuple(said.split()) in about else None


def _compares(advisor: Advisor, conversation: Conversation, text: str, bare: Words) -> bool:
    """Whether a text compares ideas: "how do ideas 1 and 3 compare?"."""
    on_board = advisor.flows.board.numbers_are_ideas(conversation) or _NAMED.search(text) is not None
    return on_board and contains(bare, advisor.catalogue.phrases.board_compare)


def filtered(advisor: Advisor, conversation: Conversation, words: Words) -> Commands | None:
    """A filter of the list: "ideas", "hybrid ideas", "my open ideas"; while the list is shown, "hybrid" alone."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    named = [word for word in bare if word in phrases.board_list]
    shows_list = advisor.flows.board.shows_list(conversation)
    if not bare or not (named or shows_list):
        return None
    verdict, owner, is_open = "", False, False
    rest = tuple(word for word in bare if word not in phrases.board_list and word not in phrases.board_fillers)
    for candidate in advisor.pack.verdicts:
        name = fold(candidate.name)
        if rest[: len(name)] == name or rest[-len(name) :] == name:
            verdict = candidate.id
            rest = rest[len(name) :] if rest[: len(name)] == name else rest[: -len(name)]
            break
    for word in rest:
        if word in phrases.board_mine:
            owner = True
        elif word in phrases.board_open:
            is_open = True
        else:
            return None
    some = bool(verdict) or owner or is_open
    whole = bool(named) and all(word in phrases.board_list or word in phrases.board_fillers for word in bare)
    return listing(verdict, mine=owner, undecided=is_open) if some or whole else None


def _after(bare: Words, openers: tuple[str, ...]) -> Words:
    """The words after the longest of the openers; none if the text begins otherwise."""
    longest = max((len(phrase) for phrase in folded(openers) if bare[: len(phrase)] == phrase), default=len(bare))
    return bare[longest:]


def _is_number_list(words: Words) -> bool:
    """Whether words are only numbers of ideas: "ideas 2 and 7"."""
    rest = " ".join(words)
    return _NUMBER_LIST.fullmatch(rest) is not None and NUMBER.search(rest) is not None
