"""The facts from which an answer is worded, chosen by code from the pack and the record: also what the built-in reply
leaves out because it was said before.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from dialogs.commands.command import THIS, Kind, What
from dialogs.conversation import Conversation, hashed
from dialogs.executor.results import told_of
from dialogs.executor.targets import Context, Target, name_of, resolve
from dialogs.flows import lookups
from dialogs.flows.replay import called_entries
from dialogs.message import text_of
from dialogs.redaction import without_addresses
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionMeaning, WhyAsked
from dialogs.replies.receipts import RuleExplained, RulesExplained, flat
from dialogs.replies.results import OtherResult, ResultPart
from dialogs.replies.sums import StepsWorkedOut, SumWorkedOut
from dialogs.replies.texts import ListText, PromptText, ResultText, Text
from dialogs.turn import Turn
from dialogs.understanding.model.request import pages_in
from dialogs.view import Note, line_text
from dialogs.views import layout_of
from dialogs.views.outside import origin, source_line
from dialogs.wording.draft import Drafts
from dialogs.wording.records import Fact, of_idea, of_list, texts, told
from knowledge.pack import Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold

__all__ = ["Fact", "facts_for"]

_MOST, _MOST_CHARACTERS = 64, 12_000
_MOST_RECORDS = 2
"""Ideas in focus whose records are facts; of more, only the lines that each idea of a list has."""

_ENTRIES, _ADVICE, _NEAR = 8, 6, 4
"""Entries and pieces of advice for a question on the subject, and how many of each for one on anything else."""

_INNER = str.maketrans('“”"', "‘’'")
"""Quotation marks within a quotation."""

_SENTENCES, _NEAREST = 4, 2
"""Sentences of a line for which the nearest entries are looked up, and how many for each."""

_ASKED = (PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison)
"""Replies to a question about the subject."""

_RESULTS = (OtherResult, SumWorkedOut, StepsWorkedOut)
"""Replies that are not worded, but told of where something else of the line is."""

_LEADS = ("about_idea", "as_above", "nearest_to_that", "all_on_that", "told_all", "steps_noted")
"""Remarks that only lead to something, or tell notes, which the record and the list have."""

_IN_RECORD = (What.VERDICT, What.STRENGTH, What.DETAILS)
"""Parts of a result of which the record has all, and more."""


def facts_for(context: Context, turn: Turn, replies: Sequence[Reply]) -> tuple[Fact, ...]:
    """The facts for these replies of a turn, the most useful first; what is said is said once, as much as fits."""
    chosen: dict[tuple[str, str], Fact] = {}
    left = _MOST_CHARACTERS
    for said, fact in _found(context, turn, replies):
        if (said, fact.idea) not in chosen and len(chosen) < _MOST and left >= len(fact.text):
            chosen[said, fact.idea] = fact
            left -= len(fact.text)
    return tuple(chosen.values())


def _found(context: Context, turn: Turn, replies: Sequence[Reply]) -> Iterator[tuple[str, Fact]]:
    """Facts, each behind what it says without its heading: what is asked about, the rules, the records, the rest."""
    conversation = turn.conversation
    parts = tuple(part for reply in replies for part in flat(reply))
    beside = (part for reply in (*turn.below, *turn.card) for part in flat(reply) if isinstance(part, _RESULTS))
    parts = (*parts, *(part for part in beside if part not in parts))
    shown = tuple(part for part in parts if not isinstance(part, _ASKED))
    meant = tuple(dict.fromkeys(name for command in context.line for name in command.ideas or (THIS,))) or (THIS,)
    targets = resolve(context, conversation, meant).found
    few = targets if len(targets) <= _MOST_RECORDS else ()
    several = any(isinstance(p, ListText) or (isinstance(p, ResultText) and len(p.results) > 1) for p in parts)
    listed = several or not few or conversation.flow == context.advisor.flows.board.name
    records = chain.from_iterable(of_idea(context, conversation, target) for target in few)
    yield from _of_texts(context) if not any(isinstance(part, Text) for part in parts) else ()
    yield from _described(context, conversation, few) if any(isinstance(part, PromptText) for part in parts) else ()
    of_board = of_list(context, conversation) if listed else iter(())
    asked = context.has(Kind.ASK) or len(shown) < len(parts)
    ideas = [told_of(context, conversation, target).idea or "" for target in few]
    entries, advice = (_ENTRIES, _ADVICE) if asked else (_NEAR, _NEAR)
    near = chain(_entries(context, parts, ideas, entries), _advice(context, advice))
    told_parts = _shown(context, conversation, shown, targets, whole=bool(few))
    pack, prompt = context.advisor.pack, context.advisor.flows.open_prompt(conversation)
    named = {c.question for c in context.line} | {"" if prompt is None else prompt.id}
    yield from chain(near, told_parts) if asked else told_parts
    yield from chain.from_iterable(_question(context, each) for each in pack.questions if each.id in named)
    yield from of_board if several else ()
    yield from records if any(isinstance(part, Text) for part in parts) else ()
    yield from _rules(context)
    yield from () if asked else near
    yield from _itself(context)
    yield from records
    yield from () if several else of_board
    for question in pack.questions:  # of the others how their amounts are read
        if any(map(str.isdigit, question.meaning or "")):
            yield from told(context, QuestionMeaning(question))
    yield from told(context, Notice("what_is_stored"))


def _of_texts(context: Context) -> Iterator[tuple[str, Fact]]:
    """What somebody's own text to take away says, where their line names its form, or follows on it."""
    words, catalogue = frozenset(fold(text_of(context.message))), context.advisor.catalogue
    drafts = Drafts.of(context.start.draft, hashed(context.message.sender.id)).drafts
    named = [each for each in drafts if not words.isdisjoint((each.form, *catalogue.text_forms.get(each.form, ())))]
    follows = context.start.last.startswith(Kind.WRITE)
    for draft in named or drafts[-1:] * follows:
        for sentence in draft.sentences:
            inner = sentence.text.translate(_INNER)
            said = catalogue.text("text_says", form=draft.form, sentence=inner)
            yield sentence.text, Fact(said, form=draft.form)


