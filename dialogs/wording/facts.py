"""The facts from which an answer is worded, chosen by code: what the built-in replies say, and what lies around it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import NamedTuple

from dialogs.answer import IdeaNote
from dialogs.commands.command import THIS, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.looks import missing_of, result_of, told_of
from dialogs.executor.sums import last_sum
from dialogs.executor.targets import Context, Target, name_of, resolve
from dialogs.flows import lookups
from dialogs.flows.board_position import board_of
from dialogs.flows.replay import records, status_of
from dialogs.ideas.board_list import Listing
from dialogs.message import text_of
from dialogs.redaction import without_addresses
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.receipts import AnswersRead, Receipts, RulesExplained, Together
from dialogs.replies.results import Recommendation, ResultSummary
from dialogs.replies.texts import ListText, ResultText
from dialogs.turn import Turn
from dialogs.understanding.model.request import pages_in
from dialogs.view import Element, Heading, Items, Note, Paragraph, Table, View, as_line, line_text
from dialogs.views import layout_of
from dialogs.views.idea_list import order_line
from dialogs.views.idea_parts import numbered
from dialogs.views.model_answers import without_offers
from dialogs.views.passages import length
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import verdict_line
from dialogs.views.result_questions import strength
from dialogs.views.summary import record
from dialogs.views.sums import sum_sentence

_MOST, _MOST_CHARACTERS = 32, 6000
_MOST_RECORDS = 2
"""Ideas in focus whose records are facts; of more, only the line that each idea of a list has."""

_ENTRIES = 6
_ASKED = (PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison)
"""Replies to a question about the subject."""

_LEADS = ("about_idea", "as_above", "nearest_to_that", "all_on_that", "told_all")
_ABILITIES = (Notice("my_limits"), Notice("cannot_do_that"), Notice("cannot_remind"))
_ENDS = ("?", "!", ".", ":")


class Fact(NamedTuple):
    """One or two sentences, as the advisor itself would say them.

    `source` is what is shown as its source, "" for the record and the advisor itself. `idea` is the name of the idea
    whose record it is of, `verdict` the id of that idea's verdict, "" for none yet.
    """

    text: str
    source: str = ""
    idea: str = ""
    verdict: str = ""


def facts_for(context: Context, turn: Turn, replies: Sequence[Reply]) -> tuple[Fact, ...]:
    """The facts for these replies of a turn, the most useful first; what is said is said once, as much as fits."""
    chosen: dict[tuple[str, str], Fact] = {}
    left = _MOST_CHARACTERS
    for said, fact in _found(context, turn.conversation, replies):
        if (said, fact.idea) not in chosen and len(chosen) < _MOST and left >= len(fact.text):
            chosen[said, fact.idea] = fact
            left -= len(fact.text)
    return tuple(chosen.values())


def _found(context: Context, conversation: Conversation, replies: Sequence[Reply]) -> Iterator[tuple[str, Fact]]:
    """Facts, each behind what it says without its heading."""
    parts = tuple(part for reply in replies for part in _parts(reply))
    shown = tuple(part for part in parts if not isinstance(part, _ASKED))
    meant = tuple(dict.fromkeys(name for command in context.line for name in command.ideas or (THIS,))) or (THIS,)
    targets = resolve(context, conversation, meant).found
    names = {told_of(context, conversation, each).title: name_of(conversation, each) for each in targets}
    if len(shown) < len(parts):
        yield from _entries(context, parts)
    for part in shown:
        if not (isinstance(part, Notice) and part.remark in _LEADS):
            for text, fact in _told(context, part):
                yield text, fact._replace(idea=names.get(fact.idea, fact.idea))
    several = any(isinstance(p, ListText) or (isinstance(p, ResultText) and len(p.results) > 1) for p in parts)
    few = targets if len(targets) <= _MOST_RECORDS else ()
    listed = several or not few or conversation.flow == context.advisor.flows.board.name
    records = chain.from_iterable(_of_idea(context, conversation, target) for target in few)
    of_list = _of_list(context, conversation) if listed else iter(())
    yield from (chain(of_list, records) if several else chain(records, of_list))
    for reply in (*_ABILITIES, *((RulesExplained(context.advisor.pack),) if shown else ())):
        yield from _told(context, reply)


def _of_list(context: Context, conversation: Conversation) -> Iterator[tuple[str, Fact]]:
    """How the list is ordered; of each idea in a line its status, verdict, why and what is next, or that it is open,
    whose it is, and its notes.
    """
    catalogue, flows, pack = context.advisor.catalogue, context.advisor.flows, context.advisor.pack
    somebody, ideas = catalogue.text("read_somebody"), board_of(conversation).shown
    if ideas:
        order = line_text(order_line(catalogue, (conversation.listing or Listing()).order))
        yield order, Fact(order)
    for idea in ideas:
        result, name = result_of(context, conversation, Target(idea)), numbered(idea)
        in_short = ListText(What.SUMMARY, pack, (flows.board.judge.row(idea),), 1, results=(result,))
        key = "filter_owner" if idea.by == context.message.sender.id else "filter_owner_of"
        said = [text for _, text in _texts(context, layout_of(catalogue, in_short))][-1].removeprefix(name)
        said = f"“{name}”: {said.lstrip(': ')} ({catalogue.text(key, person=somebody)})"
        notes = "".join(f"; “{note.text}”" for note in idea.kept_notes)
        said = without_addresses(f"{said} {catalogue.text('text_notes_name')}: {notes[2:]}" if notes else said)
        yield said, Fact(said, "", name, "" if result is None else result.verdict.id)


def _parts(reply: Reply) -> tuple[Reply, ...]:
    match reply:
        case Together(parts) | Receipts(parts):
            return tuple(each for part in parts for each in _parts(part))
        case _:
            return (reply,)


def _entries(context: Context, parts: Sequence[Reply]) -> Iterator[tuple[str, Fact]]:
    """What the replies show of the subject, and what else is nearest to the line, with the sources."""
    pack, day = context.advisor.pack, context.message.day
    ids = [page for command in context.line if command.command is Kind.ASK for page in pages_in(pack, command.value)]
    for part in parts:
        ids += lookups.shown_ids(part)
    ids += context.advisor.knowledge.matcher.passage(text_of(context.message)).top
    for part in parts:
        if isinstance(part, PassageReply | EntryReply | DidYouMean | NotCovered):
            ids += lookups.offered_ids(part)
        if isinstance(part, PassageReply):
            ids += (entry.id for entry in part.outside)
        if isinstance(part, NotCovered | VerdictComparison):
            yield from _told(context, part)
    for name in [*dict.fromkeys(ids)][:_ENTRIES]:
        elements = layout_of(context.advisor.catalogue, lookups.entry_reply(pack, (name,), day, offer=False))
        source = " ".join(line_text(element.line) for element in elements if isinstance(element, Note))
        said = tuple(element for element in elements if not isinstance(element, Note))
        yield from ((text, Fact(title + text, source)) for title, text in _texts(context, said, together=True))


def _told(context: Context, reply: Reply) -> Iterator[tuple[str, Fact]]:
    """What the layout of a reply says, without what says who somebody is."""
    if isinstance(reply, AnswersRead):
        reply = _nameless(reply)
    result: Recommendation | None = getattr(reply, "recommendation", None) or getattr(reply, "result", None)
    name, verdict = ("", "") if result is None else (result.title, result.verdict.id)
    for title, text in _texts(context, layout_of(context.advisor.catalogue, reply)):
        yield text, Fact(without_addresses(f"“{name}”: {title}{text}" if name else title + text), "", name, verdict)


def _nameless(reply: AnswersRead) -> AnswersRead:
    unnamed = (
        replace(r, name=None) if isinstance(r, IdeaNote) else r._replace(answer=replace(r.answer, name=None))
        for r in reply.records
    )
    return replace(reply, records=tuple(unnamed))


def _of_idea(context: Context, conversation: Conversation, target: Target) -> Iterator[tuple[str, Fact]]:
    """The record of an idea: verdict, strength, answers and notes with their words and givers, why, what would change
    it, steps, status and the last sum; or what is missing for a verdict.
    """
    catalogue, at = context.advisor.catalogue, context.message.at
    name, told = name_of(conversation, target), told_of(context, conversation, target)
    result, notes = result_of(context, conversation, target), (note for note in told.notes if not note.gone)
    given: tuple[RecordedAnswer | IdeaNote, ...] = (*records(context.advisor.pack, told), *notes)
    groups: list[Sequence[Element]] = []
    if given:
        groups.append(layout_of(catalogue, _nameless(AnswersRead("", given, context.message.sender.id))))
    if result is None:
        groups.append(layout_of(catalogue, missing_of(context, conversation, (target,))))
        groups.append((Paragraph(as_line(length(catalogue, context.advisor.pack))),))
    else:
        status = status_of(conversation) if target.idea is None else target.idea.status
        counted = verdict_line(catalogue, result)
        count = line_text(counted).partition(" · ")[2].rstrip(".")
        groups = [strength(catalogue, result, count), *groups]
        kept = record(catalogue, ResultSummary(result, (), at, None, (), status))
        groups.append([each for each in kept if each != Paragraph(counted)])
    summed = last_sum(context, conversation, 0 if target.idea is None else target.idea.number)
    if summed is not None:
        groups.append((Paragraph(as_line(sum_sentence(catalogue, summed, plain=False))),))
    for title, text in (each for elements in groups for each in _texts(context, elements)):
        said = f"“{name}”: {title}{text}" if name else title + text
        yield text, Fact(without_addresses(said), "", name, "" if result is None else result.verdict.id)


def _texts(context: Context, elements: Sequence[Element], *, together: bool = False) -> Iterator[tuple[str, str]]:
    """What is said, each behind its heading; the items of a list one by one, or `together`. Buttons are left out."""
    somebody, title = context.advisor.catalogue.text("read_somebody"), ""
    said = without_offers(elements)
    for element, below in zip_longest(said, said[1:]):
        match element:
            case Heading(line):
                texts = [line_text(line)]
            case Items(lines):
                texts = [plain(View((Paragraph(line),)), lambda _: somebody) for line in lines]
                texts = ["; ".join(texts)] if together else texts
            case Table(header, rows):
                texts = ["; ".join(f"{head}: {cell}" for head, cell in zip(header, row, strict=True)) for row in rows]
            case _:
                texts = plain(View((element,)), lambda _: somebody).split("\n")
        if isinstance(element, Heading) or texts[-1].endswith(":"):
            leads = isinstance(element, Heading) or isinstance(below, Items)
            title = f"{texts[-1]}{'' if texts[-1].endswith(_ENDS) else ':'} " if leads else ""
        else:
            above = "" if isinstance(element, Note) else title
            yield from ((above, text) for text in texts if text)
