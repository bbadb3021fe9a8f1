"""Explanations of anything that the advisor asked, said, counted or read; all derived from the pack and the record."""

from dialogs.answer import IdeaNote
from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import Conversation
from dialogs.executor.answers import answers_of, current, numbered, other_result, unknown_idea, with_rest_unknown
from dialogs.executor.lessons import reviewed
from dialogs.executor.looks import MOST_AT_ONCE, named, one_named
from dialogs.executor.navigation import anothers, refused
from dialogs.executor.repeats import marks
from dialogs.executor.results import missing_of, result_of, told_of
from dialogs.executor.sums import last_sums, whole_of
from dialogs.executor.targets import NAMED, Context, Target, held, in_focus, label_of, long_words, name_of, resolve
from dialogs.flows import lesson_progress
from dialogs.flows.board_cards import NOT_A_FIT
from dialogs.flows.board_position import board_of
from dialogs.flows.lesson_progress import AtLesson
from dialogs.flows.replay import records
from dialogs.focus import Change
from dialogs.ideas.board_list import PAGE
from dialogs.message import text_of
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged, QuestionMeaning, RecordedAnswer, WhyAsked
from dialogs.replies.receipts import AnswersRead, IdeasDiffer, Receipts, RuleExplained, RulesExplained, Together
from dialogs.replies.results import ResultPart
from dialogs.turn import Effects
from dialogs.undo import OWN_NUMBER, is_note, take_back
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import fold

_LISTED = ("compare", "show.ideas", "ideas", "explain.why_differs")
"""Commands after which several ideas are talked about."""


def explain(context: Context, effects: Effects, command: Command) -> Effects:
    """Explains what is asked about, in the words of the pack and of the record."""
    summed = last_sums(context, effects.conversation) if context.start.last == Kind.CALCULATE else ()
    match command.what:
        case What.LAST if summed:
            return effects.told(command, whole_of(summed))
        case What.QUESTION if command.value == Value.WHY:
            return _why(context, effects, command)
        case What.RULES:
            return effects.told(command, _rules(context, effects.conversation, command))
        case What.QUESTION | What.OPTION | What.PROPOSAL | What.LAST:
            return _question(context, effects, command)
        case What.READING:
            return _reading(context, effects, command)
        case What.WHY_DIFFERS:
            return _difference(context, effects, command)
        case _:
            return _verdict(context, effects, command)


def _why(context: Context, effects: Effects, command: Command) -> Effects:
    """Why the open question is asked, why the last answer was right or wrong, or why the result is what it is."""
    conversation, flows = effects.conversation, context.advisor.flows
    halted = refused(context, effects, command)
    if halted is not None:
        return halted
    match flows.open_prompt(conversation):
        case AtLesson() if conversation.tour is not None and any(conversation.tour.first.values()):
            return _question(context, effects, Command(Kind.EXPLAIN, What.LAST))
        case Question() as question:
            return effects.told(command, WhyAsked(question))
        case None:
            return _verdict(context, effects, command)
        case _:
            return effects.told(command, Notice("lesson_why"))


def _asked(context: Context, command: Command) -> Question | None:
    return context.advisor.pack.question_of.get(command.question)


def _rules(context: Context, conversation: Conversation, command: Command) -> Reply:
    target, question = in_focus(context.advisor, conversation), _asked(context, command)
    result = None if target is None else result_of(context, conversation, target)
    if question is not None and result is not None and question.id in result.given:
        return RuleExplained(result, question)
    return RulesExplained(context.advisor.pack, result)


