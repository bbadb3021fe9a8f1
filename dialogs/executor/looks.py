"""What somebody wants to see of their own: results, ideas, answers, what is missing."""

from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import Conversation
from dialogs.executor import records
from dialogs.executor.answers import current, numbered, unknown_idea, with_rest_unknown
from dialogs.executor.items import is_answered
from dialogs.executor.list_filters import filtered, verdict_in
from dialogs.executor.results import missing_of, result_of, told_of
from dialogs.executor.targets import Context, Target, Targets, held, in_focus, label_of, long_words, name_of, resolve
from dialogs.flows import lesson_progress, lookups
from dialogs.flows.board import MOST_COMPARED
from dialogs.flows.board_cards import ASIDE, next_question, settled_by
from dialogs.flows.board_position import board_of
from dialogs.flows.pending_proposals import moved_on
from dialogs.flows.replay import answers_so_far, interim_result, recommend
from dialogs.focus import Offer
from dialogs.ideas.board import IdeaRow
from dialogs.ideas.board_list import Listing
from dialogs.ideas.events import BEGUN
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Offered, Together
from dialogs.replies.results import Recommendation, ResultPart
from dialogs.turn import Effects
from dialogs.views.idea_parts import deciding_answers, staged, verdict_cell
from knowledge.typed_answers.word_parser import fold

MOST_AT_ONCE = 4
"""Ideas about which something is told one below the other."""


def show(context: Context, effects: Effects, command: Command) -> Effects:
    conversation, flows = effects.conversation, context.advisor.flows
    match command.what:
        case What.IDEAS:
            return _ideas(context, effects, command)
        case What.NEXT:
            return _next(context, effects, command)
        case What.MISSING:
            return _missing(context, effects, command)
        case What.ME:
            return records.me(context, effects, command)
        case What.DETAILS if not command.ideas and flows.questions.shows_result(conversation):
            details = ResultPart(What.DETAILS, recommend(context.advisor.knowledge, conversation, context.message.at))
            return effects._replace(expanded=(details,), done=(*effects.done, command))
        case What.RESULT if command.value == Value.NOW and not conversation.started:
            return effects.refused(Notice("nothing_open"))
        case What.SOURCES if in_focus(context.advisor, conversation) is None:
            return effects.told(command, lookups.sources(context.advisor.pack))
        case What.SINCE | What.HISTORY:
            return records.since(context, effects, command)
        case What.PROGRESS if not command.ideas and conversation.flow == flows.lessons.name:
            tour, topic = lesson_progress.tour_of(conversation), command.value
            return effects.told(command, lesson_progress.told(context.advisor.pack, tour, topic))
        case _:
            return _of_one(context, effects, command)


def _of_one(context: Context, effects: Effects, command: Command) -> Effects:
    """Something about an idea, or about each of a few: its result, or what it rests on."""
    conversation = effects.conversation
    targets = resolve(context, conversation, command.ideas)
    if not targets.found:
        unknown = unknown_idea(context, effects, command, targets)
        nothing: Remark = "open_an_idea" if board_of(conversation).shown else "no_result_at_all"
        return unknown if command.ideas else effects.refused(Notice(nothing))
    done = one_named(command, conversation, targets)
    if command.what is What.RESULT and len(targets.found) == 1:
        return _result(context, effects, done, targets.found[0])
    if command.what is What.ANSWERS and len(targets.found) > 1:
        lines = Together(tuple(_in_short(context, conversation, target) for target in targets.found))
        return with_rest_unknown(effects.told(done, lines), targets)
    told = (part for target in targets.found[:MOST_AT_ONCE] for part in _about(context, conversation, command, target))
    return with_rest_unknown(effects.told(done, *told), targets)


def one_named(command: Command, conversation: Conversation, targets: Targets) -> Command:
    """The command with the number of its idea, where it is about one."""
    return numbered(command, conversation, targets.found[0]) if len(targets.found) == 1 else command


