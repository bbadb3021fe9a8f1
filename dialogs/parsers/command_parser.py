"""Parses commands: texts that are known as a whole and mean what a button does."""

from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import HELLO, THANKS, Acknowledgement, Commands, Correction
from dialogs.message import ARGUMENTS, Action, Verb
from dialogs.parsers import corrections
from dialogs.parsers.phrases import Words


def parse(
    advisor: Advisor, conversation: Conversation, words: Words, bare: Words
) -> Action | Commands | Acknowledgement | Correction | None:
    """The command, greeting or correction that a text consists of. `bare`: its words without courtesies."""
    for candidate in (words, bare):
        for meaning, arguments in _meanings(advisor, candidate):
            match meaning:
                case "hello":
                    return HELLO
                case "thanks":
                    return THANKS
                case "okay":
                    return Acknowledgement()
                case _ if is_accepted(advisor, conversation, Verb(meaning)):
                    return Action(Verb(meaning), arguments)
    if advisor.flows.board.numbers_are_ideas(conversation) and len(bare) == 1 and bare[0].isdecimal():
        return Action(Verb.IDEA, bare)
    return corrections.change_by_name(advisor, conversation, bare)


def _meanings(advisor: Advisor, words: Words) -> Iterator[tuple[str, Words]]:
    """The possible meanings of a whole text; the word for something numbered is followed by its number ("learn 3")."""
    meanings = advisor.catalogue.command_of
    yield from ((m, ()) for m in meanings.get(" ".join(words), ()) if m not in ARGUMENTS)
    if len(words) > 1 and words[-1].isdecimal():
        yield from ((m, words[-1:]) for m in meanings.get(" ".join(words[:-1]), ()) if m in ARGUMENTS)


def is_accepted(advisor: Advisor, conversation: Conversation, verb: Verb) -> bool:
    """Whether the word for a button means it now."""
    match verb:
        case Verb.HELP | Verb.COMPARE:
            return True
        case Verb.CONTINUE:
            flow = advisor.flows.current(conversation)
            return flow.accepts(conversation, verb) or advisor.flows.waiting(conversation) is not None
        case _:
            return advisor.flows.flow_for(conversation, verb).accepts(conversation, verb)


def skips(advisor: Advisor, conversation: Conversation, flow: Flow, words: Words) -> bool:
    """Whether a word that could mean "not sure" means the button *Skip*, which is on the card."""
    meanings = advisor.catalogue.command_of.get(" ".join(words), ())
    return Verb.SKIP in meanings and flow.accepts(conversation, Verb.SKIP)


def start(advisor: Advisor, conversation: Conversation) -> Action | Acknowledgement:
    """The meaning of "go ahead" while something is open: the framework's open question is shown again.

    Elsewhere, or while the choice between two ideas is open, it is only an acknowledgement.
    """
    flow = advisor.flows.current(conversation)
    starts_here = flow is advisor.flows.questions and flow.accepts(conversation, Verb.START)
    return Action(Verb.START) if starts_here else Acknowledgement()
