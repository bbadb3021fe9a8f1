"""What the layouts of a result share, at a glance, in full or for others: titles, directions, notes, buttons."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.message import Action, Verb
from dialogs.replies.results import Recommendation
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Style, as_line
from dialogs.views.lessons import learn_button
from dialogs.views.questions import edit_button
from knowledge.counterfactuals import Change
from knowledge.pack import Pack, Question

_LOW, _HIGH = 0.34, 0.67


def title(reply: Recommendation) -> tuple[Element, ...]:
    """The idea in the person's own words, if it is known."""
    return (Heading(as_line(reply.title, Style.STRONG), level=2),) if reply.title else ()


def subtitle(catalogue: Catalogue, key: str) -> Heading:
    """The title of a part."""
    return Heading(as_line(catalogue.text(key), Style.STRONG), level=2)


def strength_key(strength: float) -> str:
    """The catalogue's key for a strength of 0..1."""
    if strength < _LOW:
        return "strength_low"
    return "strength_high" if strength >= _HIGH else "strength_middle"


def stands_by_default(reply: Recommendation) -> bool:
    """Whether the first verdict is the default: no more answers point to it than to the last one."""
    decided = reply.decided
    return decided.verdict == reply.pack.verdicts[0].id and not decided.forced and decided.agree <= decided.against


def against_answers(catalogue: Catalogue, reply: Recommendation) -> Line | None:
    """Why the verdict is not the one that most answers point to; None if it is, or if nothing explains it."""
    default, decided = reply.pack.deciding.default, reply.decided
    if default is not None and stands_by_default(reply):
        return as_line(default.text)
    forcing = next((reason for reason in reply.main if reason.question == decided.forced), None)
    if forcing is not None:
        question = reply.pack.question(forcing.question)
        return catalogue.line("forced_line", question=question.name, text=forcing.text)
    return as_line(reply.path[0].text) if reply.path else None


def answer_count(catalogue: Catalogue, result: Recommendation) -> str:
    """How many answers point to the verdict, or which one decides it."""
    pack, decided = result.pack, result.decided
    total = len(pack.questions)
    first, last = pack.verdicts[0], pack.verdicts[-1]
    if decided.forced is not None:
        question = pack.question(decided.forced)
        record = next(r for r in decided.reasons if r.question == question.id).option
        return catalogue.text("verdict_count_forced", question=question.name, record=question.option(record).record)
    if stands_by_default(result):
        return catalogue.text("verdict_count_default", last=last.name.lower())
    if decided.verdict in (first.id, last.id) and decided.agree == 1:
        return catalogue.text("verdict_count_one", total=total)
    if decided.verdict in (first.id, last.id):
        return catalogue.text("verdict_count_end", agree=decided.agree, total=total)
    return catalogue.text(
        "verdict_count_mixed",
        low=decided.against,
        high=decided.agree,
        total=total,
        first=first.name.lower(),
        last=last.name.lower(),
    )


def directions(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Which answers point to which verdict, in words and numbers: the two ends of the scale, then the open ones."""
    pack = reply.pack
    towards = {reason.question: reason.towards for reason in reply.decided.reasons}
    lines = []
    for verdict in (pack.verdicts[0], pack.verdicts[-1]):
        there = [question for question in pack.questions if towards.get(question.id) == verdict.id]
        if there:
            key, count = ("pull_one", {}) if len(there) == 1 else ("pull_many", {"count": len(there)})
            lines.append(catalogue.line(key, verdict=verdict.name.lower(), questions=names(there), **count))
    still_open = [question for question in pack.questions if towards.get(question.id) is None]
    if still_open:
        lines.append(catalogue.line("pull_open", questions=names(still_open)))
    return (Items(tuple(lines)),) if lines else ()


def change_lines(catalogue: Catalogue, reply: Recommendation, most: int | None = None) -> tuple[Line, ...]:
    """Which other answers would give which verdict, the smallest changes first."""
    return tuple(_change(catalogue, reply.pack, change) for change in reply.changes[:most])


def _change(catalogue: Catalogue, pack: Pack, change: Change) -> Line:
    answers = catalogue.answers_text((pack.question(q), option) for q, option in change.answers.items())
    return catalogue.line("change_if", answers=answers, verdict=pack.verdict(change.verdict).name.lower())


def differences_note(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Why the closest case comes out otherwise, if it does."""
    if not reply.differences:
        return ()
    parts = [
        catalogue.text(
            "difference" if theirs is not None else "difference_unsaid",
            question=question.name.lower(),
            yours=question.option(yours).record,
            theirs=question.option(theirs).record if theirs is not None else "",
        )
        for question, yours, theirs in reply.differences
    ]
    return (Note(catalogue.line("scenario_differs", differences=catalogue.text("change_and").join(parts))),)


def faq_note(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Why an FAQ that speaks for another verdict does not decide here."""
    if reply.faq_reason is None:
        return ()
    question = reply.pack.question(reply.faq_reason.question)
    record = question.option(reply.faq_reason.option).record
    return (Note(catalogue.line("faq_differs", question=question.name.lower(), record=record)),)


def names(questions: Sequence[Question]) -> str:
    """Questions by their names."""
    return ", ".join(question.name.lower() for question in questions)


def result_buttons(catalogue: Catalogue, reply: Recommendation, *, detailed: bool) -> tuple[Element, ...]:
    """Buttons for the details, for each answer, and for what else to do. `detailed`: the details are shown already."""
    pack = reply.pack
    edits = tuple(edit_button(catalogue, question) for question in pack.questions)
    more = () if detailed else (Button(Action(Verb.DETAILS), catalogue.text("details_label")),)
    share = Button(Action(Verb.SHARE), catalogue.text("share_result_label"))
    learn = (learn_button(catalogue),) if pack.lessons else ()
    return (
        Buttons((*more, share)),
        Buttons(edits),
        Buttons((Button(Action(Verb.RESTART), catalogue.text("restart_label")), *learn), menu=True),
    )
