"""Answers, notes and suppositions about ideas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dialogs.answer import Answer, AnswerMethod, IdeaNote
from dialogs.catalogue import Remark
from dialogs.commands.command import ALL, LIKE, NONE, OWN_NAME, Command, Kind, Sure, What
from dialogs.conversation import Conversation, given_answer
from dialogs.executor.repeats import marks
from dialogs.executor.targets import NAMED, OWN, Context, Target, Targets, held, in_focus, label_of, long_words, resolve
from dialogs.flows.board_cards import ASIDE
from dialogs.flows.board_position import board_of
from dialogs.focus import Offer
from dialogs.ideas.board import Idea
from dialogs.message import Press, number_in
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged
from dialogs.replies.receipts import Offered, Together
from dialogs.replies.results import OtherResult
from dialogs.turn import Effects
from dialogs.views.idea_parts import short_name
from knowledge.decision import holding
from knowledge.judgement import Judgement
from knowledge.pack import UNSURE, Question
from knowledge.reading.quantity_answers import between_limits, new_amount
from knowledge.typed_answers.word_parser import fold

NOTE_LIMIT = 300
"""Characters of a note that are kept."""

NOTES_KEPT = 20
"""Notes that are kept with one idea."""

_IDEAS_OFFERED = 3


def set_answer(context: Context, effects: Effects, command: Command) -> Effects:
    """Records an answer for each idea that is meant."""
    conversation, pack = effects.conversation, context.advisor.pack
    targets = _targets(context, conversation, command)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    if command.question == ALL and command.option == LIKE:
        others = resolve(context, conversation, (command.value,)).found
        theirs = answers_of(conversation, others[0]) if others else {}
        for question in theirs:
            effects = set_answer(context, effects, command.replace(question=question))
        return effects if theirs else effects.refused(Notice("which_answer_named", {"idea": command.value}))
    for target in targets.found:
        option = _option(context, effects.conversation, command)
        if not pack.has_option(command.question, option):
            return effects.refused(Notice("which_answer_named", {"idea": command.value}))
        said = command if option == command.option else command.replace(option=option)
        effects = _set_one(context, effects, said, target)
    return with_rest_unknown(effects, targets)


def _targets(context: Context, conversation: Conversation, command: Command) -> Targets:
    """The ideas that an answer is for; where nothing is begun, one begins."""
    if command.ideas == (OWN_NAME,):
        return Targets((OWN,))
    listing, flow = conversation.listing, context.advisor.flows.board
    asked = flow.prompt(conversation) if conversation.flow == flow.name else None
    if not command.ideas and listing is not None and asked is not None and asked.id == command.question:
        return resolve(context, conversation, tuple(map(str, listing.rows or (listing.idea,))))
    if not command.ideas and in_focus(context.advisor, conversation) is None and not board_of(conversation).shown:
        return Targets((OWN,))
    return resolve(context, conversation, command.ideas)


def _option(context: Context, conversation: Conversation, command: Command) -> str:
    """The option, which may be that of another idea."""
    if command.option != LIKE:
        return command.option
    others = resolve(context, conversation, (command.value,)).found
    return answers_of(conversation, others[0]).get(command.question, NONE) if others else NONE


def answers_of(conversation: Conversation, target: Target) -> Mapping[str, str]:
    """The answers of an idea as question: option."""
    return conversation.chosen if target.idea is None else current(conversation, target.idea).chosen


def current(conversation: Conversation, idea: Idea) -> Idea:
    """The idea as the commands before have left it."""
    return board_of(conversation).find(idea.number) or idea


def _set_one(context: Context, effects: Effects, command: Command, target: Target) -> Effects:
    conversation, question = effects.conversation, context.advisor.pack.question(command.question)
    number = () if target.idea is None else (str(target.idea.number),)
    begun = any(done.command is Kind.IDEA and done.ideas == number for done in effects.done)
    implied = bool(command.quote) and (command.sure is Sure.IMPLIED or begun)
    given = AnswerMethod.BUTTON if isinstance(context.message.content, Press) else AnswerMethod.TYPED
    how = AnswerMethod.READ if implied else given
    was = (conversation if target.idea is None else current(conversation, target.idea)).answers.get(question.id)
    old, before = (was.option or None, was.evidence or "") if was is not None else (None, "")
    amount = new_amount(command.quote, before) if command.quote else ""
    words = command.quote if amount in command.quote else amount
    answer = given_answer(context.message, command.option, how, words)
    if target.idea is None:
        after = with_answer(conversation, question.id, answer)
    else:
        idea = current(conversation, target.idea)
        changed = context.advisor.flows.board.judge.noted(idea.replace(answers={**idea.answers, question.id: answer}))
        after = with_idea(conversation, changed)
    done, asked = numbered(command, conversation, target), context.asks_about(question.id)
    said = [(each.ideas, each.question, each.option) for each in effects.done if each.command is Kind.SET]
    if old == command.option and (done.ideas, done.question, done.option) in said:  # the line says it twice
        return effects
    unsure = command.quote if command.option == UNSURE else ""
    between = between_limits(unsure, context.advisor.pack.quantities, question.id, question.meaning or "")
    if implied and begun and target.idea is None and not asked and not any(between):
        return effects.wrote(done, after)._replace(read=(*effects.read, question.id))
    name, quote = label_of(conversation, target), command.quote if implied or asked else ""
    quote = amount if old == command.option and not asked else quote
    few = sum(each.command is Kind.SET for each in context.line) < 3  # else it gets too long
    receipt = AnswerChanged(question, command.option, old, name, quote, asked, few, between)
    told = marks(context, receipt) & (context.start.focus.explained | marks(context, Together(effects.receipts)))
    return effects.wrote(done, after, *(() if told and old == command.option else (receipt,)))


def with_answer(conversation: Conversation, question: str, answer: Answer) -> Conversation:
    """The conversation with an answer about its own idea."""
    proposal = conversation.confirm
    return conversation.replace(
        started=True,
        answers={**conversation.answers, question: answer},
        revisit=None if conversation.revisit == question else conversation.revisit,
        confirm=None if proposal is not None and proposal.question == question else proposal,
        likely=conversation.likely and tuple(each for each in conversation.likely if each.question != question),
        missed=0,
        focus=conversation.focus.replace(idea=0) if conversation.focus.idea else conversation.focus,
    )


def with_next_question(context: Context, effects: Effects) -> Effects:
    """After an answer to a question of the board that is open: the next one, as long as there is no verdict."""
    conversation, flow = effects.conversation, context.advisor.flows.board
    listing = conversation.listing
    if listing is None or not listing.ask:
        return effects
    asked = {str(number) for number in listing.rows or (listing.idea,)}
    given = (done.ideas for done in effects.done if done.command is Kind.SET and done.question == listing.ask)
    if all(asked.isdisjoint(ideas) for ideas in given):
        return effects
    if listing.guided or listing.rows:
        turn = flow.guide(conversation, context.message, listing)
        told = tuple(reply for reply in turn.card if isinstance(reply, Notice))
        return effects._replace(conversation=turn.conversation, receipts=(*effects.receipts, *told))
    idea = board_of(conversation).find(listing.idea)
    row = None if idea is None else flow.judge.row(idea)
    ask = row.ask if row is not None and row.verdict is None else None
    following = listing.as_list() if ask is None else listing.replace(ask=ask.id)
    return effects._replace(conversation=conversation.replace(listing=following))


def with_idea(conversation: Conversation, idea: Idea) -> Conversation:
    """The conversation with an idea of the board changed, which is now the one in focus."""
    focus = conversation.focus.replace(idea=idea.number)
    return conversation.replace(board=board_of(conversation).put(idea), focus=focus)


def numbered(command: Command, conversation: Conversation, target: Target) -> Command:
    """The command with the number of its idea, as it is told; () for the conversation's own where it has none."""
    number = conversation.own if target.idea is None else target.idea.number
    ideas = (str(number),) if number else ()
    return command if command.ideas == ideas else command.replace(ideas=ideas)


