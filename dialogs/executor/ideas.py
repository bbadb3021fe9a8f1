"""Ideas: begun, listed, opened, changed, taken back."""

from collections.abc import Iterable

from dialogs.answer import AnswerMethod
from dialogs.catalogue import Remark
from dialogs.commands.command import ALL, OWN_NAME, Command, Kind, What
from dialogs.conversation import IDEA_LIMIT, Conversation
from dialogs.executor.answers import NOTE_LIMIT, current, numbered, unknown_idea, with_idea, with_rest_unknown
from dialogs.executor.items import is_answered
from dialogs.executor.merges import copy, merge
from dialogs.executor.navigation import by_flow, reprompt
from dialogs.executor.own_idea import on_list, shelve, without_own
from dialogs.executor.proposals import Step
from dialogs.executor.targets import Context, Target, has_own, name_of, resolve
from dialogs.flows.board import new_idea
from dialogs.flows.board_cards import ASIDE, OPEN_AGAIN
from dialogs.flows.board_position import board_of
from dialogs.focus import Offer
from dialogs.ideas.board import Idea, Stage
from dialogs.ideas.board_list import Listing
from dialogs.message import GivenIdea, Typed, number_in, text_of
from dialogs.replies.ideas import FileProblems
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Offered
from dialogs.titles import TITLE_LIMIT, shortened
from dialogs.turn import Effects
from dialogs.undo import commands_of, is_note, take_back
from knowledge.typed_answers.word_parser import fold

_SAME = 0.75
"""Least share of the words of two titles that are the same where both name one idea."""

_MOVABLE = (Kind.SET, Kind.NOTE, Kind.CLEAR)

_STEM = 5
"""Letters by which two forms of a word are the same."""


def begin(context: Context, effects: Effects, command: Command) -> Effects:
    """Begins an idea, or adds it to the list that is worked on. Without a text, it is asked for."""
    conversation, flows, text = effects.conversation, context.advisor.flows, command.value.strip()
    if conversation.flow == flows.intake.name and text:
        collected = flows.intake.with_ideas(conversation, context.message, (GivenIdea(text),))
        return effects.drawn(command, collected)
    if command.ideas == (OWN_NAME,) and not text:  # to begin with the questions
        asked = flows.questions.prompt(conversation)
        if asked is None:
            return start(context, effects, command)
        active = effects._replace(conversation=flows.questions.activate(conversation))
        return by_flow(context, active, Command(Kind.GO, What.CONTINUE))
    if not text:
        return effects.told(command, Notice("tell_new_idea"))
    if _names(flows.questions.titles.of(text), conversation.title):
        return effects.told(command.replace(ideas=()), Notice("on_that_already", {"title": conversation.title}))
    return start(context, effects, command)


def start(context: Context, effects: Effects, command: Command) -> Effects:
    """Begins the questions about an idea, with or without a description of it. The one before is kept if anything was
    said of it beside its description, which may have been no idea. One told while the list is worked on joins it.
    """
    conversation, questions, text = effects.conversation, context.advisor.flows.questions, command.value.strip()
    if text and _works_on_list(context, conversation):
        return _add_one(context, effects, command)
    answered = any(answer.how is not AnswerMethod.READ for answer in conversation.answers.values())
    shelved, kept = shelve(context, conversation) if answered or (text and context.line) else (conversation, ())
    begun = questions.begun(questions.activate(shelved), context.message, text)
    offered = (each.value for offer in context.start.focus.offers for each in offer.commands)
    if text and command.value in offered:  # whoever agrees, they are the words of the one who wrote them
        begun = begun.replace(idea_by=context.start.focus.by)
    begun = begun.replace(focus=begun.focus.replace(idea=0), own=0)
    several = text and (has_own(conversation) or conversation.listing is not None)
    receipts = (*kept, Notice("idea_begun", {"title": begun.title})) if several else kept
    return effects.wrote(command.replace(ideas=()), begun, *receipts)._replace(redraw=True)


def _names(title: str, other: str) -> bool:
    told, known = set(fold(title)), set(fold(other))
    same = [word for word in told if any(word[:_STEM] == each[:_STEM] for each in known)]
    return bool(same) and len(same) >= _SAME * max(len(told), len(known))


def _works_on_list(context: Context, conversation: Conversation) -> bool:
    """Whether the talk is about the list or one of its ideas, and no question about an own idea is open."""
    flows = context.advisor.flows
    meant = conversation.flow == flows.board.name or (conversation.flow == "" and conversation.focus.idea > 0)
    return meant and bool(board_of(conversation).shown) and flows.questions.prompt(conversation) is None


