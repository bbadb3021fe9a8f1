"""What a line does: its parts one after the other, each by the likeliest kind that can be carried out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, OWN_NAME, Command, Kind, Sure, What
from dialogs.conversation import EVIDENCE_LIMIT, Conversation
from dialogs.executor.items import Item, Items, Readings, Told, Unclear
from dialogs.executor.proposals import offer_names
from dialogs.executor.targets import in_focus
from dialogs.flows.board_position import board_of
from dialogs.replies.notices import Notice
from dialogs.replies.passages import NotCovered
from dialogs.replies.questions import UnmatchedAnswer
from dialogs.understanding.arguments import commands_for, supposition, verdict_asked
from dialogs.understanding.asked_forms import prompt_asked
from dialogs.understanding.expected_replies import answer_in, reply_in
from dialogs.understanding.lesson_answers import lesson_answers, reason_asked
from dialogs.understanding.lists import (
    AWAITED,
    announced_idea,
    announced_list,
    asked_list,
    collected_reply,
    is_list,
    next_idea,
    unasked_list,
)
from dialogs.understanding.model.arbitration import arbitrated
from dialogs.understanding.parts import Heard, parts_of, segments
from dialogs.understanding.phrases import contains, requests, starts, without
from dialogs.understanding.references import named_last, numbers_named, opening
from dialogs.understanding.remarks import foreign_language
from dialogs.understanding.statements import Line, Said, answers_said, said_alike, said_of_ideas
from dialogs.understanding.thresholds import (
    ASKED,
    ASKED_BACK,
    GUESSED,
    HEARD,
    INTRODUCES,
    LEAST,
    LOOKS,
    MISSED,
    NAMED_EDITS,
    NAMED_LOOKS,
    OFFERED,
    PROPOSED,
    TAKEN,
    TOLD,
)
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import PROJECT, Certainty, MatchOutcome
from knowledge.pack import UNSURE
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

_BESIDE = (Kind.SET, Kind.NOTE, Kind.IDEA)
"""A part of these kinds that gives answers says nothing else."""

_ANSWERING = (*_BESIDE, Kind.CONFIRM, Kind.REJECT, Kind.LEARN, Kind.SUPPOSE)
"""Kinds of a line that may well answer what is asked."""

_TELLING = 3
"""A part of fewer words tells too little to be missed."""

_BARE = 4
"""Words of a number that is given by itself: "about 200 a day"."""

_TRIED = 3
"""Kinds that are tried, the likeliest first."""


class Understood(NamedTuple):
    """What a line is carried out as. `plain`: it can hardly mean anything else. Not `clear`: nothing was understood."""

    items: Items
    plain: bool = False
    clear: bool = True


def understand(
    advisor: Advisor, conversation: Conversation, text: str, heard: tuple[Command, ...] | None = None
) -> Understood:
    """What a typed line does. `heard` is what a language model heard in it."""
    typed = TypedText.at(advisor, conversation, text)
    found = settled(typed)
    if found is not None and not (heard and may_say_more(typed, found)):
        return found
    said = found or judged(typed)
    return Understood(arbitrated(typed, said.items, heard), said.plain) if heard else said


def settled(typed: TypedText) -> Understood | None:
    """What a line does that needs no judgement: it says what was asked for in its words, or is a list; else None."""
    if typed.flow is typed.advisor.flows.intake:
        items = asked_list(typed) or collected_reply(typed)
        return Understood(items) if items else None
    replied = reply_in(typed.advisor, typed.conversation, typed.text)
    listed = () if replied else _listed(typed)
    return Understood(replied or listed, plain=bool(replied)) if replied or listed else None


def may_say_more(typed: TypedText, said: Understood) -> bool:
    """Whether a line that gives the number that was asked for has more words than such a number needs."""
    sums = any(isinstance(item, Command) and item.command is Kind.CALCULATE for item in said.items)
    return sums and len(typed.words) > _BARE


def judged(typed: TypedText) -> Understood:
    """What any other line does, by the built-in sources."""
    if typed.flow is typed.advisor.flows.intake:
        return _collecting(typed)
    known = _named(typed)
    return Understood(known) if known else _by_parts(typed)


def _collecting(typed: TypedText) -> Understood:
    """What a line does while a list is collected: it tells an idea, unless it surely asks for something else."""
    heard = Heard.of(typed.advisor, typed.conversation, typed.text)
    kind, probability = heard.best
    elsewhere = _command(kind) not in (*_BESIDE, Kind.IDEAS, Kind.CLEAR) and probability >= LEAST[Kind.IDEA]
    found = commands_for(typed, kind, Line()) if elsewhere else ()
    return Understood(found or next_idea(typed))


def _listed(typed: TypedText) -> Items:
    """A list, by the word that announces it or by its layout; or that somebody has several ideas, and tells none."""
    listed = asked_list(typed)
    if listed == AWAITED and typed.advisor.knowledge.reader.read(typed.text):  # it tells one of them
        listed = announced_list(typed)
    if not listed and typed.flow.accepts_descriptions and "\n" in typed.text.strip():
        listed = unasked_list(typed.advisor, typed.prompt, typed.text)
    return listed


def _said_of(typed: TypedText, part: Heard, line: Line) -> Items:
    """What stands behind the name of an idea and a mark, unless it surely asks for something else."""
    advisor, conversation, text, *_ = typed
    opens = opening(advisor, conversation, text) if board_of(conversation).shown and "\n" not in text.strip() else None
    if opens is None:
        return ()
    kind, probability = part.best
    if _command(kind) not in _BESIDE and probability >= LEAST[Kind.EDIT]:
        return ()
    found = said_alike(typed, line) or said_of_ideas(advisor, conversation, text, line)
    return found if any(isinstance(each, Command) and each.command is Kind.SET for each in found) else ()


def _named(typed: TypedText) -> Items:
    """The meaning of a verdict, by its name; a decision that is asked for in the pack's words; or that only English is
    spoken.
    """
    advisor, _, text, words, flow, _ = typed
    if verdict := verdict_asked(advisor, text):
        return (Command(Kind.ASK, value=verdict),)
    phrases = advisor.catalogue.phrases
    bare = without(words, (*advisor.catalogue.commands["hello"], *phrases["courtesies"]))
    explains = starts(bare, phrases["explain"]) and not starts(bare, phrases["advise"])
    if flow.accepts_descriptions and requests(advisor, words) and not explains:
        match, readings = advisor.knowledge.matcher.passage(text), advisor.knowledge.reader.read(text)
        tells = readings or advisor.knowledge.matcher.project(text) >= PROJECT
        if tells or (match.outcome is not MatchOutcome.ANSWER and match.score < ASKED):
            return (Told(Command(Kind.IDEA, value=text), listed=is_list(text)),)
    return foreign_language(advisor, words)


def _by_parts(typed: TypedText) -> Understood:
    advisor, conversation, text, *_ = typed
    whole = Heard.of(advisor, conversation, text)
    supposes = whole.best[0] in (Kind.SET, Kind.SUPPOSE) and len(segments(text)) == 1 and supposition(typed)
    parts = (whole,) if supposes else parts_of(advisor, conversation, whole)
    announced = announced_idea(typed)
    if announced is not None and (announced.surely or any(part.begins for part in parts)):
        return Understood((announced,))
    items: list[Item] = []
    missed: list[Item] = []
    line = Line(several=len(parts) > 1)
    plain = left = False
    answers = lesson_answers(typed, whole, parts)
    for at, part in enumerate(parts):
        here = TypedText.at(advisor, conversation, part.text)
        if answers is not None and at in answers:
            items += answers[at]
            continue
        answer = answer_in(here) if part is not whole and (left or not items) and answers is None else ()
        plain = plain or bool(answer)
        said = answer or _said_of(here, part, line) or _carried_out(here, part, line)
        done = tuple(item for item in said if isinstance(item, Command))
        known = () if said else named_last(advisor, conversation, part.text)
        items, line = [*items, *said], line.after(done, known)
        missed += () if said else _missed(here, part)
        if any(command.command is Kind.GO and command.what is What.STOP for command in done):
            conversation = advisor.flows.questions.activate(conversation)
            answers, left = None, True  # what follows is about the questions
    if not items and len(parts) > 1:
        items = [*_carried_out(typed, whole, Line())]
    if expected := _expected(typed, whole, items):
        items, missed = [*expected, *(item for item in items if not isinstance(item, Readings))], []
    return Understood((*items, *missed), plain) if items else Understood((_unclear(typed, whole),), clear=False)


def _expected(typed: TypedText, whole: Heard, items: Sequence[Item]) -> Items:
    """What the reader of answers is sure of in a line at an open question, unless the line asks for something else."""
    asked = typed.question if typed.asks_framework else None
    given = {item.question for item in items if isinstance(item, Command) and item.command is Kind.SET}
    elsewhere = _command(whole.best[0]) not in _ANSWERING and whole.best[1] >= LEAST[_command(whole.best[0])]
    unlikely = whole.likely.get(Kind.SET, 0.0) < PROPOSED
    supposes = any(isinstance(item, Command) and item.command is Kind.SUPPOSE for item in items)
    if asked is None or asked.id in given or elsewhere or unlikely or supposes:
        return ()
    read = typed.advisor.knowledge.typed_answers.answers(typed.text, asked.id)
    kept = typed.conversation.chosen if len(typed.words) == 1 else {}  # a single word changes no other answer
    found = [each for each in read if each.question not in kept or each.question == asked.id]
    sure = [each for each in found if each.certainty is Certainty.TAKE and each.question not in given]
    own = next((each for each in found if each.question == asked.id), None)
    if sure:
        return tuple(
            Command(Kind.SET, question=e.question, option=e.option, quote=e.evidence, sure=Sure.STATED) for e in sure
        )
    if own is None or given or own.option == UNSURE:  # who is asked "not sure, right?" learns nothing
        return ()
    return _asked_back(own.question, own.option, typed.text)


def _missed(typed: TypedText, part: Heard) -> Items:
    """What is said to a part that asks for nothing surely, beside others: a question gets the likeliest look, or the
    nearest passage.
    """
    kind, probability = part.best
    if part.text.rstrip().endswith("?"):
        found = _offers_of(typed, part, kind) if _command(kind) not in _BESIDE and probability >= GUESSED else ()
        return tuple(found) or (Told(Command(Kind.ASK, value=part.text)),)
    wishes = _command(kind) is not Kind.CHAT and probability >= MISSED and len(fold(part.text)) >= _TELLING
    return (Unclear(Notice("part_missed", {"text": part.text}), beside=True),) if wishes else ()


def _carried_out(typed: TypedText, part: Heard, line: Line) -> Items:
    """The answers in a part, and what its likeliest kind asks for. Those of what may be another idea are its own."""
    kind, probability = part.best
    if prompt := prompt_asked(typed):
        return prompt
    if asked := reason_asked(typed, part) if typed.flow is typed.advisor.flows.lessons else ():
        return asked
    found = () if kind == Kind.IDEA else _found(typed, part, line)
    alike = said_alike(typed, line) if part.likely.get(Kind.SET, 0.0) >= LOOKS else ()
    if any(each.question != ALL for each in alike):
        return alike
    # Without a verb it begins, withdraws and changes nothing.
    continues = line.several and not (_is_fresh(typed.conversation) or _has_verb(typed))
    sets = (*alike, *_taken(found, continues=continues))
    supposed = supposition(typed, stated=bool(sets)) if kind == Kind.SET or (sets and kind in _BESIDE) else ()
    if supposed:
        return supposed
    if sets and (kind in _BESIDE or probability < LEAST[_command(kind)]):
        return (*sets, *_proposed(typed, part, found, ASKED_BACK))
    for kind, probability in part.ranked[:_TRIED]:
        if probability < _least(typed, kind):
            break
        writes = not continues or _command(kind) not in (Kind.IDEA, Kind.CLEAR)
        wished = commands_for(typed, kind, line) if writes else ()
        if wished:
            return (*sets, *wished)
    return sets or _proposed(typed, part, found, PROPOSED)


def _least(typed: TypedText, kind: str) -> float:
    """From which probability on something of a kind is done."""
    command, conversation = _command(kind), typed.conversation
    if command is Kind.IDEA and _is_fresh(conversation):  # it takes nothing away
        return LOOKS
    if kind == f"{Kind.CHAT}.{What.ABOUT_YOU}":
        return INTRODUCES
    edits = command is Kind.EDIT and kind != f"{Kind.EDIT}.{What.RENAME}"
    looks = LEAST[command] <= LOOKS and command not in (Kind.ASK, Kind.CHAT, Kind.SUPPOSE)
    if not (edits or looks) or not numbers_named(typed.advisor, conversation, typed.text):
        return LEAST[command]
    return NAMED_EDITS if edits else NAMED_LOOKS


def _is_fresh(conversation: Conversation) -> bool:
    """Whether nothing is begun here; the first line of a thread finds the list of its channel."""
    begun = conversation.started or conversation.idea or board_of(conversation).shown
    return not (conversation.revision and begun)


def _command(kind: str) -> Kind:
    return Kind(kind.partition(".")[0])


def _found(typed: TypedText, part: Heard, line: Line) -> tuple[Said, ...]:
    """The answers that a part may give."""
    if typed.flow is typed.advisor.flows.lessons or part.likely.get(Kind.SET, 0.0) < HEARD:
        return ()
    return answers_said(typed.advisor, typed.conversation, part.text, part.likely, line)


def _has_verb(typed: TypedText) -> bool:
    """Whether a part says something by itself, not only more of what stands beside it."""
    catalogue, words = typed.advisor.catalogue, typed.words
    said = " ".join(english().contractions.get(word, word) for word in words).split()
    verbs = {*catalogue.pasted["verbs"], *english().verbs}
    return not verbs.isdisjoint(said) or contains(words, (*catalogue.board["removes"], *catalogue.phrases["list_undo"]))


def _taken(found: Sequence[Said], *, continues: bool) -> Items:
    taken = [each for each in found if each.probability >= TAKEN and not each.beside_question]
    alone = len(taken) == 1 and not continues
    return tuple(each.command for each in taken if alone or not each.in_passing)


def _proposed(typed: TypedText, part: Heard, found: Sequence[Said], least: float) -> Items:
    """The likeliest answer about the conversation's own idea that is not taken, which is asked back."""
    given = typed.conversation.chosen
    own = [
        each
        for each in found
        if typed.asks_framework
        and each.ideas in ((), (OWN_NAME,))
        and least <= each.probability < TAKEN
        and not each.beside_question
        and given.get(each.candidate.question, UNSURE) != each.candidate.option
    ]
    best = max(own, key=lambda each: each.probability, default=None)
    if best is None:
        return ()
    return _asked_back(best.candidate.question, best.candidate.option, part.text)