def unknown_idea(context: Context, effects: Effects, command: Command, targets: Targets) -> Effects:
    """Nothing is written where the idea is not known; the likeliest are offered."""
    shown = board_of(effects.conversation).shown
    if not shown:
        return effects.refused(Notice("no_ideas"))
    named = next((name for name in targets.unknown if name), "")
    if number_in(named):
        return effects.refused(_no_number(effects.conversation, named))
    lead = Notice("no_idea_called", {"name": named}) if named else Notice("which_idea_is_it")
    likeliest = [(idea.label, str(idea.number)) for idea in shown[:_IDEAS_OFFERED]]
    offers = tuple(Offer(name, (command.replace(ideas=(number,)),)) for name, number in likeliest)
    return effects.refused(Offered(lead, tuple(offer.label for offer in offers)), offers=offers)


def with_rest_unknown(effects: Effects, targets: Targets) -> Effects:
    """Says which of several ideas were not found."""
    named = [name for name in targets.unknown if name]
    return effects if not named else effects.refused(*(_no_number(effects.conversation, name) for name in named))


def _no_number(conversation: Conversation, name: str) -> Notice:
    """What is said of a number, or name, that no idea of the list has; or none any more."""
    gone = any(idea.number == number_in(name) for idea in board_of(conversation).ideas)
    return Notice("idea_gone_from_list" if gone else "idea_not_there", {"number": name})