def _add_one(context: Context, effects: Effects, command: Command) -> Effects:
    """Adds one idea to the list, which is not shown again; what the message says behind it is about this idea."""
    flows, knowledge, text = context.advisor.flows, context.advisor.knowledge, command.value.strip()
    title = flows.questions.titles.of(text)
    known = next((idea for idea in board_of(effects.conversation).shown if _names(title, idea.title)), None)
    if known is not None:
        told = Notice("idea_listed_already", {"number": known.label})
        return effects.wrote(command.replace(ideas=(str(known.number),)), effects.conversation, told)
    conversation, asked = effects.conversation, flows.questions.prompt(effects.conversation)
    conversation, kept = shelve(context, conversation) if asked is None else (conversation, ())
    message = context.message._replace(id=f"{context.message.id}:{len(effects.done)}")  # several of one message differ
    idea = new_idea(knowledge, flows.questions.titles, message, GivenIdea(text, understood=True), 0)
    board = board_of(conversation).add((idea,))
    number = str(board.ideas[-1].number)
    told = Notice("idea_joined", {"number": number, "title": title})
    return effects.wrote(command.replace(ideas=(number,)), conversation.replace(board=board), *kept, told)


def add_several(context: Context, effects: Effects, command: Command) -> Effects:
    """Adds ideas, one a line, or those of the file that came with the message; without any, they are awaited."""
    flows, message = context.advisor.flows, context.message
    match message.content:
        case Typed(_, (), problems) if problems:
            return effects.refused(FileProblems(problems, 0))
        case Typed(_, ideas, problems) if ideas:
            return effects.absorbed(command, flows.board.take_file(effects.conversation, message, ideas, problems))
    lines = tuple(line.strip()[:IDEA_LIMIT] for line in command.value.splitlines() if line.strip())
    if len(lines) == 1 and board_of(effects.conversation).shown:
        return _add_one(context, effects, command)
    if not lines and effects.conversation.flow == flows.intake.name and flows.intake.under_way(effects.conversation):
        return reprompt(context, effects)
    if not lines:
        return effects.absorbed(command, flows.intake.begin(effects.conversation, message))
    conversation, kept = shelve(context, effects.conversation)
    given = tuple(GivenIdea(line, understood=True) for line in lines)
    turn = flows.board.take(conversation.replace(intake=None), message, given)
    return effects.drawn(command, turn.conversation) if not kept else effects.wrote(command, turn.conversation, *kept)


def open_idea(context: Context, effects: Effects, command: Command) -> Effects:
    """Turns to one idea: it is put on the live card, unless the rest of the message is about it."""
    conversation, flows = effects.conversation, context.advisor.flows
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    target, asked = targets.found[0], command.question if command.question in context.advisor.pack.question_of else ""
    done, number = numbered(command, conversation, target), target.idea.number if target.idea else conversation.own
    if number and flows.open_prompt(conversation) is None and is_answered(context, conversation, command, target):
        turned = conversation.replace(focus=conversation.focus.replace(idea=number))
        return effects.told(done)._replace(conversation=turned)
    if target.idea is None and asked:
        return by_flow(context, effects, Command(Kind.GO, What.BACK, question=asked), done)
    if target.idea is None:
        own = conversation.replace(started=True, focus=conversation.focus.replace(idea=0))
        return effects.drawn(done, flows.questions.activate(own))
    return effects.drawn(done, flows.board.opened(conversation, target.idea.number, asked))


def edit(context: Context, effects: Effects, command: Command) -> Effects:
    """Changes the list: adds, renames, removes, copies, merges, sets a status."""
    if command.what is What.ADD:
        return _add(context, effects, command)
    if command.what is What.COPY:
        return copy(context, effects, command)
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    match command.what:
        case What.RENAME:
            return _rename(context, effects, command, targets.found[0])
        case What.REMOVE if (part := _part_of(conversation, command.ideas)) is not None:
            return effects.told(command, Notice("merged_already", {"idea": part.label}))
        case What.REMOVE if ALL in command.ideas and len(targets.found) > 1:
            return _remove_all_asked(effects, command, targets.found)
        case What.REMOVE:
            return with_rest_unknown(_remove(context, effects, command, targets.found), targets)
        case What.PARK | What.STATUS:
            return with_rest_unknown(_status(context, effects, command, targets.found), targets)
        case What.MERGE if targets.unknown:
            return with_rest_unknown(effects, targets)
        case What.MERGE if len(targets.found) == 1 and len(command.ideas) > 1:
            return effects.told(command, Notice("merged_already", {"idea": name_of(conversation, targets.found[0])}))
        case What.MERGE if len(targets.found) > 1:
            return merge(context, effects, command, targets.found)
        case What.MERGE:
            return effects.refused(Notice("merge_which"))
        case _:
            return effects.refused(Notice("cannot_do_that"))


