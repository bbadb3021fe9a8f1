"""Carries out commands in order, and composes the reply: receipts, what was asked for, what is open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, WRITES, Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import AGAIN, ANSWERED, Conversation, read_mark
from dialogs.executor import (
    answers,
    explanations,
    ideas,
    lessons,
    looks,
    navigation,
    own_idea,
    proposals,
    records,
    subject_questions,
    texts,
    told_ideas,
)
from dialogs.executor.items import Item, Readings, Told, Unclear, wanted
from dialogs.executor.proposals import Step
from dialogs.executor.repeats import marks, otherwise
from dialogs.executor.sums import assume, calculate, compare, details, is_asked
from dialogs.executor.targets import OWN, Context, label_of
from dialogs.flows import lookups
from dialogs.flows.board_position import board_of
from dialogs.flows.pending_proposals import with_proposal
from dialogs.flows.replay import recorded
from dialogs.message import Message, Person, Typed, number_in
from dialogs.replies import Reply
from dialogs.replies.ideas import BoardExport, IdeaCard, IdeaList, IdeaQuestion
from dialogs.replies.notices import NOTED, Notice, is_one_of
from dialogs.replies.passages import VerdictComparison
from dialogs.replies.questions import AnswerChanged, AnswersSoFar, QuestionCard, UnderstoodAnswers
from dialogs.replies.receipts import Receipts, Together, VerdictMoved
from dialogs.replies.results import ResultPage
from dialogs.replies.texts import ListText, Text
from dialogs.turn import Effects, Turn
from dialogs.views.idea_parts import short_name
from knowledge.pack import UNSURE, Question, Verdict

_MOST_NAMED = 3
"""Ideas whose receipts each begin with their name."""

_ABOUT_ONE = AnswerChanged | VerdictMoved | Receipts
"""Receipts that name an idea."""

_MOST = 60
"""Commands of one message that are carried out: more than a list of fifty ideas with a fact each has."""


def execute(advisor: Advisor, conversation: Conversation, message: Message, items: Iterable[Item]) -> Turn:
    """The conversation after all that a message asks for, and the replies."""
    context = Context(advisor, message, (), conversation)
    asked = wanted(context, conversation, tuple(items)[:_MOST])
    context = context._replace(line=tuple(item for item in asked if isinstance(item, Command)))
    if _came_late(conversation, message, context.line):
        return Turn(conversation, aside=(Notice("came_late"),))
    return _compose(context, _carried_out(context, conversation, asked))


def execute_alone(advisor: Advisor, at: int, commands: Iterable[Command]) -> Turn:
    """The same in a conversation of which nothing is stored; `at` is in seconds since 1970."""
    return execute(advisor, Conversation.fresh(advisor.pack), Message("", Person(""), at, Typed("")), commands)


def _carried_out(context: Context, conversation: Conversation, asked: tuple[Item, ...]) -> Effects:
    effects, waiting, new = Effects(conversation), list(asked), ""
    for _ in range(2 * _MOST):  # a command may stand for others, and none for itself without end
        if not waiting:
            break
        step = _carry_out(context, effects, _about(waiting.pop(0), new))
        last = step.effects.done[-1] if len(step.effects.done) > len(effects.done) else None
        now = focused(step.effects.conversation, last)
        effects = step.effects if now is step.effects.conversation else step.effects._replace(conversation=now)
        if last is not None and (last.command in (Kind.IDEA, Kind.IDEAS) or last.what is What.COPY):
            begun = last.command is Kind.IDEA and effects.conversation.intake is None
            new = (*last.ideas, OWN_NAME if begun else "")[0]
        waiting = [*step.then, *waiting]
    added = _added(context, effects)
    if effects.conversation.focus.idea in added and not _is_about(effects.done[-1], added):
        # told in passing: the talk is about what it was about
        focus = effects.conversation.focus.replace(idea=context.start.focus.idea)
        effects = effects._replace(conversation=effects.conversation.replace(focus=focus))
    return answers.with_next_question(context, effects)


def _about(item: Item, name: str) -> Item:
    """What is said behind a new idea is about it."""
    if name and isinstance(item, Command) and item.command in (Kind.SET, Kind.CLEAR, Kind.NOTE) and not item.ideas:
        return item.replace(ideas=(name,))
    return item


def _is_about(command: Command, ideas: set[int]) -> bool:
    """Whether a command writes about one of these ideas."""
    return command.command in WRITES and not {*command.ideas}.isdisjoint(map(str, ideas))


def _added(context: Context, effects: Effects) -> set[int]:
    """The numbers of the ideas that the message has added to the list in passing."""
    told = {number for done in effects.done if done.command in (Kind.IDEA, Kind.IDEAS) for number in done.ideas}
    return set(map(int, filter(str.isdecimal, told))) - {idea.number for idea in board_of(context.start).ideas}


def _came_late(conversation: Conversation, message: Message, line: tuple[Command, ...]) -> bool:
    """Whether a typed answer is older than the newest one: it was meant for an earlier question, and the platform
    delivered it again after the person had moved on.
    """
    if not isinstance(message.content, Typed):
        return False
    answers = any(command.command is Kind.SET and command.ideas == (OWN_NAME,) for command in line)
    return answers and any(message.at < answer.at for answer in conversation.answers.values())


def focused(conversation: Conversation, command: Command | None) -> Conversation:
    """The conversation with the one idea in focus that a command was about; of a copy that is the new idea."""
    if command is None or len(command.ideas) != 1 or not number_in(command.ideas[0]):
        return conversation
    number = number_in(command.ideas[0])
    focus = conversation.focus.replace(idea=0 if number == conversation.own else number)
    return conversation.replace(focus=focus)


def _carry_out(context: Context, effects: Effects, item: Item) -> Step:
    flows = context.advisor.flows
    match item:
        case Command(Kind.SET, option=option, ideas=()) if option == UNSURE and is_asked(context, effects.conversation):
            done: Effects | Step = assume(context, effects, item)
        case Command() if item.places:
            done = told_ideas.change(context, effects, item)
        case Command(Kind.GO, What.STOP, value=Value.DONE) if effects.conversation.flow == flows.intake.name:
            done = told_ideas.settle(context, effects._replace(done=(*effects.done, item)))
        case Command(Kind.SHOW, What.DETAILS, (number,), value=Value.OF_SUM):
            done = details(context, effects, number_in(number))
        case Command(kind):
            done = _DONE_BY[kind](context, effects, item)
        case Unclear(beside=True):
            done = effects.refused(item.told)
        case Unclear():
            done = navigation.reprompt(context, effects, item.told, missed=item.missed)
        case Readings((command,), asked=True):
            done = proposals.propose(context, effects, command)
        case Told(Command(Kind.IDEA)):
            done = told_ideas.tell(context, effects, item)
        case Told(Command(Kind.IDEAS)):
            done = told_ideas.take(context, effects, item)
        case Told():
            done = subject_questions.answer(context, effects, item)
        case Readings(commands, clear, _):
            done = proposals.offer(context, effects, commands, clear=clear)
    return done if isinstance(done, Step) else Step(done)


_DONE_BY: Mapping[Kind, Callable[[Context, Effects, Command], Effects | Step]] = {
    Kind.CONFIRM: proposals.confirm,
    Kind.REJECT: proposals.reject,
    Kind.RETARGET: ideas.retarget,
    Kind.SET: answers.set_answer,
    Kind.CLEAR: answers.clear,
    Kind.NOTE: answers.note,
    Kind.SUPPOSE: answers.suppose,
    Kind.IDEA: ideas.begin,
    Kind.IDEAS: ideas.add_several,
    Kind.OPEN: ideas.open_idea,
    Kind.EDIT: ideas.edit,
    Kind.SHOW: looks.show,
    Kind.COMPARE: compare,
    Kind.WRITE: texts.write,
    Kind.EXPLAIN: explanations.explain,
    Kind.ASK: subject_questions.ask,
    Kind.GO: navigation.go,
    Kind.LEARN: lessons.learn,
    Kind.CHAT: subject_questions.chat,
    Kind.CALCULATE: calculate,
    Kind.REMIND: navigation.refuse,
    Kind.TEAM: navigation.refuse,
    Kind.OUTCOME: navigation.refuse,
    Kind.FORGET: records.forget,
}


def _compose(context: Context, effects: Effects) -> Turn:
    """The turn: receipts in a paragraph, then the replies, then what is open if it is new or was put out of sight."""
    advisor, after = context.advisor, effects.conversation
    if after.likely:
        before = advisor.flows.questions.prompt(context.start) if after.begun == context.start.begun else None
        after = with_proposal(advisor.pack, before, after)
    if after.focus.offers or effects.offers:
        by = after.author(context.message.sender.id) if effects.offers else ""
        after = after.replace(focus=after.focus.replace(offers=effects.offers, by=by))
    if advisor.flows.questions.prompt(after) is None:  # its own idea is on the list as it is now
        after = own_idea.listed_own(context, after)
    moved = _moved(context, after, _added(context, effects))
    receipts = (*effects.receipts, *moved, *_reordered(context, after))
    if any(isinstance(reply, Text) for reply in effects.replies):  # which has the words of a note
        receipts = tuple(Notice("note_in_text") if is_one_of(NOTED, each) else each for each in receipts)
    receipts = _once(receipts)
    replies = tuple(otherwise(context, reply) for reply in effects.replies)
    if explained := marks(context, Together((*effects.receipts, *replies))):
        explained |= context.start.focus.explained
        after = after.replace(focus=after.focus.replace(explained=explained))
    quiet = receipts or effects.redraw or effects.card
    said = _once(replies) or (() if quiet else _once(effects.courtesies))
    card, shown = _card(context, effects, after, bool(receipts or effects.replies))
    above_list = any(isinstance(reply, IdeaList | IdeaQuestion) for reply in card)
    parts = _by_idea(_beside_card(context, effects, receipts, card), 1 if above_list else _MOST_NAMED)
    receipts = (Receipts(parts),) if parts else ()
    lead: tuple[Reply, ...] = ()
    listed = any(isinstance(reply, AnswersSoFar) for reply in replies)  # which has them all
    read = [q for q in dict.fromkeys(effects.read) if q in after.answers and not listed]
    if read:
        readings = tuple(recorded(advisor.pack, after, q) for q in read)
        asks = any(isinstance(each, QuestionCard) and each.read for each in card)
        lead = (UnderstoodAnswers(readings, begins=asks and not context.start.started),)
        shown = (*shown, *map(read_mark, read))
    files = tuple(reply for reply in said if isinstance(reply, BoardExport | ListText | ResultPage))
    below = (*receipts, *lead, *(reply for reply in said if reply not in files))
    beyond = _looks_beyond(context, effects, after)
    if not card and (beyond or not advisor.flows.current(after).under_way(after)):  # nothing else is on the card
        card, below, shown = below, (), _marks(said)
    elif card and not said:  # one message says it all
        card, below = (*below, *card), ()
    told = (*((Together(below),) if len(below) > 1 else below), *files)
    return Turn(
        after,
        card,
        below=told,
        aside=effects.aside,
        expanded=effects.expanded,
        shown=shown if card else (),
        confidential=effects.confidential,
        did=effects.done,
    )


def _marks(replies: tuple[Reply, ...]) -> tuple[str, ...]:
    """What stands on a card that answers questions, as it is stored."""
    ids = tuple(name for reply in replies for name in lookups.shown_ids(reply))
    return (ANSWERED, *ids) if ids or any(isinstance(reply, VerdictComparison) for reply in replies) else ()


def _beside_card(
    context: Context, effects: Effects, receipts: tuple[Reply, ...], card: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """The receipts without first answers that the card says itself: as a record, or in place of the question's card."""
    if not receipts:
        return ()
    questions = [reply for reply in card if isinstance(reply, QuestionCard)]
    own, listing = ("", label_of(effects.conversation, OWN)), context.start.listing
    records = [record for reply in questions if reply.tells_records for record in reply.records]
    said = {(name, record.question.id) for name in own for record in records}
    ideas = {reply.row.idea.label: reply for reply in card if isinstance(reply, IdeaCard)}
    said |= {(idea, q.question.id) for idea, r in ideas.items() if r.recommendation is None for q in r.records}
    asked = context.advisor.flows.open_prompt(context.start)
    closed = isinstance(asked, Question) and card and not any(reply.again for reply in questions)
    ask = listing.ask if listing is not None and card else ""
    given = {each.option for each in effects.done if each.command is Kind.SET and each.question == ask}
    alike = len(given) == 1 and context.advisor.flows.board.shows_list(effects.conversation)

    def shown(part: Reply) -> bool:
        if isinstance(part, VerdictMoved):
            return part.before is None and part.idea in ideas
        if not isinstance(part, AnswerChanged) or not part.new or part.asked or any(part.between):
            return False
        if part.question.id == ask and (part.old == part.new or (alike and not part.old and not part.quote)):
            return True  # the question's card says how it was answered
        if part.old or (part.idea, part.question.id) in said:
            return not part.old
        return part.idea in own and bool(closed) and part.question is asked

    return tuple(part for part in receipts if not shown(part))