def _clear_note(effects: Effects, command: Command, targets: Targets) -> Effects:
    """Takes notes away: all of them, the one that holds most of the words, or else the last."""
    whole, told = command.question == ALL, dict[str, list[str]]()
    wanted = long_words(command.value) or fold(command.value)
    for target in targets.found:
        conversation = effects.conversation
        notes = conversation.notes if target.idea is None else current(conversation, target.idea).notes
        kept = [(held(wanted, fold(note.text)) if wanted else note.at, note) for note in notes if not note.gone]
        best = max(kept, key=lambda rated: (rated[0], rated[1].at), default=None)
        found = best is not None and (not wanted or best[0] >= NAMED)
        gone = [note for _, note in kept] if whole else [best[1]] if best is not None and found else []
        name = label_of(conversation, target)
        if not gone:
            effects = effects.refused(Notice("no_such_note", {"idea": name}))
            continue
        left = tuple(note.taken_back if note in gone else note for note in notes)
        listed = target.idea is not None or conversation.own  # where copies meet
        after = conversation.replace(notes=left if listed else tuple(note for note in left if not note.gone))
        if target.idea is not None:
            after = with_idea(conversation, current(conversation, target.idea).replace(notes=left))
        for note in gone:
            told.setdefault(note.text, []).append(name)
        effects = effects.wrote(numbered(command, conversation, target), after)
    receipts = (Notice("note_removed", {"note": text, "idea": _together(names)}) for text, names in told.items())
    return with_rest_unknown(effects._replace(receipts=(*effects.receipts, *receipts)), targets)


def _together(names: Sequence[str]) -> str:
    """One idea by its name, several by their numbers."""
    return names[0] if len(names) == 1 else ", ".join(map(short_name, names))


def clear(context: Context, effects: Effects, command: Command) -> Effects:
    """Takes answers away; their questions are open again. Or a note."""
    conversation, pack = effects.conversation, context.advisor.pack
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    if command.what is What.NOTE:
        return _clear_note(effects, command, targets)
    for target in targets.found:
        conversation = effects.conversation
        given = answers_of(conversation, target)
        gone = [q for q in pack.question_of if q in given and command.question in (q, "all")]
        if not gone:
            asked = pack.question_of.get(command.question)
            values = {"idea": label_of(conversation, target), "question": asked.name if asked is not None else ""}
            effects = _open_already(effects, values)
            continue
        after = conversation
        if target.idea is None:
            kept = {q: answer for q, answer in conversation.answers.items() if q not in gone}
            after = conversation.replace(answers=kept, concluded=False, confirm=None)
        idea = target.idea or board_of(conversation).find(conversation.own)
        if idea is not None:
            cleared = {q: given_answer(context.message, "", AnswerMethod.TYPED) for q in gone}
            idea = current(conversation, idea)
            noted = context.advisor.flows.board.judge.noted(idea.replace(answers={**idea.answers, **cleared}))
            after = with_idea(after, noted) if target.idea else after.replace(board=board_of(after).put(noted))
        name = label_of(conversation, target)
        receipts = tuple(AnswerChanged(pack.question(q), "", given[q], name) for q in gone)
        effects = effects.wrote(numbered(command, conversation, target), after, *receipts)
    return with_rest_unknown(effects, targets)


def _open_already(effects: Effects, values: dict[str, str]) -> Effects:
    """Nothing was noted there; questions of one idea are told together."""
    last = effects.replies[-1] if effects.replies else None
    if isinstance(last, Notice) and last.remark == "open_already" and last.values["idea"] == values["idea"]:
        values["question"] = f"{last.values['question']}, {values['question']}"
        effects = effects._replace(replies=effects.replies[:-1])
    return effects.refused(Notice("open_already" if all(values.values()) else "nothing_to_clear", values))


def note(context: Context, effects: Effects, command: Command) -> Effects:
    """Keeps a fact beside the answers."""
    conversation, sender = effects.conversation, context.message.sender
    text = (command.value or command.quote)[:NOTE_LIMIT]
    targets = resolve(context, conversation, command.ideas)
    if not text or not targets.found:
        return unknown_idea(context, effects, command, targets)
    noted = conversation.notes or any(idea.notes for idea in board_of(conversation).shown)
    for target in targets.found:
        conversation = effects.conversation
        kept = IdeaNote(text, sender.id, context.message.at, sender.name)
        if target.idea is None:
            notes = (*conversation.notes, kept.anew(conversation.notes))
            after = conversation.replace(notes=notes[-NOTES_KEPT:])
        else:
            idea = current(conversation, target.idea)
            after = with_idea(conversation, idea.replace(notes=(*idea.notes, kept.anew(idea.notes))[-NOTES_KEPT:]))
        effects = effects.wrote(numbered(command, conversation, target), after)
    about = _together([label_of(conversation, target) for target in targets.found])
    key: Remark = "note_kept_with" if about else "note_kept_too" if noted else "note_kept"
    effects = effects._replace(receipts=(*effects.receipts, Notice(key, {"idea": about, "note": text})))
    return with_rest_unknown(effects, targets)


