"""Exact commands: whole lines that mean the same in every state, whatever else could be read out of them.

README's words, with what may follow them, and the labels of the buttons that are shown. They are asked first, so a
command is never taken for an answer. The words stand in the catalogue; what a command does where it has nothing to act
on is said in a sentence.
"""

import re
from collections.abc import Iterator, Mapping

from dialogs.advisor import Advisor
from dialogs.board import Board
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.flows import lookups
from dialogs.intents import (
    BoardRequest,
    CompareIdeas,
    Confirmation,
    Correction,
    FilterIdeas,
    GivenAnswer,
    Intent,
    ProgressQuestion,
    ProgressTopic,
    ResultQuestion,
    ResultTopic,
    SmallTalk,
    TriageRequest,
    TypedCommand,
    WhatIf,
)
from dialogs.message import Action, Verb, day_of
from dialogs.parsers import board_commands, command_parser
from dialogs.parsers.idea_numbers import marked_ideas
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonsToChoose
from dialogs.replies.notices import Greeting
from dialogs.replies.passages import DidYouMean
from dialogs.view import Button, Buttons, Choices
from dialogs.views import lay_out
from dialogs.views.questions import edit_button
from knowledge.interfaces import Reading
from knowledge.typed_answers.word_parser import exact_options, fold

_LONGEST = 200
"""Characters of the longest line that may be a command."""

_END = re.compile(r"[^\w)\]”\"']+$")
_SLOTS: Mapping[str, str] = {"number": r"\d{1,6}", "other": r"\d{1,6}"}
"""What may stand in a slot of a form; in all others, anything."""


def exact_command(advisor: Advisor, conversation: Conversation, text: str, at: int) -> Intent | None:
    """What a line means that is an exact command here; None for any other. `at` is in seconds since 1970."""
    said = _normalised(text)
    if not said or len(said) > _LONGEST or "\n" in said:
        return None
    pressed, prompt = _of_label(advisor, conversation, said, at), advisor.flows.open_prompt(conversation)
    if pressed is not None or (prompt is not None and exact_options(prompt, said)):
        return pressed  # or an answer in its own words
    return _of_word(advisor, conversation, said) or _of_form(advisor, conversation, said, text)


def _normalised(text: str) -> str:
    return _END.sub("", " ".join(text.split(" ")).strip().removeprefix("/").casefold()).strip()


def _of_label(advisor: Advisor, conversation: Conversation, said: str, at: int) -> Intent | None:
    """What the button does whose label is typed."""
    buttons = _buttons(advisor, conversation, at)
    match next((b.action for b in buttons if said in (_normalised(b.label), _normalised(b.short))), None):
        case None:
            return None
        case Action(Verb.ANSWER | Verb.LESSON | Verb.PRACTICE, (_, option)):
            return GivenAnswer(option, plain=True, others={})
        case Action(Verb.CONFIRM):
            return Confirmation()
        case action:
            return TypedCommand(action)


def _buttons(advisor: Advisor, conversation: Conversation, at: int) -> Iterator[Button]:
    """The buttons of the live card, of what was just said, and those that may stand below any reply."""
    pack, flows = advisor.pack, advisor.flows
    lessons = tuple(enumerate(pack.lessons, 1))
    replies: list[Reply] = [*flows.replay(conversation, at)]
    if conversation.answered:
        replies.append(lookups.entry_reply(pack, conversation.answered, day_of(at), offer=False))
    replies += [DidYouMean(tuple(map(pack.entry, conversation.offered))), Greeting(pack), LessonsToChoose(lessons)]
    for element in lay_out(advisor, replies, conversation.revision).elements:
        if isinstance(element, Buttons | Choices):
            yield from element.buttons
    yield from (edit_button(advisor.catalogue, question) for question in pack.questions)


def _of_word(advisor: Advisor, conversation: Conversation, said: str) -> Intent | None:
    """What one of README's words does in this state."""
    meaning = next((name for name, words in advisor.catalogue.exact.items() if said in words), None)
    flows = advisor.flows
    match meaning:
        case None:
            return None
        case "triage":
            return TriageRequest(())
        case "known_about_you" | "forget_asks":
            return SmallTalk(meaning)
        case "summary" | Verb.DETAILS | Verb.SHARE | Verb.WHY:
            return _about_result(advisor, conversation, meaning)
        case Verb.CONTINUE:
            return _continued(advisor, conversation)
        case Verb.IDEAS | Verb.GUIDE | Verb.EXPORT if flows.current(conversation) is flows.intake:
            return TriageRequest(())  # how long the list is that is being sent
        case Verb.GUIDE:
            return _missing(advisor, conversation)
        case _:
            return TypedCommand(Action(Verb(meaning)))


def _about_result(advisor: Advisor, conversation: Conversation, meaning: str) -> Intent:
    """A result's reasons, details, summary or share; the reasons of a question; or which result there is instead."""
    flows = advisor.flows
    flow = flows.current(conversation)
    asks = flow.prompt(conversation) is not None
    shows_result = flow is flows.questions and conversation.started and not asks
    number = flows.board.shown_idea(conversation)
    own = meaning != "summary" and flows.flow_for(conversation, Verb(meaning)).accepts(conversation, Verb(meaning))
    if own:
        return TypedCommand(Action(Verb(meaning)))
    if meaning == "summary" and (shows_result or number is not None):
        return ResultQuestion(ResultTopic.SUMMARY)
    if number is not None:  # its card has the details
        return TypedCommand(Action(Verb.IDEA, (str(number),)))
    return SmallTalk(_without_result(advisor, conversation))


