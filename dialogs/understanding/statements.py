"""What a part of a line says of which ideas, and which answers these are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LIKE, NONE, Command, Kind, Sure
from dialogs.conversation import Conversation
from dialogs.executor.items import Items, Unclear
from dialogs.flows.board_position import board_of
from dialogs.message import number_in
from dialogs.replies.notices import Notice
from dialogs.understanding.candidates import Candidate, Surroundings, candidates
from dialogs.understanding.mentions import Mention, mentions
from dialogs.understanding.phrases import alternatives, is_opening, questions_called
from dialogs.understanding.references import REST, Reference, references
from dialogs.understanding.thresholds import TAKEN
from dialogs.understanding.typed_text import TypedText
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold, parse_answer

_MARKS = " \t\n:=,.;-–—()"
_CUT = re.compile(r"[,;.]\s|\n|\s(?=and\b)", re.IGNORECASE)


PLAIN: Mapping[str, float] = {Kind.SET: 1.0}
"""The kinds of a text that surely gives answers."""


class Line(NamedTuple):
    """What the parts before have said: their ideas and question, and all ideas named. `several`: there are others."""

    ideas: tuple[str, ...] = ()
    question: str = ""
    named: tuple[str, ...] = ()
    several: bool = False

    def after(self, done: Sequence[Command], said: tuple[str, ...] = ()) -> Self:
        """With what these commands are about, or else the ideas that a part names with which nothing was done."""
        sets = tuple(each for each in done if each.command is Kind.SET)
        ideas = next((each.ideas for each in reversed(done) if each.ideas), said or self.ideas)
        named = tuple(dict.fromkeys((*self.named, *(idea for each in sets for idea in each.ideas))))
        return self._replace(ideas=ideas, question=sets[-1].question if sets else self.question, named=named)


class Said(NamedTuple):
    """An answer that is said of some ideas, and how likely that is."""

    ideas: tuple[str, ...]
    candidate: Candidate
    probability: float

    @property
    def in_passing(self) -> bool:
        """Whether it would change an answer to a question that is neither named, nor open, nor talked about."""
        features = self.candidate.features
        return bool(features.get("differs")) and not any(features.get(name) for name in ("named", "opened", "topic"))

    @property
    def beside_question(self) -> bool:
        """Whether a single word would change another answer than the one that is asked for."""
        return all(self.candidate.features.get(name) for name in ("differs", "single", "another opened"))

    @property
    def command(self) -> Command:
        question, option, quote, _ = self.candidate
        return Command(Kind.SET, ideas=self.ideas, question=question, option=option, quote=quote, sure=Sure.STATED)


def answers_said(
    advisor: Advisor, conversation: Conversation, text: str, likely: Mapping[str, float], line: Line
) -> tuple[Said, ...]:
    """The likeliest answer to each question, for each of the ideas."""
    found: list[Said] = []
    for ideas, value in statements(advisor, conversation, text, line):
        topics = tuple(each for each in (line.question, last_question(conversation)) if each)
        best: dict[str, Said] = {}
        for each in candidates(advisor, conversation, value, Surroundings(topics, likely, chosen(conversation, ideas))):
            said = Said(ideas, each, advisor.knowledge.candidates.probability(each.features))
            if each.question not in best or said.probability > best[each.question].probability:
                best[each.question] = said
        found += best.values()
        sure = max(best.values(), key=lambda each: each.probability, default=None)
        line = line if sure is None or sure.probability < TAKEN else line.after((sure.command,))
    return tuple(found)


def said_of_ideas(advisor: Advisor, conversation: Conversation, text: str, line: Line) -> Items:
    """The plain answers in a text about ideas. Where a single one has none, its question is asked."""
    found = answers_said(advisor, conversation, text, PLAIN, line)
    taken = tuple(each.command for each in found if each.probability >= TAKEN)
    named = {idea for ideas, _ in statements(advisor, conversation, text, line) for idea in ideas}
    number = number_in(named.pop()) if len(named) == 1 else 0
    idea = board_of(conversation).find(number) if number else None
    if taken or idea is None:
        return taken
    asked = found[0].candidate.question if found else None
    ask = advisor.flows.board.judge.row(idea).ask
    question = asked or (NONE if ask is None else ask.id)
    return (Command(Kind.OPEN, ideas=(str(number),), question=question), Unclear(Notice("which_answer")))


def chosen(conversation: Conversation, ideas: Sequence[str]) -> Mapping[str, str]:
    """The answers of the first of these ideas, or of the conversation's own."""
    number = int(ideas[0]) if ideas and ideas[0].isdecimal() else conversation.focus.idea
    idea = board_of(conversation).find(number)
    return conversation.chosen if idea is None else idea.chosen