def _about(context: Context, conversation: Conversation, command: Command, target: Target) -> tuple[Reply, ...]:
    if command.what is What.ANSWERS:
        return (answers_so_far(context.advisor.knowledge, told_of(context, conversation, target)),)
    result = result_of(context, conversation, target)
    if result is None or (command.what is What.PROGRESS and target.idea is None):
        return _standing(context, conversation, target)
    if command.what is What.SOURCES and (claims := _claims(command, result)) is not None:
        claimed = Notice("claim_of_article", {"publisher": context.advisor.pack.source.publisher})
        return (named(conversation, target, ResultPart(command.what, claims)), claimed)
    details = command.what is What.DETAILS and target.idea is not None
    part = named(conversation, target, ResultPart(command.what, _towards(context, command, result), listed=details))
    if command.what is What.PROGRESS:
        return (part, missing_of(context, conversation, (target,)))
    notes = (conversation if target.idea is None else current(conversation, target.idea)).kept_notes
    kept = "; ".join(note.text for note in notes)
    return (part, Notice("steps_noted", {"notes": kept})) if kept and command.what is What.STEPS else (part,)


def _in_short(context: Context, conversation: Conversation, target: Target) -> Notice:
    """One of several ideas in a line: its status, its verdict or what is open, its answers and notes."""
    catalogue, told = context.advisor.catalogue, told_of(context, conversation, target)
    judged = context.advisor.knowledge.judgements.of(told.chosen)
    stands = [catalogue.text("missing_of", idea="", questions=", ".join(question.name for question in judged.missing))]
    given = [(q.name, q.option(told.chosen[q.id]).shortest) for q in judged.pack.questions if q.id in told.chosen]
    answers = "; ".join(catalogue.text("change_answer", question=name, record=option) for name, option in given)
    notes = (catalogue.text("idea_note", note=note.text) for note in told.kept_notes)
    parts = (*(stands if judged.verdict is None else [f"{judged.verdict.name}."]), answers and f"{answers}.", *notes)
    name = name_of(conversation, target) if target.idea is None else staged(catalogue, target.idea)
    return Notice("in_short", {"idea": name, "told": " ".join(filter(None, parts))})


def _towards(context: Context, command: Command, result: Recommendation) -> Recommendation:
    """The result with only the changes to the verdict that is asked about, if there are any."""
    given = command.parameters()
    verdict = verdict_in(context, fold(given.get("towards", "") or given.get("filter", "")))
    changes = tuple(change for change in result.changes if change.verdict == verdict)
    return replace(result, changes=changes) if changes else result


def _claims(command: Command, result: Recommendation) -> Recommendation | None:
    """The result with only the reasons that are nearest to the words asked about; None where none has any of them."""
    texts = (command.parameters().get("filter", ""), *(reason.text for reason in result.decided.reasons))
    asked, *told = map(long_words, texts)
    near = [held(asked, words) for words in told]
    nearest = tuple(r for r, share in zip(result.decided.reasons, near, strict=True) if share == max(near) > 0)
    return replace(result, decided=replace(result.decided, reasons=nearest)) if nearest else None


def named(conversation: Conversation, target: Target, told: Reply) -> Reply:
    """A reply about an idea, below its name where there are several."""
    name = label_of(conversation, target)
    return Together((Notice("about_idea", {"idea": name}), told)) if name else told


def _result(context: Context, effects: Effects, command: Command, target: Target) -> Effects:
    """The result; while questions are open first how it stands, and the result itself for who asks again."""
    conversation, flows = effects.conversation, context.advisor.flows
    if is_answered(context, conversation, command, target):
        return effects.told(command)
    if target.idea is not None:
        return effects.drawn(command, flows.board.opened(conversation, target.idea.number))
    own = flows.questions.activate(conversation)
    question = flows.questions.prompt(own)
    judged = context.advisor.knowledge.judgements.of(conversation.chosen)
    again = command.value == Value.NOW or (judged.verdict is not None and conversation.last == command.name)
    if question is not None and judged.final is None and not again:
        return effects.wrote(command, own).refused(*_standing(context, own, target))
    concluded = moved_on(own, started=True, concluded=True)
    return effects.drawn(command, concluded if question is not None else own)


