"""Exact commands: whole lines that mean the same in every state, whatever else could be read out of them.

The words of docs/commands.md, with what may follow them, and the labels of the buttons that are shown. They are asked
first, so a command is never taken for an answer. The words stand in the catalogue; what a command does where it has
nothing to act on is said in a sentence.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, OWN_NAME, Command, Kind, Sure, What
from dialogs.commands.shortcuts import UNDO, YES
from dialogs.conversation import Conversation
from dialogs.executor.buttons import command_of
from dialogs.executor.items import Items
from dialogs.flows import lookups
from dialogs.flows.board_position import board_of
from dialogs.message import Action, Verb, day_of
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonsToChoose
from dialogs.replies.notices import Greeting
from dialogs.replies.passages import DidYouMean
from dialogs.understanding.arguments import commands_for
from dialogs.understanding.asked_forms import filtered
from dialogs.understanding.expected_replies import answer_to
from dialogs.understanding.lists import AWAITED
from dialogs.understanding.parts import segments
from dialogs.understanding.phrases import names_of, without
from dialogs.understanding.remarks import remarking
from dialogs.understanding.statements import Line, said_of_ideas
from dialogs.understanding.typed_text import TypedText
from dialogs.view import Button, Buttons, Choices
from dialogs.views import lay_out
from dialogs.views.result_elements import edit_button
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import exact_options, fold, folded

_LONGEST = 200
"""Characters of the longest line that may be a command."""

_NUMBER = re.compile(r"\d+")
_OF_IDEA = re.compile(r"\d+(?:['’]s)?")
_END = re.compile(r"[^\w)\]”\"']+$")
_OF_IDEAS = ("change", "suppose", "idea", "ideas", "compare", "guide", "export", "park", "merge", "order")
_SLOTS: Mapping[str, str] = {
    "number": r"\d{1,6}",
    "other": r"\d{1,6}",
    "numbers": r"\d{1,6}(?:(?:\s*[,&]\s*|\s+and\s+|\s+)\d{1,6})*",
}
"""What may stand in a slot of a form; in all others, anything."""


def exact_command(advisor: Advisor, conversation: Conversation, text: str, at: int) -> Items | None:
    """What a line means that is an exact command here; None for any other. `at` is in seconds since 1970."""
    said = _normalised(text)
    if not said or len(said) > _LONGEST or "\n" in said:
        return None
    pressed, typed = _of_label(advisor, conversation, said, at), TypedText.at(advisor, conversation, text)
    if pressed is not None or (typed.prompt is not None and exact_options(typed.prompt, said)):
        return pressed  # or an answer in its own words
    for meaning, forms in advisor.catalogue.exact.items():
        for found in (_pattern(form).fullmatch(said) for form in forms):
            if found is not None:
                return _meant(typed, meaning, found.groupdict(), said)
    return None


def _normalised(text: str) -> str:
    return _END.sub("", text.strip().removeprefix("/").casefold()).strip()


@cache
def _pattern(form: str) -> re.Pattern[str]:
    slots = re.compile(r"\\{(\w+)\\}")
    return re.compile(slots.sub(lambda slot: f"(?P<{slot[1]}>{_SLOTS.get(slot[1], '.+')})", re.escape(form)))


def _of_label(advisor: Advisor, conversation: Conversation, said: str, at: int) -> Items | None:
    """What the button does whose label is typed."""
    for offer in conversation.focus.offers:
        if said == _normalised(offer.label):
            return offer.commands
    buttons = _buttons(advisor, conversation, at)
    match next((b.action for b in buttons if said in (_normalised(b.label), _normalised(b.short))), None):
        case None:
            return None
        case Action(Verb.ANSWER | Verb.LESSON | Verb.PRACTICE, (_, option)):
            return answer_to(advisor, conversation, option)
        case Action(Verb.CONFIRM):
            return YES
        case Action(verb, arguments):
            return (command_of(verb, *arguments),)


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


def _meant(typed: TypedText, meaning: str, values: Mapping[str, str], said: str) -> Items | None:
    """What a word of docs/commands.md, with what follows it, does in this state."""
    advisor, conversation, text, words, flow, _ = typed
    flows, shown = advisor.flows, advisor.flows.board.shown_idea(conversation)
    match meaning:
        case "known_about_you" | "forget_asks":
            return remarking(meaning)
        case "triage":
            return AWAITED
        case _ if meaning in _OF_IDEAS and flow is flows.intake:
            return AWAITED  # how long the list is that is being sent
        case "reopen":
            asked = _question_called(typed, values["question"])
            return None if asked is None else (command_of(Verb.EDIT, asked.id),)
        case "change" | "suppose":
            return _with_answer(typed, meaning, values)
        case "rename" | "remove" if flow is flows.intake:
            return None
        case "rename":
            return commands_for(typed, f"{Kind.EDIT}.{What.RENAME}", Line()) or None
        case "undo" if "number" in values and flow is not flows.intake:
            return (UNDO[0].replace(ideas=(values["number"],)),)
        case "undo":
            taken_back = flow.accepts_descriptions and flow is not flows.intake and conversation.revisit is None
            return UNDO if taken_back and conversation.written else None
        case "about":
            return _about_ideas(typed, values["fact"])
        case "idea":
            return (command_of(Verb.IDEA, str(int(values["number"]))),)
        case "compare":
            return (Command(Kind.COMPARE, ideas=tuple(_NUMBER.findall(said))),)
        case "filter":
            some = filtered(advisor, conversation, words)
            return AWAITED if some and flow is flows.intake else some or None
        case "details" if conversation.last == Kind.CALCULATE and conversation.focus.sums:
            return (command_of(Verb.SUM, str(conversation.focus.sums[-1][0])),)
        case "guide" if shown is not None:
            return (Command(Kind.SHOW, What.MISSING, (str(shown),)),)
        case "summary":
            return (Command(Kind.WRITE, What.RECORD),)
        case "park" | "merge" | "remove":
            return (Command(Kind.EDIT, What(meaning), ideas=tuple(_NUMBER.findall(values["numbers"]))),)
        case "order":
            return (Command(Kind.SHOW, What.IDEAS, value=f"sort={values['numbers']}"),)
        case "note":
            fact = _verbatim(text, values["fact"])
            about = (str(int(values["number"])),) if values.get("number") else ()
            return (Command(Kind.NOTE, ideas=about, value=fact, quote=fact),)
        case "record":
            return (Command(Kind.WRITE, What.RECORD, value="style=file"),)
        case "rules":
            return (Command(Kind.EXPLAIN, What.RULES),)
        case "table" | "mail" | "json":
            whole = not typed.asks_framework and shown is None and board_of(conversation).shown
            named = tuple(_NUMBER.findall(values.get("numbers", "")))
            return (Command(Kind.WRITE, What(meaning), named or ((ALL,) if whole else ())),)
        case _:
            return (command_of(Verb(meaning)),)


def _verbatim(text: str, said: str) -> str:
    """The words of a text as they were typed."""
    lowered = text.casefold()
    at = lowered.find(said) if len(lowered) == len(text) else -1
    return said if at < 0 else text[at : at + len(said)]


def _with_answer(typed: TypedText, meaning: str, values: Mapping[str, str]) -> Items | None:
    """A change of an answer, or a supposition, that names a question and one of its options, and maybe ideas."""
    flow, shown = typed.flow, typed.advisor.flows.board.shown_idea(typed.conversation)
    asked = _question_called(typed, values["question"])
    option = " ".join(without(fold(values["option"]), typed.advisor.catalogue.phrases["courtesies"]))
    options = exact_options(asked, option) if asked is not None else ()
    if asked is None or len(options) != 1:
        return None
    named = tuple(_NUMBER.findall(values["question"]))
    said = Command(Kind.SET, ideas=named, question=asked.id, option=options[0], sure=Sure.STATED)
    if meaning == "suppose":
        return (said.replace(command=Kind.SUPPOSE, sure=Sure.NONE),)
    of_case = typed.question is not None or asked.id in flow.chosen(typed.conversation)
    if flow is typed.advisor.flows.lessons and of_case:
        return (Command(Kind.LEARN, What.ANSWER, question=asked.id, option=options[0]),)
    own = (OWN_NAME,) if typed.asks_framework else () if shown is None else (str(shown),)
    return (said.replace(ideas=named or own),)


def _question_called(typed: TypedText, name: str) -> Question | None:
    """The question of which nothing but its name is said."""
    talk, fillers = typed.advisor.catalogue.board, typed.advisor.catalogue.phrases["change_fillers"]
    words = {*fold(_OF_IDEA.sub("", name))} - {*fillers, *talk["prepositions"], *talk["idea_nouns"]}
    found = [question for question in typed.advisor.pack.questions if words and words <= names_of(question, fillers)]
    return found[0] if len(found) == 1 else None


def _about_ideas(typed: TypedText, fact: str) -> Items | None:
    """What is said of ideas by their numbers. At a question, the number may be that of an option."""
    advisor, conversation, text, _, flow, prompt = typed
    flows, board = advisor.flows, board_of(conversation)
    if flows.board.asks_rows(conversation) or flow is flows.intake or len(segments(text)) > 1:
        return None
    phrases, number = advisor.catalogue.phrases, int(_NUMBER.findall(text)[0])
    if flows.board.numbers_are_ideas(conversation):
        if fold(fact) in folded(phrases["board_why"]):
            return (command_of(Verb.IDEA, str(number)),)
        if fold(fact) in folded(phrases["board_missing"]):
            return (Command(Kind.SHOW, What.MISSING, (str(number),)),)
    if typed.asks_framework and prompt is not None and (not board.shown or exact_options(prompt, fact)):
        return None
    if board.find(number) is None:
        return (command_of(Verb.IDEA, str(number)),)
    return said_of_ideas(advisor, conversation, text, Line())
