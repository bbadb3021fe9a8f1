"""What a message asks for, as the executor takes it: in which order, what is supposed, which looks show nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogs.commands.command import LIKE, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.answers import answers_of
from dialogs.executor.targets import Context, Target, resolve
from dialogs.message import GivenIdea, text_of
from dialogs.replies import Reply
from knowledge.pack import UNSURE
from knowledge.reading.clauses import Clause, hedge_words
from knowledge.reading.tokens import sentences
from knowledge.reading.word_lists import english


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that ask for nothing that is known: what is said of them, above what is open, which is asked again.

    `missed`: they may be an answer that was not understood. `beside`: the rest of the line is, so nothing is asked.
    """

    told: Reply
    missed: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """What a text may ask for: offered as buttons, since none of it is sure. `clear`: it is, and only takes a press.
    `asked`: it is an answer, which is asked back in place of the open question.
    """

    commands: tuple[Command, ...]
    clear: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An `idea`, `ideas` or `ask` of a line by itself: what its words say is read where it is carried out, while the
    words of other sources were read before they came.

    `surely`: it is called a new idea, or is surely a question, so nobody is asked whether it is. `listed`: the text of
    an idea looks like a list. `rows` are the ideas of a list, with the answers that a table gives, `left_out` the lines
    between them that are none; `header` is that of the table, for rows that are sent later.
    """

    command: Command
    surely: bool = False
    listed: bool = False
    rows: tuple[GivenIdea, ...] = ()
    left_out: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


Item = Command | Told | Readings | Unclear
"""What a message asks for: commands, alone or with what more is known of them, and what is unclear."""

Items = tuple[Item, ...]

_ANSWERS = (Kind.SET, Kind.CLEAR, Kind.NOTE)

_LOOKS = frozenset(
    (Kind.SHOW, Kind.COMPARE, Kind.WRITE, *(f"{Kind.EXPLAIN}.{each}" for each in (What.LAST, What.RULES)))
)
"""What tells how things stand. Other explanations are of what was said before."""

_ABOUT = (*_ANSWERS, Kind.SUPPOSE, Kind.EXPLAIN, Kind.ASK)
"""What is answered, or said to be done, about an idea."""


def wanted(context: Context, conversation: Conversation, items: Sequence[Item]) -> Items:
    """The items of a message as they are carried out: what is in doubt is supposed where it is asked what comes out."""
    names = {item.name for item in items if isinstance(item, Command)}
    asks = "?" in text_of(context.message) and not names.isdisjoint(("show.result", "show.would_change"))
    doubted = [asks and isinstance(item, Command) and _is_doubted(context, conversation, item) for item in items]
    return _answers_first(
        item.replace(command=Kind.SUPPOSE) if doubt and isinstance(item, Command) else item
        for doubt, item in zip(doubted, items, strict=True)
    )


def _is_doubted(context: Context, conversation: Conversation, item: Command) -> bool:
    """Whether another answer in place of one that stands is told as no more than likely."""
    found = resolve(context, conversation, item.ideas).found if item.command is Kind.SET else ()
    given = [answers_of(conversation, target).get(item.question, UNSURE) for target in found]
    clauses = [Clause(tokens) for sentence in sentences(item.quote, english()) for tokens in sentence.clauses]
    doubted = not hedge_words(clauses, english()).isdisjoint(english().approximations)
    return doubted and item.option != LIKE and bool(given) and {UNSURE, item.option}.isdisjoint(given)


def _answers_first(items: Iterable[Item]) -> Items:
    """The items of a message, with looks behind the answers that follow them: receipts come first in a reply, so what
    is shown below them is what holds by then.
    """
    ordered: list[Item] = []
    for item in items:
        at = len(ordered)
        while at and isinstance(item, Command) and item.command in _ANSWERS and _may_wait(ordered[at - 1], item):
            at -= 1
        ordered.insert(at, item)
    return tuple(ordered)


def _may_wait(look: Item, answer: Command) -> bool:
    """Whether it is a look that means the same ideas after an answer."""
    if not isinstance(look, Command) or _LOOKS.isdisjoint((look.command, look.name)):
        return False
    return bool(look.ideas) or not answer.ideas


def is_answered(context: Context, conversation: Conversation, look: Command, target: Target) -> bool:
    """Whether the message says enough about an idea for a look at it to show nothing: by what would come out in place
    of the result; by whatever follows about the idea that is only turned to.
    """
    if look.command is Kind.OPEN:
        others = [each for each in context.line[context.line.index(look) :] if each.command in _ABOUT]
        return any(not each.ideas or target in resolve(context, conversation, each.ideas).found for each in others)
    others = [each for each in context.line if each.command is Kind.SUPPOSE]
    return any(target in resolve(context, conversation, each.ideas).found for each in others)
