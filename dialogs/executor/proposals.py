"""A yes or a no: to what was proposed or offered, to an open yes-or-no question, or to what was just written."""

from dataclasses import replace
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.commands.command import LIKE, OWN_NAME, WRITES, Command, Kind, Sure, What
from dialogs.conversation import IDEA_LIMIT, Conversation, Proposal
from dialogs.executor.answers import answers_of, offer_label
from dialogs.executor.items import Item
from dialogs.executor.targets import Context, label_of, resolve
from dialogs.executor.undo import left_alone, undo_offer
from dialogs.flows import lookups
from dialogs.focus import Offer
from dialogs.message import text_of
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged, LikelyChange
from dialogs.replies.receipts import Offered
from dialogs.titles import shortened
from dialogs.turn import Effects
from knowledge.pack import UNSURE
from knowledge.typed_answers.word_parser import fold


class Step(NamedTuple):
    """What has come of a command, and the commands that it stands for, to be carried out next."""

    effects: Effects
    then: tuple[Item, ...] = ()


_SAYING = (Kind.SET, Kind.SUPPOSE, Kind.NOTE, Kind.IDEA, Kind.RETARGET, Kind.CLEAR, Kind.EDIT)
"""Commands that say what is right, beside which a no takes nothing back."""


def propose(context: Context, effects: Effects, answer: Command) -> Effects:
    """An answer that a text probably gives, which is asked about, beside what it plainly says."""
    said, questions, name = effects.conversation, context.advisor.flows.questions, answer.question
    if said.chosen.get(name) == answer.option:
        return effects.refused(AnswerChanged(context.advisor.pack.question(name), answer.option, answer.option))
    proposal = Proposal(name, answer.option, answer.quote)
    after = said.replace(
        missed=context.start.missed + 1,
        confirm=proposal,
        likely=tuple(each for each in said.likely if each.question != name),
    )
    asked = questions.prompt(after)
    if name in said.answers or asked is None:  # only a yes takes it
        after = after.replace(confirm=replace(proposal, evidence=""))
    effects = effects._replace(conversation=after)
    if asked is not None and (asked.id == name or name not in said.answers):
        return effects._replace(redraw=True)
    likely = LikelyChange(context.advisor.pack.question(name), proposal.option, said.chosen.get(name, UNSURE))
    return effects.refused(likely) if asked is None else effects._replace(receipts=(*effects.receipts, likely))


def offer(context: Context, effects: Effects, commands: tuple[Command, ...], *, clear: bool = False) -> Effects:
    """What a text may ask for, as buttons that say what will happen, each once. `clear`: it is sure, and only takes a
    press. Beside a sum that was done nothing is doubted that its numbers may say as well.
    """
    summed = any(each.command is Kind.CALCULATE for each in effects.done)
    commands = tuple(each for each in commands if not (summed and each.command in (Kind.SET, Kind.NOTE)))
    if summed and not commands:
        return effects
    does: dict[str, tuple[Command, ...]] = {}
    for each in commands:
        for made in _offers_for(context, effects.conversation, each):
            does[made.label] = (*does.get(made.label, ()), *made.commands)
    offers = tuple(Offer(label, together) for label, together in does.items())
    beside: Remark = "also_these" if effects.done or effects.replies else "which_of_these"
    labels = {"offers": "; ".join(each.label for each in offers)} if beside == "also_these" and not clear else {}
    lead = Notice("takes_a_press" if clear else beside, labels)
    if not offers:
        known = [(context.advisor.pack.question(c.question), c.option) for c in commands if c.command is Kind.SET]
        stand = tuple(AnswerChanged(question, option, option) for question, option in known)
        return effects.refused(*(stand or (Notice("offer_gone"),)))
    if [each.command for each in commands] == [Kind.IDEA]:
        lead = Notice("another_idea", {"idea": context.advisor.flows.questions.titles.of(commands[0].value)})
    return effects.refused(Offered(lead, tuple(each.label for each in offers)), offers=offers)


def _offers_for(context: Context, conversation: Conversation, command: Command) -> tuple[Offer, ...]:
    """The button for a command, unless the answer is recorded already; for a yes those that it is said to, if they were
    made to the same person.
    """
    found = resolve(context, conversation, command.ideas).found
    given = {answers_of(conversation, target).get(command.question) for target in found}
    match command.command, command.what:
        case Kind.CONFIRM, _:
            focus = conversation.focus
            return focus.offers if focus.by == conversation.author(context.message.sender.id) else ()
        case _, What.UNDO:
            return (undo_offer(context, conversation, command),)
        case Kind.SET, _ if given == {command.option}:
            return ()
        case kind, _:
            does = begins(context.advisor, command.value) if kind is Kind.IDEA else (command,)
            return (Offer(_label(context, conversation, command), does),)


def begins(advisor: Advisor, text: str) -> tuple[Command, ...]:
    """Begins an idea, and records what is read from its text."""
    read = Command(Kind.SET, sure=Sure.IMPLIED)
    return (
        Command(Kind.IDEA, value=text[:IDEA_LIMIT]),
        *(
            read.replace(question=question, option=reading.option, quote=reading.evidence or text)
            for question, reading in advisor.knowledge.reader.read(text).items()
        ),
    )