def _add(context: Context, effects: Effects, command: Command) -> Effects:
    conversation = effects.conversation
    flows, text = context.advisor.flows, command.value.strip()
    if text and not _names(flows.questions.titles.of(text), conversation.title):
        return add_several(context, effects, Command(Kind.IDEAS, value=text))
    asked, (shelved, told) = flows.questions.prompt(conversation), shelve(context, conversation)
    if told and asked is not None:  # its questions go on there
        listing = Listing(idea=board_of(shelved).shown[-1].number, ask=asked.id, order=conversation.own_order)
        shelved = flows.board.activate(shelved.replace(listing=listing))
    if told:
        return effects.wrote(command, shelved, *told)
    number = conversation.own or conversation.focus.idea
    return effects.told(command, Notice("idea_listed_already", {"number": str(number)} if number else {"number": "–"}))


def _rename(context: Context, effects: Effects, command: Command, target: Target) -> Effects:
    conversation, title = effects.conversation, shortened(command.value.strip())
    if not title:
        return effects._replace(aside=(*effects.aside, Notice("name_how")))
    done = numbered(command, conversation, target)
    idea = None if target.idea is None else current(conversation, target.idea)
    number, old = (conversation.own, conversation.title) if idea is None else (idea.number, idea.title)
    if title == old:
        return effects.wrote(done, conversation, Notice("title_already", {"title": title}))
    renamed = None if idea is None else idea.replace(title=title, named=context.message.at, titled=0)
    after = conversation.replace(heading=title) if renamed is None else with_idea(conversation, renamed)
    key: Remark = "own_named" if not old else "idea_renamed_from" if number else "own_renamed"
    return effects.wrote(done, after, Notice(key, {"title": title, "old": old, "number": str(number)}))


def _remove_all_asked(effects: Effects, command: Command, targets: tuple[Target, ...]) -> Effects:
    """The whole list goes only after a yes, or by its numbers."""
    ideas = tuple(OWN_NAME if target.idea is None else str(target.idea.number) for target in targets)
    asked = Notice("remove_these", {"count": str(len(ideas))})
    return effects.refused(asked, offers=(Offer(asked.remark, (command.replace(ideas=ideas),)),))


def _remove(context: Context, effects: Effects, command: Command, targets: tuple[Target, ...]) -> Effects:
    conversation, told = effects.conversation, list[Notice]()
    for target in targets:
        number = conversation.own if target.idea is None else target.idea.number
        conversation, apart = _taken_apart(context, conversation, number)
        told += apart
    board, names = board_of(conversation), []
    for target in targets:
        names.append(name_of(conversation, target) or conversation.title)
        number = conversation.own if target.idea is None else target.idea.number
        idea = board.find(number)
        if idea is not None:
            board = board.put(idea.taken_off(context.message.at))
        if target.idea is None:
            conversation = without_own(conversation)
    listing = conversation.listing
    if listing is not None and listing.idea and board.find(listing.idea) is None:
        conversation = conversation.replace(listing=listing.as_list())
    after = conversation.replace(board=board, focus=conversation.focus.replace(idea=0))
    done = command.replace(ideas=tuple(str(t.idea.number) for t in targets if t.idea is not None))
    return effects.wrote(done, after, Notice("removed", {"ideas": "; ".join(filter(None, names))}), *told)


def _part_of(conversation: Conversation, names: tuple[str, ...]) -> Idea | None:
    """The idea that the only idea named went into; it is no idea of its own any more."""
    board, number = board_of(conversation), number_in(names[0]) if len(names) == 1 else 0
    return board.current(number) if number and board.find(number) is None else None