def suppose(context: Context, effects: Effects, command: Command) -> Effects:
    """The verdict with other answers; those of one message that are about the same idea are supposed together."""
    first = next(c for c in context.line if c.command is Kind.SUPPOSE and c.ideas == command.ideas)
    if first is not command and first in context.line[: context.line.index(command)]:
        return effects._replace(done=(*effects.done, command))
    conversation, pack = effects.conversation, context.advisor.pack
    targets = resolve(context, conversation, command.ideas)
    together = [c for c in context.line if c.command is Kind.SUPPOSE and c.ideas == command.ideas]
    supposed = {c.question: c.option for c in together if pack.has_option(c.question, c.option)}
    if not supposed:
        return effects.refused(Notice("what_if_unclear"))
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    aside = [one for one in targets.found if one.idea is not None and one.idea.status in ASIDE]
    found = [one for one in targets.found if ALL not in command.ideas or one not in aside] or targets.found
    results = [other_result(context, conversation, target, supposed) for target in found]
    others = [c for c in context.line if c.command is Kind.SUPPOSE and c not in together]
    if others or len(found) > 1:
        is_last = command not in context.line or {*context.line[context.line.index(command) :]}.isdisjoint(others)
        return effects.told(command, *_by_outcome(results), *((Notice("only_supposed"),) if is_last else ()))
    about, chosen = numbered(command, conversation, found[0]).ideas, answers_of(conversation, found[0])
    changed = [(q, option) for q, option in supposed.items() if option not in (chosen.get(q), UNSURE)]
    sets = tuple(Command(Kind.SET, ideas=about, question=q, option=option) for q, option in changed)
    label = offer_label(context, sets, results[0].idea) if sets else ""
    offers = (Offer(label, sets),) if label else ()
    unsure = [(c.quote, c.question) for c in together if c.option == UNSURE]
    limits = (between_limits(said, pack.quantities, q, pack.question(q).meaning or "") for said, q in unsure)
    between = next(filter(any, limits), ("", ""))
    return effects.told(command, replace(results[0], label=label, between=between)).refused(offers=offers)


def _by_outcome(results: Sequence[OtherResult]) -> Iterator[OtherResult]:
    """Ideas for which the same comes out in one, by their numbers, with what keeps it if that is the same as well."""
    alike: dict[tuple[str, str], list[OtherResult]] = {}
    for result in results:
        alike.setdefault((result.verdict.id, result.now.id if result.verdict != result.now else ""), []).append(result)
    for first, *others in alike.values():
        since = first.since if all(other.since == first.since for other in others) else ()
        names = ", ".join(short_name(each.idea) for each in (first, *others))
        yield replace(first, idea=names, since=since) if others else first


def other_result(
    context: Context, conversation: Conversation, target: Target, supposed: Mapping[str, str], *, why: bool = False
) -> OtherResult:
    """The verdict on an idea with other answers. `why`: with the count."""
    pack, of = context.advisor.pack, context.advisor.knowledge.judgements.of
    was = of(answers_of(conversation, target))
    then = of({**was.answers, **supposed})
    now, other = (pack.verdict(each.decided.verdict) for each in (was, then))
    answers = tuple((pack.question(q), option) for q, option in supposed.items())
    since = _keeping(was, then) if other == now else ()
    name, counted = label_of(conversation, target), (pack, then.answers) if why else None
    return OtherResult(answers, other, now, since, name, counted=counted)


def _keeping(was: Judgement, then: Judgement) -> tuple[tuple[Question, str], ...]:
    """The answers, supposed ones among them, that keep the verdict from moving to where the supposed ones point: those
    that are part of the smallest changes that would move it there; where there are none, those that it rests on.
    """
    pack, place = then.pack, then.pack.scale.verdicts.index
    up = then.decided.score >= was.decided.score
    there = (c for c in then.changes if (place(c.verdict) > place(then.decided.verdict)) is up)
    turning = {question for change in there for question in change.answers}
    turning = turning or {question.id for question in holding(pack, then.answers, then.decided.verdict)}
    return tuple((q, then.answers[q.id]) for q in pack.questions if q.id in turning and q.id in then.answers)


def offer_label(context: Context, commands: tuple[Command, ...], name: str) -> str:
    """What stands on the button that carries out some answers."""
    pack, catalogue = context.advisor.pack, context.advisor.catalogue
    answers = catalogue.answers_text((pack.question(c.question), c.option) for c in commands)
    return catalogue.text("offer_set_for" if name else "offer_set", idea=name, answers=answers)