def _label(context: Context, conversation: Conversation, command: Command) -> str:
    targets = resolve(context, conversation, command.ideas).found
    name = ", ".join(filter(None, (label_of(conversation, target) for target in targets)))
    match command.command:
        case Kind.SET if command.option != LIKE:
            return offer_label(context, (command,), name)
        case Kind.NOTE:
            key = "offer_note_for" if name else "offer_note"
            return context.advisor.catalogue.text(key, idea=name, note=shortened(command.value or command.quote))
        case Kind.EDIT if command.what is What.REMOVE:
            return context.advisor.catalogue.text("offer_remove", idea=name or conversation.title)
        case Kind.IDEA:
            title = context.advisor.flows.questions.titles.of(command.value)
            return context.advisor.catalogue.text("offer_idea", idea=title)
        case Kind.OPEN:
            return context.advisor.catalogue.text("offer_open", idea=name)
        case Kind.ASK:
            return next(entry.title for entry in context.advisor.pack.entries if entry.id == command.value)
        case _:
            names = context.advisor.catalogue.heard_labels
            asked = [each.name.lower() for each in context.advisor.pack.questions if each.id == command.question]
            named = names.get(f"{command.name}.named") if command.value or asked else None
            other = named or names.get(command.name) or names.get(command.command, command.name)
            about = {"idea": name or context.advisor.catalogue.text("event_this_idea"), "question": "".join(asked)}
            status = context.advisor.catalogue.statuses.get(command.value, command.value)
            value = shortened("; ".join(status.splitlines()))
            return offer_names(context.advisor, command) or other.format(value=value, **about)


def offer_names(advisor: Advisor, command: Command) -> str:
    """What stands on the button that offers a look or a move; "" where none offers it."""
    names = advisor.catalogue.offer_labels
    return names.get(command.name) or names.get(command.command, "")


def confirm(context: Context, effects: Effects, command: Command) -> Step:
    conversation = effects.conversation
    proposal, offers = conversation.confirm, conversation.focus.offers
    every = (*context.advisor.catalogue.board["both"], *context.advisor.catalogue.phrases["board_all"])
    if proposal is not None:
        said = Command(Kind.SET, ideas=(OWN_NAME,), question=proposal.question, option=proposal.option)
        return Step(effects.courteous(command), (said.replace(quote=proposal.evidence or command.quote),))
    if len(offers) > 1 and not {*every}.isdisjoint(fold(text_of(context.message))):
        return Step(effects.courteous(command), tuple(each for offer in offers for each in offer.commands))
    if len(offers) > 1:  # a yes is to what would be written; what may be looked at needs none
        offers = tuple(offer for offer in offers if all(each.command in WRITES for each in offer.commands))
    if len(offers) == 1:
        return Step(effects.courteous(command), offers[0].commands)
    answer = _polar_answer(context, conversation, context.advisor.catalogue.phrases["confirm"][0])
    if answer is not None:
        then = () if context.has(Kind.SET) else (answer.replace(quote=command.quote),)
        return Step(effects.courteous(command), then)
    if _offers_result(context, conversation):
        clear = effects.wrote(command, conversation, Notice("result_is_clear"))
        return Step(clear, (Command(Kind.SHOW, What.RESULT),))
    flow = context.advisor.flows.current(conversation)
    practise = Command(Kind.LEARN, What.PRACTICE)
    if flow is context.advisor.flows.lessons and flow.objection(conversation, practise) is None:
        return Step(effects.courteous(command), (practise,))
    if len(conversation.offered) == 1:
        shown = lookups.entry_reply(context.advisor.pack, conversation.offered, context.message.day, offer=False)
        return Step(effects.told(command, shown))
    return Step(effects if len(context.line) > 1 else left_alone(context, effects, command))


def reject(context: Context, effects: Effects, command: Command) -> Step:
    conversation = effects.conversation
    left = Notice("left_as_it_was")
    if conversation.confirm is not None:
        questions, after = context.advisor.flows.questions, conversation.replace(confirm=None, missed=0)
        asked, proposed = questions.prompt(after), questions.prompt(conversation)
        if asked is None or len(context.line) > 1:
            return Step(effects.courteous(command, left)._replace(conversation=after))
        again = asked.id == conversation.confirm.question and proposed == asked
        return Step(effects.wrote(command, after, Notice("which_then") if again else left))
    if conversation.focus.offers or conversation.offered:
        return Step(effects.courteous(command, left))
    if context.has(*_SAYING):
        return Step(effects.courteous(command))
    answer = _polar_answer(context, conversation, context.advisor.catalogue.phrases["reject"][0])
    if answer is not None:
        return Step(effects.courteous(command), (answer.replace(quote=command.quote),))
    just = (conversation.revision, conversation.author(context.message.sender.id))
    if any((last.revision, last.by) == just for last in conversation.written[-1:]):
        return Step(effects.courteous(command), (Command(Kind.GO, What.UNDO),))
    return Step(left_alone(context, effects, command))


def _offers_result(context: Context, conversation: Conversation) -> bool:
    """Whether the open question says that the result is clear and can be shown, and the message says only yes."""
    asked = context.advisor.flows.questions.prompt(conversation)
    if asked is None or len(context.line) > 1 or context.advisor.flows.open_prompt(conversation) is not asked:
        return False
    return context.advisor.knowledge.judgements.of(conversation.chosen).final is not None


def _polar_answer(context: Context, conversation: Conversation, word: str) -> Command | None:
    """The answer to the open question that a bare yes or no gives, if it is such a question."""
    prompt = context.advisor.flows.questions.prompt(conversation)
    if prompt is None or context.advisor.flows.current(conversation) is not context.advisor.flows.questions:
        return None
    option = next((option for option in prompt.options if word in option.words), None)
    return None if option is None else Command(Kind.SET, ideas=(OWN_NAME,), question=prompt.id, option=option.id)