def _without_result(advisor: Advisor, conversation: Conversation) -> Remark:
    """Why there is no result to do something with."""
    flow = advisor.flows.current(conversation)
    if flow.accepts_descriptions and flow.prompt(conversation) is not None:
        return "no_result_yet"
    shows_ideas = flow is advisor.flows.board and flow.under_way(conversation)
    return "open_an_idea" if shows_ideas else "no_result_here"


def _missing(advisor: Advisor, conversation: Conversation) -> Intent:
    """What is missing: of the idea on the card, of the one asked about where the list is empty, else of the list."""
    flows = advisor.flows
    number = flows.board.shown_idea(conversation)
    if number is not None:
        return TypedCommand(Action(Verb.IDEA, (str(number),)))
    empty = not (conversation.board or Board()).shown
    topic = ProgressTopic.LEFT
    if (
        empty
        and topic in flows.questions.progress_topics(conversation)
        and flows.current(conversation) is flows.questions
    ):
        return ProgressQuestion(topic)
    return TypedCommand(Action(Verb.GUIDE))


def _continued(advisor: Advisor, conversation: Conversation) -> Intent:
    """What waits elsewhere, if its remark names this word; else what is open again."""
    flows = advisor.flows
    flow, waits = flows.current(conversation), flows.waiting(conversation)
    if flow.accepts(conversation, Verb.CONTINUE) or waits in (flows.questions, flows.intake):
        return TypedCommand(Action(Verb.CONTINUE))
    if flow.prompt(conversation) is not None:
        return command_parser.start(advisor, conversation)
    return SmallTalk("nothing_to_resume") if waits is None else TypedCommand(Action(Verb.CONTINUE))


def _of_form(advisor: Advisor, conversation: Conversation, said: str, text: str) -> Intent | None:
    """What a word of README does with what follows it."""
    for meaning, form in advisor.catalogue.exact_forms.items():
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", _slot, re.escape(form)), said)
        if found is not None:
            values = found.groupdict()
            match meaning:
                case "change" | "suppose":
                    return _with_answer(advisor, conversation, meaning, values, said)
                case "about":
                    return _about_ideas(advisor, conversation, text, values["fact"])
                case _:
                    return _of_ideas(advisor, conversation, meaning, values)
    return None


def _slot(found: re.Match[str]) -> str:
    return f"(?P<{found[1]}>{_SLOTS.get(found[1], '.+')})"


def _with_answer(
    advisor: Advisor, conversation: Conversation, meaning: str, values: Mapping[str, str], said: str
) -> Intent | None:
    """A change of an answer, or a supposition, that names a question and one of its options."""
    asked = [q for q in advisor.pack.questions if values["question"] in (q.id, q.name.casefold())]
    options = exact_options(asked[0], values["option"]) if asked else ()
    if len(options) != 1:
        return None
    readings = {asked[0].id: Reading(options[0], said)}
    flows = advisor.flows
    flow = flows.current(conversation)
    begun = flow is flows.questions and conversation.started
    if meaning == "suppose":
        known = begun or flows.board.shown_idea(conversation) is not None
        return WhatIf(readings) if known else SmallTalk(_without_result(advisor, conversation))
    answered = (
        begun or asked[0].id in flow.chosen(conversation) or (flow is flows.board and flow.under_way(conversation))
    )
    return Correction(readings) if answered else SmallTalk("no_result_here")


def _of_ideas(advisor: Advisor, conversation: Conversation, meaning: str, values: Mapping[str, str]) -> Intent | None:
    """What is wanted of ideas of the list by their numbers, or of some of the list."""
    flows, board = advisor.flows, conversation.board or Board()
    if flows.current(conversation) is flows.intake:
        return TriageRequest(())
    numbers = tuple(int(values[slot]) for slot in _SLOTS if slot in values)
    unknown = any(board.find(number) is None for number in numbers)
    match meaning:
        case "idea":
            return TypedCommand(Action(Verb.IDEA, (str(numbers[0]),)))
        case "filter":
            return _filter(advisor, values["some"])
        case _ if unknown:
            return BoardRequest("no_such_idea")
        case _:
            return BoardRequest(CompareIdeas(numbers))


def _about_ideas(advisor: Advisor, conversation: Conversation, text: str, fact: str) -> Intent | None:
    """What is said of ideas by their numbers. At a question, the number may be that of an option."""
    flows, board = advisor.flows, conversation.board or Board()
    if flows.board.asks_rows(conversation) or flows.current(conversation) is flows.intake:
        return None
    pressed = board_commands.pressed(advisor, conversation, fold(text))
    if pressed is not None:
        return TypedCommand(pressed)
    prompt = flows.questions.prompt(conversation) if flows.current(conversation) is flows.questions else None
    if prompt is not None and (not board.shown or exact_options(prompt, fact)):
        return None
    return BoardRequest(marked_ideas(board, text) or "no_such_idea")


def _filter(advisor: Advisor, some: str) -> Intent | None:
    phrases = advisor.catalogue.phrases
    verdict = next((verdict.id for verdict in advisor.pack.verdicts if verdict.name.casefold() == some), "")
    mine, is_open = some in phrases.board_mine, some in phrases.board_open
    return BoardRequest(FilterIdeas(verdict, mine, is_open)) if verdict or mine or is_open else None