def _taken_apart(context: Context, conversation: Conversation, number: int) -> tuple[Conversation, tuple[Notice, ...]]:
    """The conversation in which ideas that were lately merged into this one are ideas of their own again: who removes
    one does not mean the others.
    """
    for written in reversed(conversation.written):
        merged = next((c.ideas for c in written.commands if c.what is What.MERGE and str(number) in c.ideas), ())
        if merged:
            about = tuple(change for change in written.changes if str(change.idea) in merged)
            back = take_back(conversation, about, context.message.at).conversation
            others = [idea for each in merged if (idea := board_of(back).find(int(each))) and idea.number != number]
            named = "; ".join(idea.label for idea in others)
            return back.without_written(written), (Notice("apart_again", {"ideas": named}),) if others else ()
    return conversation, ()


def _status(context: Context, effects: Effects, command: Command, targets: tuple[Target, ...]) -> Effects:
    status = "parked" if command.what is What.PARK else command.value.strip()
    known = context.advisor.catalogue.statuses.get(status)
    if known is None:
        return effects.refused(Notice("status_unknown"))
    conversation, ideas, sender = effects.conversation, list[Idea](), context.message.sender
    for target in targets:
        conversation, idea = on_list(context, conversation, target)
        if idea is not None:
            ideas.append(idea)
            stage = Stage("" if status == OPEN_AGAIN else status, context.message.at, sender.id, sender.name)
            conversation = with_idea(conversation, idea.replace(stage=stage))
    if not ideas:
        return effects.refused(Notice("no_such_idea"))
    listing, numbers = conversation.listing, tuple(str(idea.number) for idea in ideas)
    if listing is not None and str(listing.idea) in numbers and status in ASIDE:
        conversation = conversation.replace(listing=listing.as_list())
    names = "; ".join(idea.label for idea in ideas)
    told = Notice("put_aside" if status in ASIDE else "status_set", {"ideas": names, "status": known})
    return effects.wrote(command.replace(ideas=numbers), conversation, told)


def _named_among(texts: Iterable[str], said: str) -> str | None:
    """The only one of some texts of which a longer word, that no other has, is said."""
    words = {text: {word for word in fold(text) if len(word) >= _STEM} for text in texts}
    found = [
        text
        for text, own in words.items()
        if own.difference(*(other for each, other in words.items() if each != text)).intersection(fold(said))
    ]
    return found[0] if len(found) == 1 else None


def retarget(context: Context, effects: Effects, command: Command) -> Step:
    """What the last message wrote was meant for another idea: taken back there, done here."""
    conversation = effects.conversation
    by = conversation.author(context.message.sender.id)
    last = next((written for written in reversed(conversation.written) if written.by == by), None)
    wrote = () if last is None else commands_of(last, conversation.own)
    meant = tuple(c for c in wrote if c.command in _MOVABLE or c.what in (What.STATUS, What.PARK))
    cleared = {c.question for c in context.line if c.command is Kind.CLEAR}  # "forget volume, that was for 4"
    meant = tuple(c for c in meant if c.question in cleared) if cleared else meant
    notes = {c.value or c.quote: c for c in meant if c.command is Kind.NOTE}
    if len(notes) > 1:
        chosen = _named_among(notes, command.value or text_of(context.message))
        if chosen is None:
            offers = tuple(Offer(text[:TITLE_LIMIT], (command.replace(value=text),)) for text in notes)
            asked = Offered(Notice("which_note_to_move"), tuple(offer.label for offer in offers))
            return Step(effects.refused(asked, offers=offers))
        meant = (notes[chosen],)
    targets = resolve(context, conversation, command.ideas)
    named = "; ".join(name_of(conversation, target) for target in targets.found if command.ideas != (ALL,))
    if last is None or not meant or command.ideas == (ALL,):
        values = {"idea": named, "number": named.partition(".")[0]}
        return Step(effects.refused(Notice("nothing_to_move_to" if named else "nothing_to_move", values)))
    if not targets.found or (not has_own(conversation) and not board_of(conversation).shown):
        return Step(unknown_idea(context, effects, command, targets))
    numbers = [str(conversation.own if target.idea is None else target.idea.number) for target in targets.found]
    if all(list(each.ideas) == numbers for each in meant):
        return Step(effects.refused(Notice("with_it_already", {"idea": named})))
    text = meant[0].value or meant[0].quote
    moves = tuple(c for c in last.changes if len(notes) < 2 or is_note(c, text[:NOTE_LIMIT]))
    back = take_back(conversation, moves, context.message.at).conversation
    left = back.without_written(last, tuple(change for change in last.changes if change not in moves))
    moved = effects.wrote(command, left, Notice("moved_to", {"ideas": ", ".join(command.ideas)}))
    return Step(moved, tuple(each.replace(ideas=command.ideas) for each in meant))