def _standing(context: Context, conversation: Conversation, target: Target) -> tuple[Reply, ...]:
    """How an idea stands: the result in short, or so far and what is missing."""
    told = told_of(context, conversation, target)
    knowledge = context.advisor.knowledge
    asked = context.advisor.flows.questions.prompt(told)
    question = asked if target.idea is None else knowledge.judgements.of(told.chosen).ask
    result = result_of(context, conversation, target)
    if target.idea is None and question is not None:
        return (interim_result(knowledge, told, question),)
    if result is not None:
        return (ResultPart(What.RESULT, result),)
    return (missing_of(context, conversation, (target,)),)


def _missing(context: Context, effects: Effects, command: Command) -> Effects:
    conversation, flows = effects.conversation, context.advisor.flows
    targets = resolve(context, conversation, command.ideas)
    found = () if command.value == Value.IN_TURN and board_of(conversation).shown else targets.found
    if command.ideas and not found:
        return unknown_idea(context, effects, command, targets)
    if len(found) > 1:
        found = tuple(target for target in found if target.idea is None or target.idea.status not in ASIDE)
    if found and (command.ideas or conversation.flow == flows.questions.name or flows.board.shown_idea(conversation)):
        names = tuple(map(str, Targets(found).numbers(conversation)))
        asked, told = guided(context, effects, command, names), missing_of(context, conversation, found)
        if names and asked is not None and any(each.what is What.CONTINUE for each in context.line):
            return asked
        if len(found) < 2 or asked is None:
            return effects.told(command, told)
        offer = Offer(context.advisor.catalogue.text("guide_label"), (Command(Kind.GO, What.CONTINUE, ideas=names),))
        return effects.told(command, told).refused(Offered(None, (offer.label,)), offers=(offer,))
    if board_of(conversation).shown:
        listing = (conversation.listing or Listing()).as_list()
        return effects.absorbed(command, flows.board.guide(conversation, context.message, listing))
    return effects.refused(Notice("no_ideas" if command.value else "nothing_open"))


def guided(context: Context, effects: Effects, command: Command, names: tuple[str, ...] = ()) -> Effects | None:
    """The first of the missing questions about the ideas with these names, else of the list; None where none is."""
    conversation, flow = effects.conversation, context.advisor.flows.board
    named = resolve(context, conversation, names).numbers(conversation)
    shown = None if names else conversation.listing
    listing = Listing(order=conversation.own_order) if shown is None else shown.as_list()
    listed = (row for row in flow.cards.rows(board_of(conversation), listing) if row.missing)
    rows = [row for row in listed if row.number in named or not names]
    if names or all(row.verdict is not None for row in rows):
        listing = listing.replace(only=tuple(row.number for row in rows))
    return effects.absorbed(command, flow.guide(conversation, context.message, listing)) if rows else None


def _ideas(context: Context, effects: Effects, command: Command) -> Effects:
    """The list, with what it is filtered by; the conversation's own unfinished idea is said beside it."""
    conversation, flows = effects.conversation, context.advisor.flows
    board = board_of(conversation)
    if not board.shown:
        only = Notice("only_own", {"title": conversation.title})
        return effects.told(command, only if conversation.title else Notice("no_ideas"))
    given, pages = command.parameters(), command.value == Value.NEXT_PAGE
    listing = flows.board.next_page(conversation) if pages else filtered(context, conversation, command)
    effects = with_rest_unknown(effects, resolve(context, conversation, command.ideas))
    if given.get("filter") and listing.replace(only=()) == Listing(order=listing.order):
        effects = effects.refused(Notice("no_such_filter", {"filter": given["filter"]}))
    if given.get("sort") and not listing.order:
        effects = effects.refused(Notice("clearest_stand_first", {"sort": given["sort"].lstrip("-")}))
    if not flows.board.cards.rows(board, listing):
        decided = listing.open and flows.board.cards.rows(board, listing.replace(open=False))
        none: Remark = "all_have_verdict" if decided else "no_ideas_like_that"
        return effects.told(command, Notice(none, {"count": str(len(board.shown))}))
    drawn = effects.drawn(command, flows.board.activate(conversation.replace(listing=listing)))
    if flows.questions.prompt(conversation) is not None and conversation.title:
        drawn = drawn.refused(Notice("own_unlisted", {"title": conversation.title}))
    return drawn


