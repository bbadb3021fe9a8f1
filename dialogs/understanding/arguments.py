"""What a kind of command is carried out as: with the ideas, questions, titles and forms that a part of a line names."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, NONE, Command, Kind, What
from dialogs.commands.shortcuts import supposing
from dialogs.executor.items import Items, Told
from dialogs.flows.board_cards import NOT_A_FIT
from dialogs.flows.board_position import board_of
from dialogs.understanding.asked_forms import asked_filter, ideas_of_text, text_asked
from dialogs.understanding.lesson_answers import lesson_asked
from dialogs.understanding.lists import AWAITED, announced_idea, asked_list, ideas_in, is_list, unasked_list
from dialogs.understanding.phrases import (
    Words,
    alternatives,
    around_each,
    contains,
    first_named,
    led,
    names_of,
    questions_called,
    requests,
    rest_of,
    starts,
    without,
)
from dialogs.understanding.references import NUMBERS, named, numbers_in, numbers_named
from dialogs.understanding.remarks import about_advisor, remark_in
from dialogs.understanding.statements import PLAIN, Line, Said, answers_said, last_question, said_of_ideas
from dialogs.understanding.thresholds import LOOKS, PROPOSED, TOLD, TOLD_WORDS
from dialogs.understanding.titles import new_title, renamed
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import PROJECT, MatchOutcome
from knowledge.reading.sums import as_value
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold, parse_answer

_NAMES_NONE = frozenset({What.ME, What.SOURCES, What.NEXT, What.SINCE, What.HISTORY})
"""What is shown of no single idea."""

_NOTE_WORD, _BARE = 4, 5
"""Letters of a word that tells notes apart, and the words of a line that may mean the last note without naming it."""


def commands_for(typed: TypedText, kind: str, line: Line) -> Items:
    """What a text asks for, if it is of this kind; none where it does not say enough."""
    name, _, form = kind.partition(".")
    command, what = Kind(name), What(form or What.NONE)
    match command:
        case Kind.IDEA:
            return _idea(typed)
        case Kind.IDEAS:
            return _ideas(typed)
        case Kind.EDIT:
            return _edited(typed, what, line)
        case Kind.SET | Kind.CLEAR | Kind.NOTE | Kind.RETARGET:
            return _written(typed, command, what, line)
        case Kind.LEARN:
            return _learnt(typed, what)
        case _:
            return _looked(typed, command, what)


def _idea(typed: TypedText) -> Items:
    advisor, conversation, text, *_ = typed
    announced = announced_idea(typed)
    if announced is not None:
        return (announced,)
    long = len(typed.words) >= TOLD_WORDS and not (advisor.knowledge.by_meaning and conversation.revision)
    told = long or requests(advisor, typed.words) or advisor.knowledge.matcher.project(text) >= TOLD
    return (Told(Command(Kind.IDEA, value=text), listed=is_list(text)) if told else Command(Kind.IDEA),)


def _ideas(typed: TypedText) -> Items:
    advisor, _, text, *_ = typed
    asked = asked_list(typed) or unasked_list(advisor, None, text)
    if asked in ((), AWAITED) and advisor.knowledge.matcher.project(text) >= PROJECT:
        return _idea(typed)  # it tells what, so it is one
    if not asked and "\n" in text.strip():  # its layout is that of no list
        return ()
    return asked or ideas_in(advisor, text if ":" in text else "")


def _edited(typed: TypedText, what: What, line: Line) -> Items:
    """A change of the list; another title stands behind the idea that gets it."""
    advisor, conversation, text, *_ = typed
    ideas = _changed(typed) or numbers_named(advisor, conversation, text) or line.ideas
    talk, back, board = advisor.catalogue.board, advisor.catalogue.status_words["open"], board_of(conversation)
    titles = {word for idea in board.shown if str(idea.number) in ideas for word in fold(idea.title)}
    notes = {*talk["notes"]}.intersection(typed.words) - titles
    if what is What.REMOVE and (notes or contains(typed.words, (*talk["excepting"], *talk["renames"], *back))):
        return ()  # it keeps something, is put off, or means a note of the idea
    if what is What.REMOVE and set(questions_called(advisor, tuple(w for w in typed.words if w not in titles))):
        return _written(typed, Kind.CLEAR, What.NONE, line._replace(ideas=ideas))  # it is an answer that goes
    if what is What.STATUS:
        status = first_named(typed.words, advisor.catalogue.status_words)
        denied = not english().negations.isdisjoint(typed.words) and status != NOT_A_FIT  # whose own words deny
        return (Command(Kind.EDIT, what, ideas, value=status),) if status and not denied else ()
    if what is What.MERGE:
        return (Command(Kind.EDIT, what, _target_first(typed, ideas)),)
    if what is not What.RENAME:
        return (Command(Kind.EDIT, what, ideas),)
    shown = advisor.flows.board.shown_idea(conversation)
    new = renamed(advisor, board, text, shown, advisor.catalogue.board["renames"]) if board.shown else ()
    title = new_title(advisor, text)
    return new or ((Command(Kind.EDIT, what, ideas[:1], value=title),) if title else ())


def _changed(typed: TypedText) -> tuple[str, ...]:
    """What stands right behind what is to be done with ideas: numbers, whether or not there are such ideas, or all."""
    catalogue, phrases = typed.advisor.catalogue, typed.advisor.catalogue.phrases
    words = (*catalogue.board["removes"], *(word for words in catalogue.status_words.values() for word in words))
    bare, every = without(typed.words, phrases["courtesies"]), {*phrases["board_all"]} - {*catalogue.board["this"]}
    if bare[-1:] and bare[-1] in every and not without(bare[:-1], (*phrases["courtesies"], *words)):
        return (ALL,)
    found = re.finditer(rf"\b(?:{alternatives(words)})\s+({NUMBERS})(?!\s+\w+s\b)", typed.text, re.IGNORECASE)
    return tuple(dict.fromkeys(str(number) for each in found for number in numbers_in(each[1])))


def _target_first(typed: TypedText, ideas: tuple[str, ...]) -> tuple[str, ...]:
    """The ideas of a merge, or of what was meant for another; that which the others go into, or what was said, stands
    behind its preposition, and is named first here."""
    advisor, conversation, text, *_ = typed
    for word in advisor.catalogue.board["target"]:
        _, found, behind = text.lower().partition(f" {word} ")
        target = numbers_named(advisor, conversation, behind) if found else ()
        ideas = (*target, *(idea for idea in ideas if idea not in target))
    return ideas


def _written(typed: TypedText, command: Kind, what: What, line: Line) -> Items:
    advisor, conversation, text, *_ = typed
    ideas = named(advisor, conversation, text) or line.ideas
    denied = {after for word, after in pairwise(typed.words) if word in english().denials}
    match command:
        case Kind.CLEAR if denied.intersection(advisor.catalogue.board["removes"]):
            return ()
        case Kind.CLEAR if what is What.NOTE:
            phrases, said = advisor.catalogue.phrases, {*typed.words}
            several = bool(said & {*phrases["notes"]}) and bool(said & {*phrases["board_all"]})
            meant = ("", ALL) if several else (_words_of_note(typed), NONE)
            return (Command(command, what, ideas, value=meant[0], question=meant[1], quote=text),)
        case Kind.SET:
            asks = ideas and typed.flow is not advisor.flows.lessons
            return said_of_ideas(advisor, conversation, text, line) if asks else ()
        case Kind.NOTE:
            return (Command(command, ideas=ideas, value=text, quote=text),)
        case Kind.RETARGET:
            return (Command(command, ideas=_target_first(typed, ideas)[:1]),) if ideas else ()
        case _:
            asked = _questions_meant(typed)
            return tuple(Command(command, ideas=ideas, question=question, quote=text) for question in asked)


def _words_of_note(typed: TypedText) -> str:
    """The words by which a text means a note; none where it says no more than that one goes."""
    listed = (note for idea in board_of(typed.conversation).shown for note in idea.kept_notes)
    notes = (*typed.conversation.kept_notes, *listed)
    known = {word for note in notes for word in fold(note.text) if len(word) >= _NOTE_WORD}
    meant = [word for word in typed.words if word in known]
    return " ".join(meant or (typed.words if len(typed.words) > _BARE else ()))


def _learnt(typed: TypedText, what: What) -> Items:
    match what:
        case What.ANSWER:
            return ()
        case What.LESSON | What.FIND:
            return lesson_asked(typed, ahead=what is What.FIND)
        case _:
            return (Command(Kind.LEARN, what),)


def _looked(typed: TypedText, command: Kind, what: What) -> Items:
    """What only shows something, moves, or talks."""
    advisor, conversation, text, words, flow, _ = typed
    ideas = numbers_named(advisor, conversation, text)
    beside_list = flow is advisor.flows.board
    match command, what:
        case Kind.ASK, _:
            return (Told(Command(command, value=text), surely=True),)
        case Kind.OPEN, _:
            return (Command(command, ideas=ideas[:1]),) if ideas else ()
        case Kind.CHAT, What.ABOUT_YOU:
            return remark_in(advisor, words) or about_advisor(advisor, words) or (Command(command, what),)
        case Kind.EXPLAIN, (What.QUESTION | What.OPTION):
            return _explained(typed, what, ideas)
        case Kind.CALCULATE, _:
            return (Command(command, ideas=ideas, value=as_value(text)),)
        case Kind.WRITE, _:
            whole = (ALL,) if beside_list and advisor.flows.board.shown_idea(conversation) is None else ()
            return (text_asked(typed, ideas_of_text(typed) or whole),)
        case Kind.COMPARE, _:
            here = conversation.listing.idea if beside_list and conversation.listing is not None else 0
            both = (str(here), *ideas) if here and len(ideas) == 1 else ideas
            return (Command(command, ideas=both if len(both) > 1 else (ALL,)),)
        case Kind.SUPPOSE, _:
            return tuple(_supposed(typed, ideas))
        case Kind.SHOW, What.IDEAS:
            return asked_filter(advisor, text)
        case Kind.SHOW, _ if what in _NAMES_NONE:
            return (Command(command, what),)
        case ((Kind.SHOW | Kind.EXPLAIN), _):
            return (Command(command, what, ideas),)
        case _:
            return (Command(command, what, quote=text if command in (Kind.CONFIRM, Kind.REJECT) else ""),)


def _explained(typed: TypedText, what: What, ideas: tuple[str, ...]) -> Items:
    """What a question, or an option of it, means: the one that is named, or spoken of, or else the open one."""
    spoken = _spoken_of(typed)
    named = next(iter(questions_called(typed.advisor, typed.words)), None)
    opened = "" if typed.question is None else typed.question.id
    question = named or (spoken.candidate.question if spoken is not None else opened)
    if not question:
        return ()
    known = spoken is not None and spoken.candidate.question == question and what is What.OPTION
    option = spoken.candidate.option if spoken is not None and known else NONE
    return (Command(Kind.EXPLAIN, what, ideas, question=question, option=option),)


def _spoken_of(typed: TypedText) -> Said | None:
    """The likeliest answer in a text, taken for one."""
    found = answers_said(typed.advisor, typed.conversation, typed.text, PLAIN, Line())
    likely = [each for each in found if each.probability >= PROPOSED]
    return max(likely, key=lambda each: each.probability, default=None)


def _questions_meant(typed: TypedText) -> Sequence[str]:
    """The questions whose answers are taken back: named, all of them, or that which is spoken of; else the last one."""
    if named := questions_called(typed.advisor, typed.words):
        return named
    if not {*typed.words}.isdisjoint(typed.advisor.catalogue.phrases["board_all"]):
        return (ALL,)
    spoken = _spoken_of(typed)
    last = last_question(typed.conversation)
    meant = spoken.candidate.question if spoken is not None else last if len(typed.words) <= _BARE else ""
    return (meant,) if meant else ()


def supposition(typed: TypedText, *, stated: bool = True) -> Items:
    """What a text supposes that begins with words for that. A mere condition supposes nothing unless answers are
    `stated` in the text, and all behind it is no part of it.
    """
    words = rest_of(led(typed.words, typed.advisor), typed.advisor.catalogue.board["wished"])
    condition = not english().conditionals.isdisjoint(words[:1])
    if not starts(words, typed.advisor.catalogue.phrases["hypothetical"]) or (condition and not stated):
        return ()
    said = typed.part(typed.text.partition(",")[0]) if condition else typed
    ideas = numbers_named(typed.advisor, typed.conversation, said.text)
    return tuple(each for each in _supposed(said, ideas) if each.question != NONE)


def _supposed(typed: TypedText, ideas: tuple[str, ...]) -> Sequence[Command]:
    """The answers that a text supposes: likely candidates, and what is read behind the words for it, or else in it."""
    found = answers_said(typed.advisor, typed.conversation, typed.text, PLAIN, Line())
    likely = {each.candidate.question: each.candidate.option for each in found if each.probability >= LOOKS}
    openers = tuple(sorted(typed.advisor.catalogue.phrases["hypothetical"], key=lambda phrase: -len(fold(phrase))))
    behind = [after for _, after in around_each(typed.words, openers)]
    read = next(filter(None, (_as_facts(typed.advisor, rest) for rest in (*behind[:1], typed.words))), {})
    return tuple(each.replace(ideas=ideas) for each in supposing({**read, **likely}))


def _as_facts(advisor: Advisor, words: Words) -> Mapping[str, str]:
    """ "we had no budget" as "we have no budget"; of a question that is named, the option that is."""
    text = " ".join(advisor.catalogue.tenses.get(word, word) for word in words)
    found = {answer.question: answer.option for answer in advisor.knowledge.typed_answers.answers(text, None)}
    parsed = {q.id: parse_answer(q, text).options for q in advisor.pack.questions if {*words} & names_of(q, ())}
    return {**found, **{question: options[0] for question, options in parsed.items() if len(options) == 1}}


def verdict_asked(advisor: Advisor, text: str) -> str:
    """The id of the verdict whose meaning a text asks for; "" for none. A passage that explains it says more."""
    phrases, bare = advisor.catalogue.phrases, without(fold(text), advisor.catalogue.phrases["courtesies"])
    about = without(rest_of(bare, phrases["verdict_meaning"]), phrases["verdict_meaning_fillers"])
    if not starts(bare, phrases["verdict_meaning"]):
        return ""
    known = next((verdict.id for verdict in advisor.pack.verdicts if about == fold(verdict.name)), "")
    return "" if known and advisor.knowledge.matcher.passage(text).outcome is MatchOutcome.ANSWER else known
