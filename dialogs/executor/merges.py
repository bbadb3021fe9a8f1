"""Ideas of the list: copied, and merged into one."""

from dialogs.answer import IdeaNote
from dialogs.commands.command import Command
from dialogs.executor.answers import NOTE_LIMIT, unknown_idea
from dialogs.executor.own_idea import idea_of, on_list
from dialogs.executor.targets import Context, Target, resolve
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import NO_STAGE, Idea, idea_id
from dialogs.replies.notices import Notice
from dialogs.titles import shortened
from dialogs.turn import Effects
from knowledge.pack import UNSURE


def copy(context: Context, effects: Effects, command: Command) -> Effects:
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    target = targets.found[0]
    first = idea_of(context, conversation, target)
    catalogue, sender = context.advisor.catalogue, context.message.sender
    title = shortened(command.value.strip() or catalogue.text("copy_title", title=first.title or first.label))
    copied = first.replace(
        id=idea_id(f"{context.message.id}:copy:{len(effects.done)}", first.number),
        title=title,
        by=sender.id,
        name=sender.name,
        at=context.message.at,
        link=context.message.permalink or "",
        stage=NO_STAGE,
        staged=0,
        named=0,
        titled=0,
    )
    board = board_of(conversation).add((copied,))
    added = board.ideas[-1]
    after = conversation.replace(board=board)
    told = Notice("copied", {"idea": added.label, "of": first.title or first.label})
    return effects.wrote(command.replace(ideas=(str(added.number),)), after, told)


def merge(context: Context, effects: Effects, command: Command, targets: tuple[Target, ...]) -> Effects:
    """The others go into the first: it gets the answers that it lacks, all notes, and the words of the others, as a
    note of whoever told it. Where answers differ, its own stand, and that is said.
    """
    conversation, ideas = effects.conversation, list[Idea]()
    for target in targets:
        conversation, listed = on_list(context, conversation, target)
        ideas += () if listed is None else (listed,)
    if len(ideas) < len(targets):
        return effects.refused(Notice("no_such_idea"))
    first, *others = ideas
    answers = {q: a for idea in reversed(ideas) for q, a in idea.answers.items() if a.option}
    answers |= {q: a for idea in reversed(ideas) for q, a in idea.answers.items() if a.option not in ("", UNSURE)}
    notes = first.notes
    for other in others:
        words = IdeaNote((other.text or other.title)[:NOTE_LIMIT], other.by, other.at, other.name)
        more = other.kept_notes if words.text in ("", first.text, first.title) else (words, *other.kept_notes)
        notes = (*notes, *(note.anew(first.notes) for note in more))
    stage = next((idea.stage for idea in ideas if idea.status), first.stage)
    # What it gets is set anew: a later change of its own, taken back since, would count more.
    got = {q: a if first.answers.get(q) is a else a.replace(order=0) for q, a in answers.items()}
    whole = first.replace(answers={**first.answers, **got}, notes=tuple(dict.fromkeys(notes)), stage=stage)
    board = board_of(conversation).put(
        context.advisor.flows.board.judge.noted(whole),
        *(other.replace(into=first.number).taken_off(context.message.at) for other in others),
    )
    after = conversation.replace(board=board, focus=conversation.focus.replace(idea=first.number))
    gone = ", ".join(str(other.number) for other in others)
    said = {"idea": first.label, "number": str(first.number), "title": first.title or first.label, "others": gone}
    told = [Notice("merged", said)]
    told += _conflicts(context, whole, others)
    return effects.wrote(command.replace(ideas=tuple(str(idea.number) for idea in ideas)), after, *told)


def _conflicts(context: Context, whole: Idea, others: list[Idea]) -> list[Notice]:
    """Answers of the others, and statuses, that are not those of the idea they went into."""
    pack, statuses, found = context.advisor.pack, context.advisor.catalogue.statuses, list[Notice]()
    for other in others:
        number = str(other.number)
        for question in pack.questions:
            theirs, kept = (idea.chosen.get(question.id, UNSURE) for idea in (other, whole))
            if theirs not in (UNSURE, kept) and pack.has_option(question.id, theirs):
                said = {"kept": question.option(kept).record, "other": question.option(theirs).record}
                found.append(Notice("merge_differs", {"number": number, "what": question.name, **said}))
        if other.status not in ("", whole.status):
            said = {"kept": statuses.get(whole.status, whole.status), "other": statuses.get(other.status, other.status)}
            what = context.advisor.catalogue.text("list_status")
            found.append(Notice("merge_differs", {"number": number, "what": what, **said}))
    return found
