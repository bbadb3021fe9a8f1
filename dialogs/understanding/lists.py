"""Parses lists of ideas: after "triage", at once or in later messages, and lists that are pasted unasked."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from dialogs.advisor import Advisor
from dialogs.announcements import Announced, announced
from dialogs.commands.command import COLLECTED, Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import Conversation
from dialogs.executor.items import Item, Items, Told
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.flows.choices import ChoicePrompt
from dialogs.ideas.board import Board, Idea
from dialogs.limits import bounded
from dialogs.message import GivenIdea
from dialogs.understanding.expected_replies import reply_in
from dialogs.understanding.list_layout import LIST_MARK, parts_of
from dialogs.understanding.mentions import PLACE, frame, mentions
from dialogs.understanding.pasted_lists import MOST_JUDGED, PastedList, asked_ideas, is_heading, kind_of, pasted_list
from dialogs.understanding.pasted_tables import table_in
from dialogs.understanding.phrases import (
    Words,
    around_each,
    is_done,
    is_question,
    requests,
    rest_of,
    says,
    starts,
    without,
)
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import PROJECT, SURE_PROJECT, Certainty
from knowledge.reading.word_lists import english
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import Prompt, fold, folded

_LIST_LINES, _LONG_LIST = 3, 5
"""A text with this many marked lines is a list of ideas; one with this many lines looks like one."""

_MOST_SAID = 30
"""A text of so many words that mentions several ideas describes none; once something is begun, it says no more."""


_MORE = re.compile(
    r"\s*(?:[-=]{1,2}>|→|⇒|(?:idea\s+|number\s+|nr\.?\s*|#)?(?P<place>\d{1,2})\s*[:=])\s*", re.IGNORECASE
)


_DONE = Command(Kind.GO, What.STOP, value=Value.DONE)

AWAITED = (Command(Kind.IDEAS),)
"""Somebody has several ideas, and tells none yet."""


def announced_list(typed: TypedText) -> Items:
    """The ideas after the opening word."""
    phrases = typed.advisor.catalogue.phrases
    opened = starts(without(typed.words, phrases["courtesies"]), phrases["triage"])
    return ideas_in(typed.advisor, _after_opening(typed.advisor, typed.text)) if opened else ()


def asked_list(typed: TypedText) -> Items:
    """The ideas after the opening word, or that somebody has several. While a list is awaited also several lines,
    remarks about the ideas so far, and that this was all.
    """
    advisor, conversation, text, words, *_ = typed
    phrases, announced = advisor.catalogue.phrases, announced_list(typed)
    if announced:
        return announced
    if _has_several(advisor, conversation, text, words):
        return AWAITED
    prompt = _awaited(advisor, conversation)
    if prompt is None:
        return ()
    around = (*phrases["courtesies"], *phrases["correction"])
    if says(words, (*_pairs(phrases["list_undo"], phrases["list_last"]), *phrases["board_undo"]), around):
        return (Command(Kind.GO, What.BACK),)
    if says(words, phrases["list_count"], around):
        return AWAITED
    if is_done(advisor, text):
        return (_DONE,)
    change = list_change(advisor, conversation, text)
    if change:
        return change
    if len(text.strip().splitlines()) == 1 and LIST_MARK.match(text) is None and is_heading(advisor, text):
        return AWAITED
    listed = ideas_in(advisor, text, conversation.intake.header if conversation.intake is not None else ())
    several = any(isinstance(each, Told) and (len(each.rows) > 1 or each.header) for each in listed)
    return listed if several or LIST_MARK.match(text) else ()


def ideas_in(advisor: Advisor, text: str, header: tuple[str, ...] = ()) -> Items:
    """The ideas of a list that was asked for. `header`: that of a table whose rows were sent before."""
    table = table_in(advisor, text, header)
    if table is None:
        return _told(asked_ideas(advisor, text))
    rest = [line for line in table.rest.splitlines() if not is_done(advisor, line)]
    found = asked_ideas(advisor, "\n".join(rest))
    return _told(found, tuple(GivenIdea(*row) for row in table.rows(advisor)), table.header)


def _told(found: PastedList, rows: tuple[GivenIdea, ...] = (), header: tuple[str, ...] = ()) -> Items:
    """The rows of a table, then ideas that stand on lines of their own."""
    rows = (*rows, *map(GivenIdea, found.ideas))
    command = Command(Kind.IDEAS, value="\n".join(row.text for row in rows))
    told = Told(command, rows=rows, left_out=found.left_out, header=header)
    return AWAITED if told == Told(*AWAITED) else (told,)


def _has_several(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> bool:
    """Whether somebody says that they have several ideas without describing one: "got a bunch of ideas to sort"."""
    phrases = advisor.catalogue.phrases
    around = (*phrases["courtesies"], *phrases["subjects"], *advisor.catalogue.commands["hello"])
    tells = len(words) > _MOST_SAID or len(text.strip().splitlines()) != 1 or re.search(r":\s*\S", text) is not None
    if tells or starts(without(words, around), phrases["explain"]):
        return False
    begun = bool(conversation.revision) and _awaited(advisor, conversation) is None
    numbers = english().cardinals[1:]
    said = tuple("number" if word.isdecimal() or word in numbers else word for word in words)
    for lead, rest in around_each(said, phrases["ideas_several"]):
        owned = any(lead[-len(phrase) :] == phrase for phrase in folded(phrases["ideas_owned"]))
        after = rest_of(rest, phrases["ideas_task"])
        before = without(lead, (*around, *phrases["ideas_owned"]))
        if (owned or after != rest) and not (begun and (before or without(after, around))):
            return True
    return False


@cache
def _pairs(firsts: tuple[str, ...], seconds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{first} {second}" for first, second in product(firsts, seconds))


def list_change(advisor: Advisor, conversation: Conversation, text: str) -> Items:
    """What a text changes beside adding ideas; nothing if it only adds some. Sentences that are neither are ideas."""
    said = sentences(text)
    if not said or len(text.strip().splitlines()) > 1:
        return ()
    collected = _as_board(conversation)
    more = _more(advisor, collected, text)
    if more is not None:
        return (more,)
    removed: list[int] = []
    added: list[str] = []
    done = False
    for number, sentence in enumerate(said):
        gone = _removed(advisor, collected, sentence)
        if gone:
            removed += gone
        elif number == len(said) - 1 and is_done(advisor, sentence):
            done = True
        else:
            added.append(sentence)
    if removed and added and len(said) > 2:  # one idea in several sentences, of which one speaks of another
        return ()
    why = removed and len(added) == 1 and said[-1] == added[0]  # "drop the canteen one. it was a joke"
    items: list[Item] = []
    if removed:
        items.append(Command(Kind.EDIT, What.REMOVE, ideas=tuple(f"{COLLECTED}{at}" for at in dict.fromkeys(removed))))
    if added and not why:
        items += _idea(" ".join(added))
    return (*items, *((_DONE,) if done else ())) if removed or done else ()


def _more(advisor: Advisor, collected: Board, text: str) -> Command | None:
    """What a line adds to an idea before it: "-> 3 examples only" to the last one, "2: no data" to the second."""
    found = _MORE.match(text)
    if found is None or not collected.ideas:
        return None
    place = int(found["place"] or len(collected.ideas))
    said = text[found.end() :].strip()
    if collected.find(place) is None or not fold(said):
        return None
    knowledge = advisor.knowledge
    fact = bool(knowledge.reader.stated(said)) and knowledge.matcher.project(said) < PROJECT
    return Command(Kind.NOTE, ideas=(f"{COLLECTED}{place}",), value=said, quote=said) if fact else None


def _as_board(conversation: Conversation) -> Board:
    """The collected ideas as if they were on a board, numbered in their order, so that a text can name them."""
    intake = conversation.intake
    ideas = () if intake is None else intake.ideas
    return Board().add(Idea(id=str(n), title=idea.text, text="", by=idea.by, at=0) for n, idea in enumerate(ideas))


def _removed(advisor: Advisor, collected: Board, sentence: str) -> tuple[int, ...]:
    """The places of the ideas that a sentence takes back: "no, remove number 5 and 6", "scrap the canteen one"."""
    found = mentions(advisor, collected, sentence)
    if not found or any(mention.unknown for mention in found):
        return ()
    talk, phrases = advisor.catalogue.board, advisor.catalogue.phrases
    words = without(frame(sentence, found), (*phrases["courtesies"], *phrases["correction"], *phrases["reject"]))
    removes = (*talk["removes"], *phrases["list_undo"])
    around = frozenset(
        (*talk["title_fillers"], *talk["title_openers"], *talk["title_nouns"], *talk["tail"], "list", "and", "n")
    )
    rest = rest_of(words, removes) if starts(words, removes) else words
    said = rest != words and around.issuperset(word for word in rest if word != PLACE)
    takes_back = said or words in folded(talk["removed"])
    return tuple(number for mention in found for number in mention.numbers) if takes_back else ()


def collected_reply(typed: TypedText) -> Items:
    """What words for a button do while a list is collected; those for an older list say how long the new one is."""
    known = reply_in(typed.advisor, typed.conversation, typed.text)
    flows, said = typed.advisor.flows, known[0] if known else None
    older = isinstance(said, Command) and flows.flow_for(typed.conversation, said) is flows.board
    return AWAITED if older else known[:1]


def next_idea(typed: TypedText) -> Items:
    """The idea that a line tells while a list is awaited."""
    said = announced(typed.advisor.catalogue.titles, typed.text)
    idea = said.idea if said is not None and said.surely else typed.text
    return _idea(idea.strip())


def _idea(text: str) -> Items:
    """One more idea of a list that is collected."""
    return _told(PastedList((LIST_MARK.sub("", text),)))


def _awaited(advisor: Advisor, conversation: Conversation) -> ChoicePrompt | None:
    intake = advisor.flows.intake
    return intake.prompt(conversation) if conversation.flow == intake.name else None


def _after_opening(advisor: Advisor, text: str) -> str:
    """What stands after the opening word. A first line that ends in a colon is a heading."""
    opening = "|".join(map(re.escape, advisor.catalogue.phrases["triage"]))
    rest = re.split(rf"\b(?:{opening})\b[ \t]*[:,-]?", text, maxsplit=1, flags=re.IGNORECASE)[-1]
    first, _, below = rest.partition("\n")
    return below if first.rstrip().endswith(":") else rest


def unasked_list(advisor: Advisor, prompt: Prompt | None, text: str) -> Items:
    """The ideas of a pasted list. While a question is open, only a table and lines with marks are a list."""
    table = table_in(advisor, text)
    if table is not None and table.header and len(list(table.rows(advisor))) > 1:
        return ideas_in(advisor, text)
    found = pasted_list(advisor, text, only_marked=prompt is not None)
    return () if found is None else _told(found)


def listed_ideas(advisor: Advisor, conversation: Conversation, text: str) -> Items:
    """The ideas of a long list, of whose beginning no more was understood than that it is one, or tells of an idea."""
    typed = TypedText.at(advisor, conversation, text)
    asked = asked_list(typed)
    lists = len(asked) == 1 and (asked == AWAITED or isinstance(asked[0], Told))
    return asked if lists else unasked_list(advisor, typed.prompt, text)


def is_list(text: str) -> bool:
    """Whether a text looks like a list of ideas."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LONG_LIST or sum(LIST_MARK.match(line) is not None for line in lines) >= _LIST_LINES


