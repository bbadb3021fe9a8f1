"""The commands of a kind that a part of a line asks for, with the ideas, questions and forms that it names."""

from collections.abc import Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.intents import Commands, supposing
from dialogs.parsers.corrections import names_of
from dialogs.parsers.idea_mentions import mentions
from dialogs.parsers.phrases import rest_of, starts, without
from dialogs.understanding.suppositions import supposed
from knowledge.interfaces import MatchOutcome
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import fold

_NAMES_NONE = frozenset({What.IDEAS, What.ME, What.SOURCES, What.NEXT, What.SINCE, What.HISTORY})
"""What is shown of no single idea."""


def commands_for(advisor: Advisor, conversation: Conversation, text: str, kind: str) -> Commands:
    """The commands of a kind that a text asks for; none where it does not say enough."""
    name, _, form = kind.partition(".")
    command, what = Kind(name), What(form or What.NONE)
    ideas = named_ideas(advisor, conversation, text)
    beside_list = advisor.flows.current(conversation) is advisor.flows.board
    shown = advisor.flows.board.shown_idea(conversation) if beside_list else None
    match command, what:
        case Kind.EXPLAIN, (What.QUESTION | What.OPTION):
            question = next(iter(_questions_named(advisor, text)), _open_question(advisor, conversation))
            return () if question is None else (Command(command, what, ideas, question=question),)
        case Kind.WRITE, _:
            whole = (ALL,) if beside_list and shown is None else ()
            return (Command(command, _form_of(advisor, text), ideas or whole),)
        case Kind.COMPARE, _:
            here = conversation.listing.idea if beside_list and conversation.listing is not None else 0
            both = (str(here), *ideas) if here and len(ideas) == 1 else ideas
            return (Command(command, ideas=both if len(both) > 1 else (ALL,)),)
        case Kind.SUPPOSE, _:
            return tuple(each.replace(ideas=ideas) for each in supposing(supposed(advisor, text)))
        case Kind.SHOW, _ if what in _NAMES_NONE:
            return (Command(command, what),)
        case ((Kind.SHOW | Kind.EXPLAIN), _):
            return (Command(command, what, ideas),)
        case _:
            return (Command(command, what),)


def verdict_asked(advisor: Advisor, text: str) -> str:
    """The id of the verdict whose meaning a text asks for; "" for none. A passage that explains it says more."""
    phrases, bare = advisor.catalogue.phrases, without(fold(text), advisor.catalogue.phrases.courtesies)
    about = without(rest_of(bare, phrases.verdict_meaning), phrases.verdict_meaning_fillers)
    if not starts(bare, phrases.verdict_meaning):
        return ""
    named = next((verdict.id for verdict in advisor.pack.verdicts if about == fold(verdict.name)), "")
    return "" if named and advisor.knowledge.matcher.passage(text).outcome is MatchOutcome.ANSWER else named


def named_ideas(advisor: Advisor, conversation: Conversation, text: str) -> tuple[str, ...]:
    """The ideas of the list that a text names, as numbers."""
    board = board_of(conversation)
    found = mentions(advisor, board, text) if board.shown else ()
    return tuple(dict.fromkeys(str(n) for each in found for n in each.numbers if board.find(n) is not None))


def _open_question(advisor: Advisor, conversation: Conversation) -> str | None:
    prompt = advisor.flows.open_prompt(conversation)
    return prompt.id if isinstance(prompt, Question) else None


def _questions_named(advisor: Advisor, text: str) -> Sequence[str]:
    words, fillers = {*fold(text)}, advisor.catalogue.phrases.change_fillers
    return [question.id for question in advisor.pack.questions if words & names_of(question, fillers)]


def _form_of(advisor: Advisor, text: str) -> What:
    """The form of a text to take away that its words name; a note where they name none."""
    words = {*fold(text)}
    forms = advisor.catalogue.text_forms.items()
    return next((What(form) for form, names in forms if words & {*names}), What.UNSPECIFIED)