def _asked_back(question: str, option: str, text: str) -> Items:
    """An answer that a text may give."""
    said = Command(Kind.SET, question=question, option=option, quote=text[:EVIDENCE_LIMIT])
    return (Readings((said,), asked=True),)


def _offered(typed: TypedText, whole: Heard) -> tuple[Command, ...]:
    """What a text may ask for, the likeliest first: an answer, a note, a new idea, a passage, a look or a move. In a
    lesson its question is asked again.
    """
    if not typed.flow.accepts_descriptions:
        return ()
    found: list[Command] = []
    for kind, probability in whole.ranked[:_TRIED]:
        if probability >= (GUESSED if kind == f"{Kind.EDIT}.{What.REMOVE}" else OFFERED):
            found += _offers_of(typed, whole, kind)
    return tuple(dict.fromkeys(found))[:_TRIED]


def _offers_of(typed: TypedText, whole: Heard, kind: str) -> Iterable[Command]:
    advisor, conversation, text, *_ = typed
    command = _command(kind)
    if command in (Kind.IDEA, Kind.NOTE) and len(fold(text)) < _TELLING:
        return ()
    if command is Kind.ASK:
        match = advisor.knowledge.matcher.passage(text)
        return () if match.outcome is MatchOutcome.UNKNOWN else (Command(Kind.ASK, value=match.top[0]),)
    if command is Kind.SET:
        said = answers_said(advisor, conversation, text, whole.likely, Line())
        return (each.command for each in said if each.probability >= OFFERED)
    if command is Kind.IDEA:
        return (Command(Kind.IDEA, value=text),)
    found = commands_for(typed, kind, Line())
    known = [each for each in found if isinstance(each, Command)]
    removes = [e for e in known if e.what is What.REMOVE and (e.ideas or in_focus(advisor, conversation) is not None)]
    shown = (Kind.NOTE, Kind.OPEN)
    return (each for each in known if command in shown or each in removes or offer_names(advisor, each))


