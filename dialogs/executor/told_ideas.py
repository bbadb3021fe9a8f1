"""Ideas that are told: one, which begins, or a list, sent at once or collected until somebody says that this is all."""

from dialogs.commands.command import OWN_NAME, Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor.answers import set_answer
from dialogs.executor.ideas import start
from dialogs.executor.items import Reprompt
from dialogs.executor.proposals import Step, begins, offer
from dialogs.executor.targets import Context
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.flows.intake import ideas_in
from dialogs.intents import AdviceRequest, ListChange, TriageRequest
from dialogs.message import GivenIdea, Person
from dialogs.replies.notices import Notice
from dialogs.turn import Effects
from knowledge.typed_answers.word_parser import fold


def tell(context: Context, effects: Effects, told: AdviceRequest, *, collected: bool = False) -> Step:
    """Begins an idea that was told, with the answers read from it. While a question about another is open, that is
    offered; where it is about none yet, it is about this one, unless this was `collected` as one of a list.
    """
    questions = context.advisor.flows.questions
    conversation = questions.activate(effects.conversation)
    asked = questions.prompt(conversation)
    if asked is not None and not told.announced:
        if fold(told.text) == fold(conversation.idea):
            return Step(effects, (Reprompt(),))
        if conversation.answers and not conversation.title and not collected:
            return Step(_described(context, effects, conversation, told))
        if not questions.idea_awaited(conversation):
            return Step(offer(context, effects, (Command(Kind.IDEA, value=told.text),)))
    begin, *read = begins(told.text, told.readings)
    effects = start(context, effects, begin)
    about = effects.done[-1].ideas or (OWN_NAME,)
    for command in read:
        effects = set_answer(context, effects, command.replace(ideas=about))
    if told.listed:
        effects = effects._replace(receipts=(*effects.receipts, Notice("one_idea")))
    return Step(effects)


def _described(context: Context, effects: Effects, conversation: Conversation, told: AdviceRequest) -> Effects:
    """What the idea is about, told after answers were given: these stay, and those read from the text are added."""
    begin, *read = begins(told.text, told.readings)
    again = conversation.replace(begun=conversation.revision + 1)  # all of it is taken back at once
    after = context.advisor.flows.questions.described(again, context.message, begin.value)
    effects = effects.wrote(begin, after, Notice("idea_described", {"title": after.title}))
    for command in read:
        if command.question not in conversation.answers:
            effects = set_answer(context, effects, command.replace(ideas=(OWN_NAME,)))
    return effects._replace(redraw=True)


def take(context: Context, effects: Effects, asked: TriageRequest) -> Step:
    """Several ideas are listed, one begins. Without any, they are awaited one at a time."""
    conversation, intake, message = effects.conversation, context.advisor.flows.intake, context.message
    given, command = asked.given, Command(Kind.IDEAS, value="\n".join(asked.lines))
    awaited = conversation.flow == intake.name and intake.under_way(conversation)
    if asked.left_out:
        effects = effects._replace(receipts=(Notice("lines_left_out", {"lines": " · ".join(asked.left_out)}),))
    if not given and awaited and not asked.header:
        return Step(effects, (Reprompt(),))
    if not given:
        return Step(effects.absorbed(command, intake.begin(conversation, message, asked.header)))
    if awaited:
        collected = intake.with_ideas(conversation, message, given, asked.header)
        full = len(given) > 1 or len(ideas_in(collected)) >= IDEAS_JUDGED
        added = effects._replace(conversation=collected, done=(*effects.done, command))
        return settle(context, added) if full else Step(added._replace(redraw=True))
    return _listed(context, effects, given, command)


def change(context: Context, effects: Effects, said: ListChange) -> Step:
    """Takes ideas of the list back, adds others, and settles it if this was all."""
    changed = context.advisor.flows.intake.changed(effects.conversation, context.message, said)
    told = (Notice("ideas_removed", {"numbers": ", ".join(map(str, said.removed))}),) if said.removed else ()
    effects = effects.wrote(Command(Kind.IDEAS, value="\n".join(said.added)), changed, *told)
    return settle(context, effects) if said.done else Step(effects._replace(redraw=True))


def settle(context: Context, effects: Effects) -> Step:
    """This was all: several ideas are listed, a single one begins."""
    conversation, ideas = effects.conversation, ideas_in(effects.conversation)
    if not ideas:
        return Step(effects, (Reprompt((Notice("list_empty"),)),))
    given = tuple(GivenIdea(i.text, i.answers, Person(i.by, i.name)) for i in ideas)
    return _listed(context, effects._replace(conversation=conversation.replace(intake=None)), given)


def _listed(context: Context, effects: Effects, given: tuple[GivenIdea, ...], *done: Command) -> Step:
    """Adds the ideas to the board, which is shown; a single one, of which only a text is given, is told."""
    first, message = given[0], context.message
    if len(given) == 1 and not first.answers:
        told = AdviceRequest(first.text, context.advisor.knowledge.reader.read(first.text))
        theirs = context._replace(message=message._replace(sender=first.by or message.sender))
        return tell(theirs, effects, told, collected=True)
    turn = context.advisor.flows.board.take(effects.conversation, message, given)
    return Step(effects._replace(conversation=turn.conversation, card=turn.card, done=(*effects.done, *done)))
