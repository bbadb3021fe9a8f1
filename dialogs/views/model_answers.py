"""The layout of an answer that a language model worded."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from dialogs.catalogue import Catalogue
from dialogs.commands.command import What
from dialogs.message import Action, Verb
from dialogs.replies import Reply
from dialogs.replies.model_answers import TextWorded, Worded
from dialogs.replies.passages import EntryReply, PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionMeaning, WhyAsked
from dialogs.replies.receipts import RuleExplained, flat
from dialogs.replies.results import ResultPart
from dialogs.replies.texts import Text
from dialogs.view import RUNNING_TEXT, Button, Buttons, Choices, Element, Feedback, Note, Paragraph, as_line

Layout = Callable[[Catalogue, Reply], tuple[Element, ...]]


def worded(catalogue: Catalogue, reply: Worded, layout_of: Layout) -> tuple[Element, ...]:
    """The sentences in a paragraph; what they rest on; a button for the facts themselves, and the buttons of what they
    stand for.
    """
    built_in = tuple(element for each in reply.replies for element in layout_of(catalogue, each))
    said = Paragraph(as_line(" ".join(reply.sentences)))
    kept, more = without_offers(built_in), Paragraph(catalogue.line("outside_more"))
    # what paragraphs announce is what the built-in replies guessed, or lies near the question
    beside = ((each, above) for each, above in zip(built_in, (None, *built_in), strict=False) if above != more)
    pressed = [each for each, _ in beside if not (isinstance(each, Paragraph) or each in kept)]
    sources = tuple(Note(as_line(source)) for source in _joined(reply.sources))
    action = next(filter(None, (_details(part) for each in reply.replies for part in flat(each))), None)
    details = () if action is None else (Buttons((Button(action, catalogue.text("details_label")),)),)
    return (said, *sources, *details, *pressed)


def text_worded(catalogue: Catalogue, reply: TextWorded, layout_of: Layout) -> tuple[Element, ...]:
    """The paragraphs, below the first line of the built-in text; then what is not in it, and why."""
    text, built_in = reply.text, tuple(element for each in reply.replies for element in layout_of(catalogue, each))
    mail = any(isinstance(each, Text) and each.what is What.MAIL for each in reply.replies)
    subject = mail and not text.paragraphs[0].startswith(catalogue.text("text_subject", subject="").strip())
    words, lost = (", ".join(f"“{each.strip('“”.')}”" for each in said) for said in (text.at_fault, text.lost))
    rest = []
    if lost:
        key = "text_lost_results" if text.results else "text_lost_record"
        rest.append(catalogue.line(key, results=", ".join(text.results), sentences=lost))
    elif text.left_out:
        rest.append(catalogue.line("text_left_out_words", words=words) if words else catalogue.line("text_left_out"))
    rest += [catalogue.line("text_as_it_was")] if text.old else []
    shown = (*map(as_line, text.paragraphs),)
    return (*built_in[: 2 if subject else 1], *map(Paragraph, shown), *map(Note, rest))


def _joined(sources: Sequence[str]) -> list[str]:
    """The sources, those that begin alike in one line."""
    told: dict[str, list[str]] = {}
    for source in sources:
        begins, colon, rest = source.rpartition(": ")  # a title may have a colon
        told.setdefault(begins + colon, []).append(rest.removesuffix("."))
    return [f"{begins}{'; '.join(rest)}." for begins, rest in told.items()]


def _details(reply: Reply) -> Action | None:
    """The button behind which the facts of an answer are shown as they are."""
    match reply:
        case PassageReply(passage=entry):
            return Action(Verb.PASSAGE, (entry.id,))
        case EntryReply(entries=(shown, *_)):
            return Action(Verb.PASSAGE, (shown.entry.id,))
        case VerdictComparison():
            return Action(Verb.COMPARE)
        case QuestionMeaning() | WhyAsked():
            return Action(Verb.WHY)
        case ResultPart(recommendation=result) | RuleExplained(result) if len(result.given) == len(
            result.pack.questions
        ):
            return Action(Verb.DETAILS)
        case _:
            return None


def without_offers(elements: Sequence[Element]) -> tuple[Element, ...]:
    """What is said: all but buttons, feedback, and the lines that lead to buttons."""
    pressed = (Buttons, Choices, Feedback)
    return tuple(
        each
        for each, below in zip_longest(elements, elements[1:])
        if each is not None
        and not isinstance(each, pressed)
        and not (isinstance(each, RUNNING_TEXT) and isinstance(below, Buttons))
    )
