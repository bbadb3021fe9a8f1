"""Layouts of what is said about a result after it was given."""

from dialogs.catalogue import Catalogue
from dialogs.replies import AnswersRead, OtherResult, Recommendation, ResultChanges, ResultReasons, ResultSummary
from dialogs.view import Buttons, Element, Items, Note, Paragraph, Preformatted, as_line, line_text
from dialogs.views.details import reason_lines
from dialogs.views.passages import source_line
from dialogs.views.questions import change_button, record_line
from dialogs.views.recommendation import change_lines, strength_key


def reasons(catalogue: Catalogue, reply: ResultReasons) -> tuple[Element, ...]:
    """Every answer with what it says about the verdict."""
    result = reply.recommendation
    lead = Paragraph(catalogue.line("reasons_short", verdict=result.verdict.name))
    lines = reason_lines(catalogue, result)
    return (lead, Items(lines)) if lines else (lead, *_default(result))


def _default(result: Recommendation) -> tuple[Element, ...]:
    default = result.pack.deciding.default
    return (Paragraph(as_line(default.text)),) if default is not None else ()


def changes(catalogue: Catalogue, reply: ResultChanges) -> tuple[Element, ...]:
    """Which other answers would give another verdict."""
    result = reply.recommendation
    lines = change_lines(catalogue, result)
    if not lines:
        return (Paragraph(catalogue.line("changes_none", verdict=result.verdict.name)),)
    return (Paragraph(catalogue.line("changes_short", verdict=result.verdict.name)), Items(lines))


def summary(catalogue: Catalogue, reply: ResultSummary) -> tuple[Element, ...]:
    """The result as Markdown source."""
    result = reply.recommendation
    strength = catalogue.text(strength_key(result.decided.strength))
    lines = [
        catalogue.text("summary_title", title=" ".join((result.title or result.pack.title).split())),
        "",
        catalogue.text("summary_verdict", verdict=result.verdict.name, strength=strength),
        result.verdict.meaning,
        "",
        *(
            catalogue.text("summary_answer", question=r.question.name, answer=r.question.option(r.answer.option).record)
            for r in result.records
        ),
        "",
        catalogue.text("summary_reasons"),
        *(
            catalogue.text("summary_reason", question=result.pack.question(r.question).name, text=r.text)
            for r in result.decided.reasons
        ),
        "",
        catalogue.text("summary_steps"),
        *(catalogue.text("summary_step", number=n, text=step.text) for n, step in enumerate(result.steps, 1)),
        "",
        line_text(source_line(catalogue, "summary_source", result.pack)),
    ]
    return (Paragraph(catalogue.line("summary_lead")), Preformatted("\n".join(lines)))


def answers_read(catalogue: Catalogue, reply: AnswersRead) -> tuple[Element, ...]:
    """The answers that were read, each with its words."""
    if not reply.readings:
        return (Paragraph(catalogue.line("answers_read_none")),)
    lines = tuple(record_line(catalogue, reading) for reading in reply.readings)
    return (Paragraph(catalogue.line("answers_read")), Items(lines))


def other_result(catalogue: Catalogue, reply: OtherResult) -> tuple[Element, ...]:
    """The verdict with other answers, beside the one that stands."""
    answers = catalogue.text("change_and").join(
        catalogue.text("change_answer", question=question.name, record=question.option(option).record)
        for question, option in reply.answers
    )
    same = reply.verdict == reply.now
    key = "other_result_same" if same else "other_result"
    values = {"answers": answers, "verdict": reply.verdict.name} | ({} if same else {"now": reply.now.name.lower()})
    shown = Paragraph(catalogue.line(key, **values))
    if not reply.offer:
        return (shown, Note(catalogue.line("other_result_kept")))
    (question, option), *_ = reply.answers
    return (
        shown,
        Note(catalogue.line("other_result_offer")),
        Buttons((change_button(catalogue, question, option),)),
    )