def _next(context: Context, effects: Effects, command: Command) -> Effects:
    """With what to begin: which idea, and its first step."""
    conversation, flows, catalogue = effects.conversation, context.advisor.flows, context.advisor.catalogue
    board = board_of(conversation)
    if not board.shown or (len(board.shown) == 1 and conversation.own):
        target = in_focus(context.advisor, conversation)
        result = None if target is None else result_of(context, conversation, target)
        if target is None or result is None:
            return effects.refused(Notice("none_clear_yet"))
        return effects.told(command, named(conversation, target, ResultPart(What.STEPS, result)))
    numbers = resolve(context, conversation, command.ideas).numbers(conversation) if command.ideas else ()
    listed = flows.board.cards.rows(board, Listing(order="next"))
    meant = [row for row in listed if not numbers or row.number in numbers]
    rows = [row for row in meant if row.verdict is not None and row.idea.status not in BEGUN]
    begun = [row for row in meant if row.idea.status in BEGUN]
    if not rows:
        told, undecided = _listed(context, "begun_already", begun), [row for row in meant if row not in begun]
        effects = effects.refused(*(told if meant else [Notice("all_put_aside")]))
        return _nearest(context, effects, command, undecided) if undecided else effects.told(command)
    first, *others = rows
    step = recommend(context.advisor.knowledge, flows.board.cards.told(first.idea), context.message.at).first_step
    told = [Notice("begin_with", {"idea": staged(catalogue, first.idea), "why": _why(context, first), "step": step})]
    told += _listed(context, "then_these", others[:MOST_AT_ONCE], why=True)
    told += _listed(context, "decide_first", [row for row in meant if row not in (*rows, *begun)])
    return effects.told(command, *told, *_listed(context, "begun_already", begun))


def _nearest(context: Context, effects: Effects, command: Command, rows: list[IdeaRow]) -> Effects:
    """The question of the idea that an answer gives a verdict, else of the first by number, of those without one."""
    flow, pack = context.advisor.flows.board, context.advisor.pack
    ask, _ = next_question(pack, rows, Listing())
    settled = settled_by(pack, ask, rows)
    first = min(rows, key=lambda row: (row.number not in settled, row.number))
    why: Remark = "begin_nearest" if settled else "begin_lower" if len(rows) > 1 else "decide_first"
    told = effects.refused(Notice(why, dict.fromkeys(("idea", "ideas"), staged(context.advisor.catalogue, first.idea))))
    question = ask if settled or first.ask is None else first.ask
    return told.drawn(command, flow.opened(effects.conversation, first.number, question.id))


def _why(context: Context, row: IdeaRow) -> str:
    catalogue, pack = context.advisor.catalogue, context.advisor.pack
    reasons = deciding_answers(catalogue, pack, row)
    return catalogue.text("next_why", verdict=verdict_cell(catalogue, pack, row), reasons=reasons)


def _listed(context: Context, remark: Remark, rows: list[IdeaRow], *, why: bool = False) -> list[Notice]:
    """Ideas by name behind a remark, each with why if that is asked; nothing for none."""
    names = [(staged(context.advisor.catalogue, row.idea), row) for row in rows]
    said = "; ".join(f"{name} ({_why(context, row)})" if why else name for name, row in names)
    return [Notice(remark, {"ideas": said})] if said else []


def compare(context: Context, effects: Effects, command: Command) -> Effects:
    conversation, flows = effects.conversation, context.advisor.flows
    targets = resolve(context, conversation, command.ideas)
    known = targets.numbers(conversation)
    if len(known) < 2:
        if targets.unknown:
            return unknown_idea(context, effects, command, targets)
        known = tuple(idea.number for idea in board_of(conversation).shown)
    if len(known) < 2:
        return effects.refused(Notice("nothing_to_compare"))
    listing = (conversation.listing or Listing()).as_list().replace(compared=known[:MOST_COMPARED])
    if len(known) > MOST_COMPARED:
        effects = effects.refused(Notice("compared_most", {"count": str(MOST_COMPARED)}))
    done = command.replace(ideas=tuple(map(str, known)))
    return effects.drawn(done, flows.board.activate(conversation.replace(listing=listing)))