def read_ahead(advisor: Advisor, conversation: Conversation, text: str) -> Iterator[object]:
    """Reads a little of a list at each step, and remembers it until the turn; nothing of other texts."""
    found = bounded(text)
    parts = parts_of(found.text) if found.is_list else ()
    table = table_in(advisor, found.text, () if conversation.intake is None else conversation.intake.header)
    rows = () if table is None or not parts else table.rows(advisor)
    yield from rows
    for part in parts[:MOST_JUDGED]:
        yield advisor.knowledge.matcher.project(part.text)
        yield kind_of(advisor, part)
    listed = listed_ideas(advisor, conversation, found.text) if parts else ()
    ideas = [idea for told in listed if isinstance(told, Told) for idea in told.rows]
    for idea in ideas[:IDEAS_JUDGED]:
        yield from advisor.flows.board.read_ahead(idea.text)


def announced_idea(typed: TypedText) -> Told | None:
    """The idea behind an announcement; None if what follows is an answer, a question, a list or a known idea, or where
    no descriptions are taken.
    """
    if not typed.flow.accepts_descriptions:
        return None
    advisor, conversation, text, _, _, prompt = typed
    said = announced(advisor.catalogue.titles, text)
    if said is None or _is_known(advisor, conversation, said.idea):
        return None
    matcher = advisor.knowledge.matcher
    project = max(matcher.project(said.idea), matcher.project(advisor.flows.titles.of(said.idea)))
    if not _is_idea(advisor, prompt, said, project) or unasked_list(advisor, None, text):
        return None
    return Told(Command(Kind.IDEA, value=said.idea), surely=said.surely or project >= SURE_PROJECT)