def _unclear(typed: TypedText, whole: Heard) -> Item:
    """What is done with a text that nothing was understood of. A few words may well ask something."""
    advisor, conversation, text, _, flow, prompt = typed
    statement = not text.rstrip().endswith("?") and _command(whole.best[0]) in _BESIDE
    told = advisor.knowledge.matcher.project(text)
    if typed.asks_framework and _is_fresh(conversation) and (told >= PROJECT or (statement and told >= TOLD)):
        return Told(Command(Kind.IDEA, value=text))
    if readings := () if _command(whole.best[0]) is Kind.ASK else _offered(typed, whole):
        return Readings(readings)
    named = numbers_named(advisor, conversation, text)
    if len(named) == 1 and flow is advisor.flows.board:
        return Command(Kind.OPEN, ideas=named)
    if prompt is not None:
        times = conversation.missed + 1
        return Unclear(UnmatchedAnswer(prompt, text, times, flow.takes_unsure(conversation)), missed=True)
    match = advisor.knowledge.matcher.passage(text)
    if flow.under_way(conversation) or match.outcome is not MatchOutcome.UNKNOWN:
        return Told(Command(Kind.ASK, value=text))
    asks = text.rstrip().endswith("?")
    return Unclear(NotCovered(advisor.pack, (), offer=True, asked=asks), missed=True)