def _described(context: Context, conversation: Conversation, targets: Sequence[Target]) -> Iterator[tuple[str, Fact]]:
    """The ideas in the words in which they were described."""
    for target in targets:
        name, text = name_of(conversation, target), told_of(context, conversation, target).idea
        if text:
            said = context.advisor.catalogue.text("text_described", idea=name, text=without_addresses(text))
            yield text, Fact(said, "", name)


def _shown(
    context: Context, conversation: Conversation, parts: Sequence[Reply], targets: Sequence[Target], *, whole: bool
) -> Iterator[tuple[str, Fact]]:
    """What the replies say, but for what the records that are told in whole say as well."""
    titles = ((told_of(context, conversation, each).title, name_of(conversation, each)) for each in targets)
    names = {title: name for title, name in titles if title}
    for part in parts:
        in_record = isinstance(part, RuleExplained | RulesExplained) or getattr(part, "what", None) in _IN_RECORD
        lead = isinstance(part, Notice) and part.remark in _LEADS
        if not lead and not (whole and in_record and isinstance(part, ResultPart | RuleExplained | RulesExplained)):
            for text, fact in told(context, part):
                yield text, fact._replace(idea=names.get(fact.idea, fact.idea))


def _rules(context: Context) -> Iterator[tuple[str, Fact]]:
    """What each verdict means, how answers become one, how amounts are read, and who set that."""
    pack, catalogue = context.advisor.pack, context.advisor.catalogue
    for verdict in pack.verdicts:
        yield from told(context, Notice("verdict_meaning", {"verdict": verdict.name, "meaning": verdict.meaning}))
    yield from told(context, RulesExplained(pack))
    for key in ("rules_between", "rules_set_by"):
        yield catalogue.text(key), Fact(catalogue.text(key))