def _is_known(advisor: Advisor, conversation: Conversation, idea: str) -> bool:
    """Whether the words are a command, a yes or a no, or name an idea of the list."""
    phrases, said = advisor.catalogue.phrases, " ".join(fold(idea))
    if said in phrases["confirm"] or said in phrases["reject"] or said in advisor.catalogue.command_of:
        return True
    board = conversation.board
    return board is not None and any(mention.definite for mention in mentions(advisor, board, idea))


def _is_idea(advisor: Advisor, prompt: Prompt | None, said: Announced, project: float) -> bool:
    """Whether what follows is an idea by its probability. What is called a new one surely may also be a bare name."""
    words = fold(said.idea)
    asks = is_question(advisor, said.idea, words) and not requests(advisor, words)
    if project >= (SURE_PROJECT if asks else PROJECT):
        return said.surely or not _answers(advisor, prompt, said.idea)
    named = said.surely and len(words) > 1 and not any(map(str.isdecimal, words))
    return named and not asks and not _answers(advisor, prompt, said.idea)


def _answers(advisor: Advisor, prompt: Prompt | None, text: str) -> bool:
    """Whether a text surely answers the open question, or any."""
    asked = prompt.id if prompt is not None and prompt.id in advisor.pack.question_of else None
    read = advisor.knowledge.typed_answers.answers
    return any(answer.certainty is Certainty.TAKE for answer in (*read(text, asked), *read(text, None)))
