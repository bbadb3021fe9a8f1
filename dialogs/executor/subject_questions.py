"""Questions about the subject, and remarks."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import Conversation
from dialogs.executor.items import Told
from dialogs.executor.navigation import reprompt
from dialogs.executor.targets import Context
from dialogs.flows import lookups
from dialogs.message import text_of
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import NotCovered, PassageReply, VerdictComparison
from dialogs.titles import shortened
from dialogs.turn import Effects
from knowledge.interfaces import Match, MatchOutcome
from knowledge.outside import Term
from knowledge.typed_answers.word_parser import fold

_FEW_WORDS = 6
"""A statement by itself of at most this many words may ask something: "cost of tuning"."""


def ask(context: Context, effects: Effects, command: Command) -> Effects:
    """A question about the subject: the nearest passage, or that it is not covered."""
    advisor = context.advisor
    if not command.value and not command.quote:
        pack, comparison = advisor.pack, advisor.pack.comparison
        return effects.told(command, VerdictComparison(pack, comparison) if comparison else Greeting(pack))
    verdict = next((verdict for verdict in advisor.pack.verdicts if verdict.id == command.value), None)
    if verdict is not None:
        return effects.told(command, Notice("verdict_meaning", {"verdict": verdict.name, "meaning": verdict.meaning}))
    known = tuple(name for name in command.value.split() if any(entry.id == name for entry in advisor.pack.entries))
    if known and len(known) == len(command.value.split()):
        shown = lookups.entry_reply(advisor.pack, known, context.message.day, _offers_start(context, effects))
        offered = effects.conversation.offered
        left = offered if set(known) <= {*offered} else ()  # what else was offered can still be chosen
        return _answered(effects.told(command, shown), known, left)
    asked = command.value or command.quote
    match = advisor.knowledge.matcher.passage(asked)
    if match.outcome is MatchOutcome.OFFER and not match.leads:  # a wrong look costs little
        far = match.score < lookups.LIKELY
        effects = effects.refused(Notice("nearest_to_that")) if far else effects
        match = replace(match, top=_best_first(context, match), leads=True)
        return _told(context, effects, command, match, brief=far)
    return _told(context, effects, command, match, topic=shortened(asked))


def answer(context: Context, effects: Effects, told: Told) -> Effects:
    """The same for a line of which the source is less sure: one that may ask nothing gets the nearest as buttons, and
    of one that is not on the subject no topic is named. What was answered last is told once more, in short.
    """
    asked = told.command.value
    if (asked,) == context.start.answered[:1]:
        return _told(context, effects, told.command, Match(MatchOutcome.ANSWER, (asked,), 1.0), brief=True)
    match = context.advisor.knowledge.matcher.passage(asked)
    leads = match.leads and (bool(context.line) or len(fold(asked)) <= _FEW_WORDS)
    if told.surely:
        leads = match.leads or match.outcome is MatchOutcome.OFFER
    answered = match.top[: match.together] if match.outcome is MatchOutcome.ANSWER else ()
    command = told.command.replace(value=" ".join(answered) or text_of(context.message))
    return _told(context, effects, command, replace(match, leads=leads))


def _told(
    context: Context, effects: Effects, command: Command, match: Match, *, topic: str = "", brief: bool = False
) -> Effects:
    """The answer, in few words if it was shown just now; or that it is not covered, with the nearest as buttons."""
    offer = _offers_start(context, effects) and not brief
    reply = lookups.reply_to(context.advisor.pack, match, context.message.day, offer=offer, topic=topic)
    if isinstance(reply, NotCovered):
        return _answered(effects.refused(reply), (), lookups.offered_ids(reply))
    ids = lookups.shown_ids(reply)
    again = bool(ids) and ids == context.start.answered and not brief
    if again:
        effects = effects.refused(Notice("all_on_that"))
    if isinstance(reply, PassageReply) and (brief or again):
        reply = replace(reply, brief=True, outside=() if brief else reply.outside)
    return _answered(effects.told(command, reply), ids, lookups.offered_ids(reply))


def _offers_start(context: Context, effects: Effects) -> bool:
    """Whether to offer the questions below: nothing is under way, the message asks nothing else, and the last one has
    not just been answered with that offer.
    """
    again = context.start.last == Kind.ASK
    return not (again or _under_way(context, effects.conversation)) and len(context.line) <= 1


def _best_first(context: Context, match: Match) -> tuple[str, ...]:
    """Of the first two, about as likely, what was shown just now comes later, and the meaning of a word as well."""
    shown, entry = context.start.answered, context.advisor.pack.entry
    first = sorted(match.top[:2], key=lambda name: (name in shown, isinstance(entry(name), Term)))
    return (*first, *match.top[2:])


def _answered(effects: Effects, answered: tuple[str, ...], offered: tuple[str, ...]) -> Effects:
    conversation = effects.conversation.replace(answered=answered, offered=offered)
    return effects._replace(conversation=conversation)


_REMARKS: Mapping[What, Remark] = {
    What.HELLO: "hello_again",
    What.THANKS: "you_are_welcome",
    What.COMPLAINT: "complained",
}


def chat(context: Context, effects: Effects, command: Command) -> Effects:
    """A remark: answered where a message has nothing else; what the advisor is, always."""
    advisor, conversation = context.advisor, effects.conversation
    match command.what:
        case What.BYE:
            return effects.courteous(command, Notice("goodbye"))._replace(conversation=_parted(context, conversation))
        case _ if command.value == "sources":
            return effects.told(command, lookups.sources(advisor.pack))
        case _ if command.value in (*advisor.catalogue.small_talk, *advisor.catalogue.languages):
            return effects.told(command, Notice(command.value))
        case What.PRAISE if command.value == Value.AGREED:
            return _agreed(context, effects, command)
        case _ if command.value == Value.HELP:
            return effects.told(command, Greeting(advisor.pack))
        case What.ABOUT_YOU if context.start.last == command.name and not context.line[1:]:  # that did not answer it
            return effects.told(command, Notice("what_is_stored"))
        case What.ABOUT_YOU if conversation.revision and (_under_way(context, conversation) or context.line[1:]):
            return effects.told(command, Notice("about_me", {"subject": advisor.pack.subject}))
        case What.ABOUT_YOU:
            return effects.told(command, Greeting(advisor.pack))
        case What.OFFTOPIC:
            return effects.told(command, Notice("off_topic"))
        case What.HELLO if not _under_way(context, conversation):
            return effects.courteous(command, Greeting(advisor.pack, hello=True))
        case _:
            return effects.courteous(command, Notice(_REMARKS.get(command.what, "glad")))


def _agreed(context: Context, effects: Effects, command: Command) -> Effects:
    """What is open goes on: what was read for it before is right."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if flow.prompt(conversation) is None:
        done = flow is flows.questions and flow.under_way(conversation)
        return effects.courteous(command, Notice("all_right" if done else "noted_so_far"))
    return reprompt(context, effects.wrote(command, conversation.replace(shown=())))


def _parted(context: Context, conversation: Conversation) -> Conversation:
    """The conversation that somebody leaves. Lessons wait from then on, unless questions would be asked instead."""
    flows = context.advisor.flows
    if flows.current(conversation) is not flows.lessons or conversation.started:
        return conversation
    return flows.questions.activate(conversation)


def _under_way(context: Context, conversation: Conversation) -> bool:
    return context.advisor.flows.current(conversation).under_way(conversation)