def _question(context: Context, question: Question) -> Iterator[tuple[str, Fact]]:
    """What a question means, why it is asked, and what its answers cover."""
    yield from told(context, QuestionMeaning(question))
    covered = [
        context.advisor.catalogue.text("rules_covers", option=option.record, covers=option.covers)
        for option in question.options
        if option.covers
    ]
    if covered:
        text = f"{question.name}: {'; '.join(covered)}."
        yield text, Fact(text)
    yield from told(context, WhyAsked(question))


def _itself(context: Context) -> Iterator[tuple[str, Fact]]:
    """What the advisor rests on, can do and cannot, and what it gives to take away."""
    catalogue = context.advisor.catalogue
    article = line_text(source_line(catalogue, "recommendation_source", context.advisor.pack))
    for line in (
        catalogue.line("rests_on", article=article),
        catalogue.line("gives_to_take_away"),
        catalogue.line("owner_is"),
        catalogue.line("others_know"),
    ):
        yield line_text(line), Fact(line_text(line))
    for remark in ("my_limits", "what_fits", "prompt_gaps", "texts_in_english", "cannot_do_that", "cannot_remind"):
        yield from told(context, Notice(remark))


def _entries(context: Context, parts: Sequence[Reply], ideas: Sequence[str], most: int) -> Iterator[tuple[str, Fact]]:
    """What the replies show of the subject, and what else is nearest to the line and to each of its sentences, with the
    sources; what these ideas call for; lastly what was told just before.
    """
    pack, day, text = context.advisor.pack, context.message.day, text_of(context.message)
    ids = [page for command in context.line if command.command is Kind.ASK for page in pages_in(pack, command.value)]
    for part in parts:
        ids += lookups.shown_ids(part)
    for each in dict.fromkeys((text, *sentences(text)[:_SENTENCES])):
        ids += context.advisor.knowledge.matcher.passage(each).top[:_NEAREST]
    for idea in filter(None, ideas):
        ids += [entry.id for entry in called_entries(context.advisor.knowledge, idea, day)[:1]]
    for part in parts:
        if isinstance(part, PassageReply | EntryReply | DidYouMean | NotCovered):
            ids += lookups.offered_ids(part)
        if isinstance(part, PassageReply):
            ids += (entry.id for entry in part.outside)
        if isinstance(part, VerdictComparison):
            yield from told(context, part)
    known = {entry.id for entry in pack.entries}
    for name in [each for each in dict.fromkeys((*ids, *context.start.answered)) if each in known][:most]:
        elements = layout_of(context.advisor.catalogue, lookups.entry_reply(pack, (name,), day, offer=False))
        source = " ".join(line_text(element.line) for element in elements if isinstance(element, Note))
        said = tuple(element for element in elements if not isinstance(element, Note))
        yield from ((text, Fact(title + text, source)) for title, text in texts(context, said, together=True))


def _advice(context: Context, most: int) -> Iterator[tuple[str, Fact]]:
    """The advice nearest to the line, to its sentences and to their clauses, with its source: what is nearest to any of
    these comes before what is second. None without the encoder.
    """
    advisor, day, text = context.advisor, context.message.day, text_of(context.message)
    phrases, said = advisor.knowledge.phrases, sentences(text)[:_SENTENCES]
    if phrases is None:
        return
    current = {each.id: each for each in advisor.pack.advice if each.is_current(day)}
    asked = {name: (each.title, *each.phrasings) for name, each in current.items()}
    parts = dict.fromkeys((text, *said, *chain.from_iterable(map(clauses, said))))
    scores = [phrases.nearness(part, asked) for part in parts]
    ranked = zip(*(sorted(score, key=score.__getitem__, reverse=True) for score in scores), strict=True)
    for each in [current[name] for name in dict.fromkeys(chain.from_iterable(ranked))][:most]:
        source = advisor.catalogue.text("outside_source", origin=origin(advisor.catalogue, each))
        yield each.text, Fact(f"{each.title} {each.text}", source)