def _question(context: Context, effects: Effects, command: Command) -> Effects:
    """What a question or its options mean, and why it is asked; without any: what was shown last."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if command.what is What.PROPOSAL and conversation.confirm is not None:
        proposal = conversation.confirm
        option = context.advisor.pack.question(proposal.question).option(proposal.option)
        key: Remark = "proposed_because" if proposal.evidence else "proposed_supposed"
        return effects.told(command, Notice(key, {"answer": option.record, "evidence": proposal.evidence}))
    offers = context.start.focus.offers
    if command.what is What.PROPOSAL and offers:
        asked = Notice("proposed_offer", {"offers": "; ".join(offer.label for offer in offers)})
        return effects.told(command, asked).refused(offers=offers)
    tour = conversation.tour if not flow.accepts_descriptions else None
    question = _asked(context, command)
    if tour is not None and question is None:
        theirs = anothers(context, effects, flow)
        openers = context.advisor.catalogue.phrases["option_openers"]
        last = lesson_progress.last_told(context.advisor.pack, tour, command.option, text_of(context.message), openers)
        return theirs or reviewed(effects, command, tour, last)
    question = question or flows.questions.prompt(conversation)
    if question is None:
        return _verdict(context, effects, command)
    stands = () if tour is not None else _stands(context, conversation, command, question)
    why = () if command.what is What.OPTION else (WhyAsked(question),)
    return effects.told(command, Together((*stands, QuestionMeaning(question), *why)))


def _stands(context: Context, conversation: Conversation, command: Command, question: Question) -> tuple[Reply, ...]:
    """Where a question is explained, how it stands with the ideas that are meant, unless that was told before."""
    targets = resolve(context, conversation, command.ideas).found
    unfit = [str(t.idea.number) for t in targets if t.idea and current(conversation, t.idea).status == NOT_A_FIT]
    if unfit:
        return (Notice("no_questions_there", {"ideas": ", ".join(unfit)}),)
    said = any(each.command is Kind.SET and each.question == question.id for each in context.line)
    answer = told_of(context, conversation, targets[0]).answers.get(question.id) if len(targets) == 1 else None
    if said or answer is None or not context.advisor.pack.has_option(question.id, answer.option):
        return ()
    name = label_of(conversation, targets[0])
    stands = AnswerChanged(question, answer.option, answer.option, name, answer.evidence or "", asked=True)
    return (stands,) if marks(context, stands).isdisjoint(context.start.focus.explained) else ()


def _verdict(context: Context, effects: Effects, command: Command) -> Effects:
    """Why the verdict is what it is, or how clear it is."""
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas or _just_listed(context, command))
    if not targets.found:
        rules = RulesExplained(context.advisor.pack)
        return unknown_idea(context, effects, command, targets) if command.ideas else effects.told(command, rules)
    most = PAGE if command.what is What.STRENGTH else MOST_AT_ONCE
    told = (_verdict_on(context, conversation, command, target) for target in targets.found[:most])
    return with_rest_unknown(effects.told(one_named(command, conversation, targets), *told), targets)


def _just_listed(context: Context, command: Command) -> tuple[str, ...]:
    """The ideas that were just compared or listed, where it is asked how strong the verdicts are, not which."""
    start, board = context.start, context.advisor.flows.board
    if command.what is not What.STRENGTH or start.listing is None or start.flow != board.name or start.listing.idea:
        return ()
    if start.last not in _LISTED and not (start.listing.compared and start.last.startswith("write.")):
        return ()
    rows = board.cards.rows(board_of(start), start.listing)
    return tuple(map(str, start.listing.compared or (row.number for row in rows)))


def _verdict_on(context: Context, conversation: Conversation, command: Command, target: Target) -> Reply:
    result, question = result_of(context, conversation, target), _asked(context, command)
    if result is None:
        return Receipts((missing_of(context, conversation, (target,)),))
    if command.what is What.STRENGTH:
        part, name = ResultPart(What.STRENGTH, result), label_of(conversation, target)
        return Receipts((part,), name) if name else part
    supposed = _just_supposed(context, conversation, target)
    if supposed and (question is None or question.id in supposed):
        return other_result(context, conversation, target, supposed, why=True)
    told: Reply = ResultPart(What.VERDICT, result)
    if question is not None and question.id in result.given:
        told = RuleExplained(result, question)
    return named(conversation, target, told)


def _just_supposed(context: Context, conversation: Conversation, target: Target) -> dict[str, str]:
    """The answers that the message before supposed of an idea, as question: option."""
    start, ideas = context.start, numbered(Command(Kind.SET), conversation, target).ideas
    offered = [c for offer in start.focus.offers for c in offer.commands if start.last == Kind.SUPPOSE]
    chosen = answers_of(conversation, target)
    return {c.question: c.option for c in offered if c.ideas == ideas and chosen.get(c.question) != c.option}


def _reading(context: Context, effects: Effects, command: Command) -> Effects:
    """What is written down of what is asked about: in which words, by whom and when; or that nothing is."""
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        return unknown_idea(context, effects, command, targets)
    target, asked = targets.found[0], _asked(context, command)
    name, done = name_of(conversation, target), numbered(command, conversation, target)
    found = _written_down(context, conversation, command, target)
    if found:
        return effects.told(done, AnswersRead(name, found, context.message.sender.id))
    named = ", ".join(q.name for q in ((asked,) if asked is not None else context.advisor.pack.questions))
    about = f"“{command.value}”" if command.value and asked is None else named
    return effects.told(done, Notice("read_nothing", {"idea": name, "questions": about}))


def _written_down(
    context: Context, conversation: Conversation, command: Command, target: Target
) -> tuple[RecordedAnswer | IdeaNote, ...]:
    """The answers and notes that hold most words of what is asked about; where none does, and no words are given apart,
    those that the message before wrote ("is that noted?"), or else all.
    """
    told, asked = told_of(context, conversation, target), _asked(context, command)
    given: tuple[RecordedAnswer | IdeaNote, ...] = (*records(context.advisor.pack, told), *told.kept_notes)
    texts = [e.text if isinstance(e, IdeaNote) else f"{e.question.name} {e.answer.evidence}" for e in given]
    words = fold(asked.name if asked is not None else command.value or text_of(context.message))
    near = [held(long_words(" ".join(words)), fold(text)) for text in texts]
    kept = tuple(each for each, share in zip(given, near, strict=True) if share == max(near) >= NAMED)
    things = fold(context.advisor.catalogue.text("recorded_things"))
    telling = not {*things}.issuperset(long_words(" ".join(words)))
    if kept or (command.value and telling) or asked is not None:
        return kept
    that = not {*context.advisor.catalogue.board["this"]}.isdisjoint(words)
    last = [one for one in conversation.written if that and one.revision == context.start.revision]
    number = OWN_NUMBER if target.idea is None else target.idea.number
    changes = [change for one in last for change in one.changes if change.idea == number]
    return tuple(each for each in given if any(_is_of(change, each) for change in changes)) or given


def _is_of(change: Change, given: RecordedAnswer | IdeaNote) -> bool:
    """Whether a change is what wrote an answer or note."""
    return is_note(change, given.text) if isinstance(given, IdeaNote) else change.part == f"answer:{given.question.id}"


def _difference(context: Context, effects: Effects, command: Command) -> Effects:
    """Why two ideas come out as they do; with one or none: what the last change has done to it."""
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas).found
    if len(targets) > 1:
        left, right = ((told_of(context, conversation, t), name_of(conversation, t)) for t in targets[:2])
        return effects.told(command, _differ(context, left, right))
    target = targets[0] if targets else None
    before = None if target is None else _before_last_change(context, effects, target)
    if target is None or before is None:
        return effects.refused(Notice("nothing_differs"))
    name = name_of(conversation, target)
    catalogue = context.advisor.catalogue
    old = before, catalogue.text("differs_before")
    new = told_of(context, conversation, target), catalogue.text("differs_now")
    return effects.told(numbered(command, conversation, target), _differ(context, old, new, title=name))


def _before_last_change(context: Context, effects: Effects, target: Target) -> Conversation | None:
    """An idea as it was before this message, or before the last one that changed it."""
    conversation = effects.conversation
    number = OWN_NUMBER if target.idea is None else target.idea.number
    start = context.start
    then = told_of(context, start, target) if target.idea is None or board_of(start).find(number) is not None else None
    if then is not None and then.chosen != told_of(context, conversation, target).chosen:
        return then
    for written in reversed(conversation.written):
        about = tuple(change for change in written.changes if change.idea == number)
        if any(change.part.startswith("answer:") for change in about):
            return told_of(context, take_back(conversation, about, context.message.at).conversation, target)
    return None


def _differ(
    context: Context, left: tuple[Conversation, str], right: tuple[Conversation, str], title: str = ""
) -> IdeasDiffer:
    pack, judgements = context.advisor.pack, context.advisor.knowledge.judgements
    first, second = left[0].chosen, right[0].chosen
    answers = tuple(
        (question, first.get(name, ""), second.get(name, ""))
        for name, question in pack.question_of.items()
        if first.get(name) != second.get(name)
    )
    one, other = judgements.of(first).verdict, judgements.of(second).verdict
    return IdeasDiffer(pack, (left[1], one, first), (right[1], other, second), answers, title)
