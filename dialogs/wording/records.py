"""What the record holds, as facts: of one idea all of it, of a list a line or two for each idea."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from dialogs.answer import IdeaNote
from dialogs.commands.command import What
from dialogs.conversation import Conversation
from dialogs.executor.results import missing_of, result_of, told_of
from dialogs.executor.sums import last_sums
from dialogs.executor.targets import OWN, Context, Target, name_of
from dialogs.flows.board_position import board_of
from dialogs.flows.replay import records, status_of
from dialogs.ideas.board import Idea
from dialogs.ideas.board_list import Listing
from dialogs.redaction import without_addresses
from dialogs.replies import Reply
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.receipts import AnswersRead, RuleExplained, RulesExplained
from dialogs.replies.results import Recommendation, ResultSummary
from dialogs.replies.texts import ListText
from dialogs.view import Element, Heading, Items, Note, Paragraph, Table, View, as_line, line_text
from dialogs.views import layout_of
from dialogs.views.details import closest_case
from dialogs.views.idea_list import order_line
from dialogs.views.model_answers import without_offers
from dialogs.views.passages import length
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import change_lines, subtitle, verdict_line
from dialogs.views.result_questions import strength
from dialogs.views.summary import record
from dialogs.views.sums import sum_sentences

_ENDS = ("?", "!", ".", ":")

_MOST_CHANGES = 8
"""Other answers with which a result would be another one, the smallest changes first."""

_MOST_LISTED = 8
"""Ideas of a list whose answers are told."""


class Fact(NamedTuple):
    """One or two sentences, as the advisor itself would say them.

    `source` is what is shown as its source, "" for the record and the advisor itself. `idea` is the name of the idea
    whose record it is of, `verdict` the id of that idea's verdict, "" for none yet. `form` is that of a text to take
    away of which it is a sentence.
    """

    text: str
    source: str = ""
    idea: str = ""
    verdict: str = ""
    form: str = ""


def told(context: Context, reply: Reply) -> Iterator[tuple[str, Fact]]:
    """What the layout of a reply says, without what says who somebody is; each behind its words without heading."""
    if isinstance(reply, AnswersRead):
        reply = _nameless(reply)
    result: Recommendation | None = getattr(reply, "recommendation", None) or getattr(reply, "result", None)
    name, verdict = ("", "") if result is None else (result.title, result.verdict.id)
    yield from _facts(context, layout_of(context.advisor.catalogue, reply), name, verdict)


def of_idea(context: Context, conversation: Conversation, target: Target) -> Iterator[tuple[str, Fact]]:
    """The record of an idea: verdict, strength, answers with their words and givers, the last sum, notes; what each
    answer counts and another one would give, what would change it, steps, closest case and status; or what is missing
    for a verdict.
    """
    catalogue, pack, at = context.advisor.catalogue, context.advisor.pack, context.message.at
    result = result_of(context, conversation, target)
    idea = told_of(context, conversation, target)
    summed = _summed(context, conversation, 0 if target.idea is None else target.idea.number)
    groups = [_read(context, records(pack, idea))]
    groups += [[Paragraph(as_line(sentence)) for sentence in summed], _read(context, idea.kept_notes)]
    if result is None:
        groups += [layout_of(catalogue, missing_of(context, conversation, (target,)))]
        groups.append((Paragraph(as_line(length(catalogue, pack))),))
    else:
        status = status_of(conversation) if target.idea is None else target.idea.status
        counted = verdict_line(catalogue, result)
        rules = (layout_of(catalogue, RuleExplained(result, pack.question(name))) for name in result.given)
        kept = record(catalogue, ResultSummary(result, (), at, None, (), status), brief=True)
        changes = change_lines(catalogue, result, _MOST_CHANGES)
        groups = [
            strength(catalogue, result),
            *groups,
            layout_of(catalogue, RulesExplained(pack, result))[-1:],
            *rules,
            (subtitle(catalogue, "change_title"), Items(changes)) if changes else (),
            [each for each in kept if each != Paragraph(counted)],
            (subtitle(catalogue, "scenario_title"), *closest_case(catalogue, result)),
        ]
    verdict = "" if result is None else result.verdict.id
    for elements in groups:
        yield from _facts(context, elements, name_of(conversation, target), verdict)


def of_list(context: Context, conversation: Conversation) -> Iterator[tuple[str, Fact]]:
    """How the list is ordered; of each idea in a line its status, verdict, why and what is next, or that it is open,
    whose it is, and its notes; of the first ones their answers with the words for them, and their sums.
    """
    ideas = board_of(conversation).shown
    if ideas:
        order = line_text(order_line(context.advisor.catalogue, (conversation.listing or Listing()).order))
        yield order, Fact(order)
    for idea in ideas:
        yield from _in_line(context, conversation, idea)
    for idea in ideas[:_MOST_LISTED]:
        given = records(context.advisor.pack, told_of(context, conversation, Target(idea)))
        parts = [text for _, text in texts(context, _read(context, given))]
        summed = _summed(context, conversation, idea.number)
        verdict = getattr(result_of(context, conversation, Target(idea)), "verdict", None)
        for said in filter(None, ("; ".join(parts), *summed)):
            text = without_addresses(f"“{idea.label}”: {said}")
            yield said, Fact(text, "", idea.label, "" if verdict is None else verdict.id)


def answers_of(context: Context, conversation: Conversation) -> Mapping[str, str]:
    """What was answered about each idea, by its name: the questions and the labels of the options."""
    pack, told = context.advisor.pack, dict[str, str]()
    for target in (OWN, *map(Target, board_of(conversation).shown)):
        chosen = told_of(context, conversation, target).chosen
        given = ((pack.question(name), pack.question(name).option(option)) for name, option in chosen.items())
        told[name_of(conversation, target)] = " ".join(f"{q.name}: {o.label}, {o.record}." for q, o in given)
    return told


def _in_line(context: Context, conversation: Conversation, idea: Idea) -> Iterator[tuple[str, Fact]]:
    catalogue, flows, pack = context.advisor.catalogue, context.advisor.flows, context.advisor.pack
    result, name = result_of(context, conversation, Target(idea)), idea.label
    in_short = ListText(What.SUMMARY, pack, (flows.board.judge.row(idea),), 1, results=(result,))
    key = "filter_owner" if idea.by == context.message.sender.id else "filter_owner_of"
    said = [text for _, text in texts(context, layout_of(catalogue, in_short))][-1].removeprefix(name)
    owner = catalogue.text(key, person=catalogue.text("read_somebody"))
    said = f"“{name}”: {said.lstrip(': ')} ({owner})"
    notes = "".join(f"; “{note.text}”" for note in idea.kept_notes)
    said = without_addresses(f"{said} {catalogue.text('text_notes_name')}: {notes[2:]}" if notes else said)
    yield said, Fact(said, "", name, "" if result is None else result.verdict.id)


def _summed(context: Context, conversation: Conversation, number: int) -> tuple[str, ...]:
    """The last sums about an idea, each step a sentence."""
    summed = last_sums(context, conversation, number)
    return tuple(sum_sentences(context.advisor.catalogue, summed, plain=False, whole=True))


def _read(context: Context, given: Sequence[RecordedAnswer | IdeaNote]) -> Sequence[Element]:
    """Answers and notes, each with its words, giver and day."""
    read = AnswersRead("", tuple(given), context.message.sender.id)
    return layout_of(context.advisor.catalogue, _nameless(read)) if given else ()


def _nameless(reply: AnswersRead) -> AnswersRead:
    unnamed = (
        replace(r, name=None) if isinstance(r, IdeaNote) else r._replace(answer=replace(r.answer, name=None))
        for r in reply.records
    )
    return replace(reply, records=tuple(unnamed))


def _facts(context: Context, elements: Sequence[Element], idea: str, verdict: str) -> Iterator[tuple[str, Fact]]:
    for title, text in texts(context, elements):
        said = f"“{idea}”: {title}{text}" if idea else title + text
        yield text, Fact(without_addresses(said), "", idea, verdict)


def texts(context: Context, elements: Sequence[Element], *, together: bool = False) -> Iterator[tuple[str, str]]:
    """What is said, each behind its heading; the items of a list one by one, or `together`. Buttons are left out."""
    somebody, title = context.advisor.catalogue.text("read_somebody"), ""
    said = without_offers(elements)
    for element, below in zip_longest(said, said[1:]):
        match element:
            case Heading(line):
                found = [line_text(line)]
            case Items(lines):
                found = [plain(View((Paragraph(line),)), lambda _: somebody) for line in lines]
                found = ["; ".join(found)] if together else found
            case Table(header, rows):
                found = ["; ".join(f"{head}: {cell}" for head, cell in zip(header, row, strict=True)) for row in rows]
            case _:
                found = plain(View((element,)), lambda _: somebody).split("\n")
        if isinstance(element, Heading) or found[-1].endswith(":"):
            leads = isinstance(element, Heading) or isinstance(below, Items)
            title = f"{found[-1]}{'' if found[-1].endswith(_ENDS) else ':'} " if leads else ""
        else:
            above = "" if isinstance(element, Note) else title
            yield from ((above, text) for text in found if text)