def statements(
    advisor: Advisor, conversation: Conversation, text: str, line: Line
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is said of which ideas: behind where they are named; before it, where a word leads to them from there."""
    found = [one for one in references(advisor, conversation, text) if not one.denied]
    if not found:
        yield line.ideas, text
        return
    starts, ends = [0, *(one.end for one in found)], [*(one.start for one in found), len(text)]
    said: list[list[str]] = [[] for _ in found]
    for at, chunk in enumerate(text[start:end] for start, end in zip(starts, ends, strict=True)):
        behind, before = _divided(advisor, chunk) if 0 < at < len(found) else (chunk, "")
        leads = at == 0 and behind.rstrip().endswith((",", ".", ";", "!")) and is_opening(advisor, behind)
        said[max(at - 1, 0)] += [behind] if _says(advisor, behind) and not leads else []
        if at < len(found):
            said[at] += [before] if _says(advisor, before) else []
    told, waiting = [*line.named], list[str]()
    for one, values in zip(found, said, strict=True):
        ideas = _ideas(conversation, one, told)
        told += ideas
        called = (
            [advisor.pack.question_of[each] for each in questions_called(advisor, fold(values[0]))] if values else []
        )
        runs_on = called and len(values) > 1 and not values[1].lstrip().startswith((",", ";", "."))
        if runs_on and not any(parse_answer(question, values[0]).options for question in called):
            values[:2] = [f"{_bare(advisor, values[0])} {values[1].strip(_MARKS)}"]
        waiting += ideas
        for value in values:
            yield tuple(dict.fromkeys(waiting)), _bare(advisor, value)
        waiting = [] if values else waiting
    if waiting:
        yield tuple(dict.fromkeys(waiting)), text


def _ideas(conversation: Conversation, one: Reference, named: Sequence[str]) -> tuple[str, ...]:
    if one.ideas == (REST,):
        # The rest of those that a question is asked about, else of all.
        asked = conversation.listing.rows if conversation.listing is not None else ()
        numbers = asked or [idea.number for idea in board_of(conversation).shown]
        return tuple(str(number) for number in numbers if str(number) not in named)
    return one.ideas


def _divided(advisor: Advisor, between: str) -> tuple[str, str]:
    """What stands between two ideas: said of the one before, and of the one behind, to which a colon or a preposition
    leads ("no data for").
    """
    words = fold(between)
    leads = between.rstrip().endswith(":") or (len(words) > 1 and words[-1] in advisor.catalogue.board["prepositions"])
    cut = max((found.end() for found in _CUT.finditer(between)), default=0)
    return (between[:cut], between[cut:]) if leads else (between, "")


def _bare(advisor: Advisor, value: str) -> str:
    """What is said, without what joins it to the ideas beside it."""
    joins = alternatives(("and", "but", *advisor.catalogue.board["prepositions"]))
    return re.sub(rf"\s(?:{joins})$", "", value.strip(_MARKS), flags=re.IGNORECASE).strip(_MARKS)


def _says(advisor: Advisor, value: str) -> bool:
    """Whether a text says anything beside small words."""
    small = {
        *advisor.catalogue.board["prepositions"],
        "and",
        "the",
        "also",
        "but",
        "as",
        "well",
        "too",
        "same",
        "please",
    }
    return any(word not in small for word in fold(value))


def last_question(conversation: Conversation) -> str:
    """The question of the answer that was given last; "" for none."""
    changes = conversation.written[-1].changes if conversation.undo else ()
    given = [change.part for change in changes if change.part.startswith("answer:")]
    return given[-1].removeprefix("answer:") if given else ""


_CLOSE = 4
"""Words before an idea among which one that denies says that it is no likeness."""


def said_alike(typed: TypedText, line: Line) -> tuple[Command, ...]:
    """The answers to the questions that a text calls, or all of them, taken from the idea that it compares with."""
    advisor, board = typed.advisor, board_of(typed.conversation)
    if {*typed.words}.isdisjoint(advisor.catalogue.phrases["alike"]):
        return ()
    source = next((one for one in mentions(advisor, board, typed.text) if _is_compared(typed, one)), None)
    if source is None:
        return ()
    like = str(source.numbers[0])
    named = [one for one in references(advisor, typed.conversation, typed.text) if one.start != source.start]
    targets = tuple(idea for one in named for idea in one.ideas if idea != like) or line.ideas
    asked = questions_called(advisor, typed.words) or (ALL,)
    said = Command(Kind.SET, ideas=targets, option=LIKE, value=like, quote=typed.text, sure=Sure.STATED)
    return tuple(said.replace(question=question) for question in asked)


def _is_compared(typed: TypedText, one: Mention) -> bool:
    """Whether a word that compares leads to an idea, with nothing but small words between them."""
    phrases = typed.advisor.catalogue.phrases
    before = [word for word in fold(typed.text[: one.start]) if word not in phrases["alike_fillers"]]
    return not {*before[-1:]}.isdisjoint(phrases["alike_links"]) and english().negations.isdisjoint(before[-_CLOSE:])
