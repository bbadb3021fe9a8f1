"""What is kept of whom: what changed since a day, who set what, and what is stored about the sender."""

import re
from contextlib import suppress
from datetime import date, timedelta
from itertools import groupby

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.commands.command import COLLECTED, OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.answers import unknown_idea
from dialogs.executor.own_idea import idea_of
from dialogs.executor.proposals import Step
from dialogs.executor.targets import NAMED, OWN, Context, held, resolve
from dialogs.flows.board_cards import OPEN_AGAIN
from dialogs.flows.board_position import board_of
from dialogs.focus import Offer
from dialogs.ideas.board import Idea
from dialogs.ideas.events import ADDED, NOTE, STATUS, Event, events_of
from dialogs.message import day_of, number_in
from dialogs.replies.notices import KnownAboutPerson, Notice, StoredPart
from dialogs.replies.receipts import Together
from dialogs.turn import Effects
from knowledge.typed_answers.word_parser import fold

_ISO = re.compile(r"\d{4}-\d\d-\d\d")

_SHOWN = 15
"""Lines of what was set that one message has."""


def since(context: Context, effects: Effects, command: Command) -> Effects:
    """What was set since a day, the newest first; or, for the history, who set what, idea by idea."""
    targets, given = resolve(context, effects.conversation, command.ideas), command.parameters()
    if command.ideas and not targets.found:
        return unknown_idea(context, effects, command, targets)
    said = given.get("since", "") or given.get("filter", "") or ("" if given else command.value)
    day = day_named(context.advisor.catalogue, said, context.message.day)
    only = {0 if target.idea is None else target.idea.number for target in targets.found}
    events = [
        (idea, event)
        for idea in _ideas(context, effects.conversation)
        for event in events_of(idea)
        if (day is None or day_of(event.at) >= day)
        and (idea.number or event.part != ADDED)
        and (not command.ideas or (0 if idea.number == effects.conversation.own else idea.number) in only)
    ]
    by_idea = command.what is What.HISTORY
    events.sort(key=lambda one: (0 if by_idea else -day_of(one[1].at).toordinal(), one[0].number, one[1].at))
    groups = groupby(events, lambda one: (one[0].number, day_of(one[1].at), one[1].person))
    lines = [_line(context, *group[0], [event for _, event in group]) for group in ([*each] for _, each in groups)]
    lead = [Notice("day_unclear", {"day": said})] if said and day is None else []
    if not lines:
        return effects.told(command, *lead, Notice("events_none"))
    more = [Notice("events_more", {"count": str(len(lines) - _SHOWN)})] if len(lines) > _SHOWN else []
    return effects.told(command, Together((*lead, *lines[:_SHOWN], *more, Notice("events_kept"))))


def _line(context: Context, idea: Idea, first: Event, group: list[Event]) -> Notice:
    """What one person has set about an idea on a day."""
    text = context.advisor.catalogue.text
    said = {"idea": idea.label or text("event_this_idea"), "day": short_day(day_of(first.at))}
    said["parts"] = "; ".join(_told(context, event) for event in group)
    if first.person is None:
        return Notice("event_unnamed", said)
    you = first.person.id == context.message.sender.id
    return Notice("event", {**said, "person": text("event_you") if you else first.person})


def _told(context: Context, event: Event) -> str:
    catalogue, pack, part, value = context.advisor.catalogue, context.advisor.pack, event.part, event.value
    if pack.has_option(part, value):
        return catalogue.answers_text([(pack.question(part), value)])
    if part == STATUS:
        return catalogue.statuses.get(value or OPEN_AGAIN, value)
    known = pack.question_of.get(part)
    return catalogue.text("event_open", question=known.name) if known else catalogue.events[part].format(text=value)


def _ideas(context: Context, conversation: Conversation) -> tuple[Idea, ...]:
    """The list, also what was removed from it, and the conversation's own idea as it is now."""
    listed = board_of(conversation).ideas
    if not (conversation.idea or conversation.answers or conversation.notes):
        return listed
    own = idea_of(context, conversation, OWN)
    return (*(idea for idea in listed if idea.number != conversation.own), own)


def day_named(catalogue: Catalogue, text: str, today: date) -> date | None:
    """The day that words name: as a date, a day of the week, or so many days or weeks ago; None for other words."""
    with suppress(ValueError):
        return date.fromisoformat(next(iter(_ISO.findall(text)), ""))
    words = fold(text)
    count = next(filter(None, map(number_in, words)), 1)
    for word in words:
        if word in catalogue.weekdays:
            return today - timedelta(days=(today.weekday() - catalogue.weekdays.index(word)) % 7 or 7)
        if word in catalogue.days_ago:
            return today - timedelta(days=min(count, 1000) * catalogue.days_ago[word])
    return None