def _once(parts: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Each receipt once: a yes and the answer in words beside it say the same."""
    return parts if len(parts) < 2 else tuple(part for at, part in enumerate(parts) if part not in parts[:at])


def _by_idea(parts: tuple[Reply, ...], most: int) -> tuple[Reply, ...]:
    """The receipts with those about one idea behind its name; of more than `most` each once, behind their numbers."""
    about = [part for part in parts if isinstance(part, _ABOUT_ONE) and part.idea]
    groups = {part.idea: tuple(replace(p, idea="") for p in about if p.idea == part.idea) for part in about}
    if len(groups) > most:
        kept = (part for part in parts if part not in about or isinstance(part, Receipts))
        return (*kept, *_of_many(about))
    told: list[Reply] = []
    for part in parts:
        if not isinstance(part, _ABOUT_ONE) or not part.idea:
            told.append(part)
        elif part.idea in groups:
            number, _, title = part.idea.partition(". ")
            joined = told and told[-1] == Notice("idea_joined", {"number": number, "title": title})  # which names it
            told.append(Receipts(groups.pop(part.idea), "" if joined else part.idea))
    return tuple(told)


def _of_many(about: Iterable[Reply]) -> Iterable[Receipts]:
    """Answers and verdicts of many ideas, in brief, the same of several together."""
    alike: list[tuple[Reply, list[str]]] = []
    for part in about:
        match part:
            case AnswerChanged():
                brief: Reply = replace(part, idea="", quote="")
            case VerdictMoved(after=Verdict()):
                brief = replace(part, idea="", ask=None, added=0)
            case _:
                continue
        names = next((names for other, names in alike if other == brief), None)
        if names is None:
            alike.append((brief, names := []))
        names.append(short_name(part.idea))
    return (Receipts((brief,), ", ".join(names)) for brief, names in alike)


def _card(
    context: Context, effects: Effects, after: Conversation, wrote: bool
) -> tuple[tuple[Reply, ...], tuple[str, ...]]:
    """What the live card shows from now on; nothing where it stays."""
    flows, at = context.advisor.flows, context.message.at
    if effects.card:
        return effects.card, effects.shown
    if not effects.redraw and not flows.current(after).under_way(after):
        return (), ()
    now = _position(context, after)
    if effects.redraw or (now != _position(context, context.start) and not _looks_beyond(context, effects, after)):
        card = flows.replay(after, at)
        own = ("", label_of(after, OWN))
        explained = (p for p in effects.receipts if isinstance(p, AnswerChanged) and p.asked and p.idea in own)
        if above := (*effects.read, *(part.question.id for part in explained)):
            card = tuple(each.without(above) if isinstance(each, QuestionCard) else each for each in card)
        return card, ()
    flow = flows.current(after)
    summed = any(each.command is Kind.CALCULATE for each in effects.done)
    if flow.prompt(after) is None or not wrote or (summed and after.focus.wanted):  # one number is asked for first
        return (), ()
    return flow.reprompt(after, at, digressed=True), (AGAIN,)


def _looks_beyond(context: Context, effects: Effects, after: Conversation) -> bool:
    """Whether the message that answers the last question about ideas looks at something else than the list."""
    board, looks = context.advisor.flows.board, context.has(Kind.EXPLAIN, Kind.SHOW) and bool(effects.replies)
    asked = context.start.flow == board.name and board.prompt(context.start) is not None
    return looks and asked and board.shows_list(after) and not effects.redraw


def _position(context: Context, conversation: Conversation) -> tuple[object, ...]:
    """What is on the card: another one is drawn where it changes."""
    flows = context.advisor.flows
    prompt = flows.open_prompt(conversation)
    finished = prompt is None and flows.current(conversation) is flows.questions and conversation.started
    if prompt is None and not finished:
        return ()
    rows = conversation.listing.rows if conversation.listing is not None and prompt is not None else ()
    return conversation.flow, prompt and prompt.id, conversation.begun, rows


def _reordered(context: Context, after: Conversation) -> tuple[Notice, ...]:
    """The list's own order where the message changed it and shows something else."""
    order, before = after.own_order, context.start.own_order
    said = order and order != before and not context.advisor.flows.board.shows_list(after)
    return (Notice("order_kept", {"numbers": ", ".join(order.split())}),) if said else ()


def _moved(context: Context, after: Conversation, added: set[int]) -> tuple[VerdictMoved, ...]:
    """What the changed answers have done to verdicts that there were, or that there are now; what is missing for that
    of an idea `added` in passing.
    """
    flows, before, pack = context.advisor.flows, context.start, context.advisor.pack
    moved: list[VerdictMoved] = []
    shown = before.replace(revisit=None) if before.revisit else before  # a question opened again hides the result
    finished = all(c.started and flows.questions.prompt(c) is None for c in (after, shown))
    if finished and before.chosen != after.chosen and before.begun == after.begun:
        one, other = (context.advisor.knowledge.judgements.of(c.chosen).decided.verdict for c in (before, after))
        moved.append(VerdictMoved(label_of(after, OWN), pack.verdict(one), pack.verdict(other)))
    if before.board is after.board:
        return tuple(moved)
    old = {idea.number: idea for idea in board_of(before).shown}
    lists_open = any(each.what is What.MISSING for each in context.line)
    for idea in board_of(after).shown:
        was = old.get(idea.number, idea.replace(answers={}) if idea.number in added else idea)
        if idea.number not in added and (was.chosen == idea.chosen or idea.number == after.own):
            continue
        rows = [flows.board.judge.row(each) for each in (was, idea)]
        loose = len(rows[1].possible) > 1 and not (lists_open and rows[1].verdict)
        ask = rows[1].ask if loose else None
        number = idea.number if idea.number in added else 0
        moved.append(VerdictMoved(idea.label, rows[0].verdict, rows[1].verdict, ask, number))
    return tuple(moved if len(moved) < 2 else (each if each.added else replace(each, ask=None) for each in moved))
