"""Ideas that are told: one, which begins, or a list, sent at once or collected until somebody says that this is all."""

from dialogs.answer import Answer
from dialogs.commands.command import OWN_NAME, Command, Kind
from dialogs.executor.answers import set_answer
from dialogs.executor.ideas import start
from dialogs.executor.items import Told
from dialogs.executor.navigation import reprompt
from dialogs.executor.proposals import Step, begins, offer
from dialogs.executor.targets import Context
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.flows.intake import ideas_in
from dialogs.message import GivenIdea, Person
from dialogs.replies.notices import Notice
from dialogs.turn import Effects
from knowledge.typed_answers.word_parser import fold


def tell(context: Context, effects: Effects, told: Told, *, collected: bool = False) -> Step:
    """Begins an idea that was told, with the answers read from it. While a question about another is open, that is
    offered; where it is about none yet, it is about this one, unless this was `collected` as one of a list.
    """
    questions = context.advisor.flows.questions
    conversation = questions.activate(effects.conversation)
    asked = questions.prompt(conversation)
    text, known = told.command.value, dict[str, Answer]()
    if asked is not None and not told.surely:
        if fold(text) == fold(conversation.idea):
            return Step(reprompt(context, effects))
        known = {} if conversation.title or collected else conversation.answers
        if not (known or questions.idea_awaited(conversation)):
            return Step(offer(context, effects, (Command(Kind.IDEA, value=text),)))
    begin, *read = begins(context.advisor, text)
    if known:  # these stay, and those read from the text are added
        again = conversation.replace(begun=conversation.revision + 1)  # all of it is taken back at once
        after = questions.described(again, context.message, begin.value)
        effects = effects.wrote(begin, after, Notice("idea_described", {"title": after.title}))._replace(redraw=True)
    else:
        effects = start(context, effects, begin)
    about = effects.done[-1].ideas or (OWN_NAME,)
    for command in read:
        effects = effects if command.question in known else set_answer(context, effects, command.replace(ideas=about))
    if told.listed and not known:
        effects = effects._replace(receipts=(*effects.receipts, Notice("one_idea")))
    return Step(effects)


def take(context: Context, effects: Effects, asked: Told) -> Step:
    """Several ideas are listed, one begins. With no more than the header of a table, its rows are awaited."""
    conversation, intake, message = effects.conversation, context.advisor.flows.intake, context.message
    given, command = asked.rows, asked.command
    awaited = conversation.flow == intake.name and intake.under_way(conversation)
    if asked.left_out:
        effects = effects._replace(receipts=(Notice("lines_left_out", {"lines": " · ".join(asked.left_out)}),))
    if not (given or asked.header):
        return Step(effects, (command,))
    if not given:
        return Step(effects.absorbed(command, intake.begin(conversation, message, asked.header)))
    if awaited:
        collected = intake.with_ideas(conversation, message, given, asked.header)
        full = len(given) > 1 or len(ideas_in(collected)) >= IDEAS_JUDGED
        added = effects._replace(conversation=collected, done=(*effects.done, command))
        return settle(context, added) if full else Step(added._replace(redraw=True))
    return _listed(context, effects, given, command)


def change(context: Context, effects: Effects, command: Command) -> Effects:
    """Takes ideas of the list that is being collected back, or adds what else is said of them."""
    conversation, intake, places = effects.conversation, context.advisor.flows.intake, command.places
    if command.command is Kind.NOTE:
        return effects.drawn(command, intake.with_more(conversation, context.message, places, command.value))
    told = Notice("ideas_removed", {"numbers": ", ".join(map(str, places))})
    return effects.wrote(command, intake.without(conversation, places), told)._replace(redraw=True)


def settle(context: Context, effects: Effects) -> Step:
    """This was all: several ideas are listed, a single one begins."""
    conversation, ideas = effects.conversation, ideas_in(effects.conversation)
    if not ideas:
        return Step(reprompt(context, effects, Notice("list_empty")))
    given = tuple(GivenIdea(i.text, i.answers, Person(i.by, i.name)) for i in ideas)
    return _listed(context, effects._replace(conversation=conversation.replace(intake=None)), given)


def _listed(context: Context, effects: Effects, given: tuple[GivenIdea, ...], *done: Command) -> Step:
    """Adds the ideas to the board, which is shown; a single one, of which only a text is given, is told."""
    first, message = given[0], context.message
    if len(given) == 1 and not first.answers:
        told = Told(Command(Kind.IDEA, value=first.text))
        theirs = context._replace(message=message._replace(sender=first.by or message.sender))
        return tell(theirs, effects, told, collected=True)
    turn = context.advisor.flows.board.take(effects.conversation, message, given)
    return Step(effects._replace(conversation=turn.conversation, card=turn.card, done=(*effects.done, *done)))