def me(context: Context, effects: Effects, command: Command) -> Effects:
    """What is stored about the sender here, with a button for each part that takes it away."""
    parts, tour = stored_parts(context, effects.conversation), effects.conversation.tour
    lessons = tour is not None and tour.by == context.message.sender.id
    told = KnownAboutPerson(parts, lessons)
    text, numbers = context.advisor.catalogue.text, range(1, 1 + len(told.shown))
    offers = (Offer(text("forget_part", number=n), (Command(Kind.FORGET, value=str(n)),)) for n in numbers)
    return effects.told(command, told).refused(offers=tuple(offers))


def forget(context: Context, effects: Effects, command: Command) -> Effects | Step:
    """Takes away one part of what is stored about the sender: by its number in that list, by the number of its idea, or
    by its words; without any, how all of it is deleted.
    """
    if command.value == "forget_asks":
        return effects.told(command, Notice("forget_asks"))
    named = command.value.strip()
    if not named and not command.ideas:
        return effects.told(command, Notice("forget_how"))
    start, sender = context.start, context.message.sender
    if number_in(named) and start.focus.offers and start.focus.by != start.author(sender.id):
        return effects.refused(Notice("offer_gone"))  # somebody else was shown these numbers
    parts = list(stored_parts(context, effects.conversation))
    if command.ideas:
        parts = [part for part in parts if part.number and str(part.number) in command.ideas]
    if named:
        parts = parts[number_in(named) - 1 : number_in(named)] if number_in(named) else _called(parts, named)
    whole = [part for part in parts if part.what == ADDED]  # with an idea all that is said of it goes
    if not parts:
        return effects.refused(Notice("no_such_part", {"name": named or ", ".join(command.ideas)}))
    return Step(effects.told(command), tuple(part.without for part in whole or parts))


def _called(parts: list[StoredPart], name: str) -> list[StoredPart]:
    """The only part that holds most words of a name."""
    wanted = fold(name)
    rated = [(held(wanted, fold(part.text)), part) for part in parts]
    best = max((rate for rate, _ in rated), default=0.0)
    found = [part for rate, part in rated if rate == best]
    return found if best >= NAMED and len(found) == 1 else []


def stored_parts(context: Context, conversation: Conversation) -> tuple[StoredPart, ...]:
    """What the sender has given here, in this thread and on the list of its place: ideas, answers, notes, statuses."""
    person = context.message.sender.id
    parts: list[StoredPart] = []
    for idea in _ideas(context, conversation):
        own = idea.number == conversation.own
        mine = idea.by == person and not (own and not idea.text)
        for event in () if idea.removed else sorted(events_of(idea), key=lambda event: event.part != ADDED):
            if event.person is None or event.person.id != person or (event.part == ADDED and not mine):
                continue
            if event.part == ADDED or _known(context, event):
                parts.append(_part(context, idea, event, OWN_NAME if own else str(idea.number)))
    collected = () if conversation.intake is None else conversation.intake.ideas
    for place, told in enumerate(collected, 1):
        if told.by == person:
            without = Command(Kind.EDIT, What.REMOVE, ideas=(f"{COLLECTED}{place}",))
            parts.append(StoredPart(ADDED, told.text, "", 0, without))
    return tuple(parts)


def _known(context: Context, event: Event) -> bool:
    """Whether something stands there: no answer that was withdrawn, or that the pack does not know."""
    answered = context.advisor.pack.has_option(event.part, event.value)
    return answered or (bool(event.value) and event.part in (NOTE, STATUS))


def _part(context: Context, idea: Idea, event: Event, name: str) -> StoredPart:
    catalogue, pack = context.advisor.catalogue, context.advisor.pack
    without = Command(Kind.CLEAR, ideas=(name,))
    match event.part:
        case "added":
            text, without = idea.text or idea.title or idea.label, Command(Kind.EDIT, What.REMOVE, ideas=(name,))
        case "note":
            text, without = event.value, without.replace(what=What.NOTE, value=event.value)
        case "status":
            text = catalogue.statuses.get(event.value, event.value)
            without = Command(Kind.EDIT, What.STATUS, ideas=(name,), value=OPEN_AGAIN)
        case question:
            text = catalogue.answers_text([(pack.question(question), event.value)])
            without = without.replace(question=question)
            evidence = idea.answers[question].evidence
            text = catalogue.text("known_read", answer=text, evidence=evidence) if evidence else text
    title = idea.label if idea.number else ""
    return StoredPart(event.part, text, title, idea.number, without)
