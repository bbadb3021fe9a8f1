"""What the layouts of a result share: titles, directions, notes; and buttons, of which some stand elsewhere as well."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from dialogs.catalogue import Catalogue
from dialogs.message import DOWN, UP, Action, Verb
from dialogs.replies.results import Recommendation
from dialogs.view import (
    Button,
    Buttons,
    Drawing,
    Element,
    Feedback,
    Heading,
    Items,
    Line,
    Note,
    Paragraph,
    Style,
    as_line,
)
from dialogs.views.outside import read_on_button
from knowledge.judgement import Change
from knowledge.pack import UNSURE, Pack, Question

_LOW, _HIGH = 0.34, 0.67

_BAR = 2
"""Signs of a bar to each side."""

_STEP = 4
"""Signs from one verdict to the next, on a scale."""


def title(reply: Recommendation) -> tuple[Element, ...]:
    """The idea in the person's own words, if it is known."""
    return (Heading(as_line(reply.title, Style.STRONG), level=2),) if reply.title else ()


def subtitle(catalogue: Catalogue, key: str) -> Heading:
    return Heading(as_line(catalogue.text(key), Style.STRONG), level=2)


def strength_key(strength: float) -> str:
    """The catalogue's key for a strength of 0..1."""
    return "strength_low" if strength < _LOW else "strength_high" if strength >= _HIGH else "strength_middle"


def stands_by_default(reply: Recommendation) -> bool:
    """Whether the first verdict is the default: no more answers point to it than to the last one."""
    decided = reply.decided
    return decided.verdict == reply.pack.verdicts[0].id and not decided.forced and decided.agree <= decided.against


def headline(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The advice as a sentence; then the verdict, how many answers there are for it, and what decides."""
    advice = Heading(as_line(result.verdict.headline or result.verdict.meaning))
    return (advice, Paragraph(verdict_line(catalogue, result)))


def verdict_line(catalogue: Catalogue, result: Recommendation) -> Line:
    """The verdict's name, how many answers there are for it, and what decides."""
    return catalogue.line("verdict_line", verdict=result.verdict.name, count=answer_count(catalogue, result))


def answer_count(catalogue: Catalogue, result: Recommendation) -> Line:
    """How many answers point to the verdict or to the last one, and what holds it back or decides it."""
    pack, decided, given = result.pack, result.decided, result.given
    first, last = pack.verdicts[0], pack.verdicts[-1]
    mixed = result.verdict.id not in (first.id, last.id)
    least = decided.agree if mixed else sum(reason.towards == last.id for reason in decided.reasons)
    values: dict[str, str | int] = {"total": len(pack.questions), "against": decided.against}
    values["first"], values["last"] = ((end.short or end.name).lower() for end in (first, last))
    if decided.limits:
        held = phrases(catalogue, [(pack.question(name), given.get(name, UNSURE)) for name in decided.limits])
        return catalogue.line("count_held", count=least, held=held, **values)
    if decided.forced is not None:
        held = phrases(catalogue, [(pack.question(decided.forced), given[decided.forced])])
        return catalogue.line("count_forced", count=decided.agree, held=held, **values)
    if pack.deciding.default is not None and stands_by_default(result):
        return as_line(pack.deciding.default.text.rstrip("."))
    plain, against = ("count_between", "count_between_against") if mixed else ("count_end", "count_end_against")
    return catalogue.line(against if decided.against else plain, count=decided.agree, **values)


def phrases(catalogue: Catalogue, answers: Iterable[tuple[Question, str]]) -> str:
    """Answers in a few words, behind 'held back by' or 'has'."""
    parts = [
        question.option(option).rule.held
        or catalogue.text("change_answer", question=question.name.lower(), record=question.option(option).shortest)
        for question, option in answers
    ]
    return catalogue.text("change_and" if len(parts) == 2 else "text_list").join(parts)


def picture(catalogue: Catalogue, result: Recommendation, *, near: bool = True) -> Drawing:
    """The scale with the verdict on it, and where one changed answer would move it; a bar for each answer to its side.

    What holds the verdict back is marked; what is unclear is empty. `near`: the words name all verdicts that are one
    answer away; the line on changes names one.
    """
    pack, given, limits = result.pack, result.given, result.decided.limits
    effects = {q.id: pack.scale.effects[q.id][given.get(q.id, UNSURE)].add for q in pack.questions}
    most = max(abs(effect.add) for options in pack.scale.effects.values() for effect in options.values()) or 1
    others = {change.verdict for change in result.changes if len(change.answers) == 1}
    lines = [_scale(catalogue, result, others)]
    for question in pack.questions:
        size = -(-abs(effects[question.id]) * _BAR // most)
        filled, empty = "■" * size, "□" * (_BAR - size)
        left, right = (empty + filled, "□" * _BAR) if effects[question.id] < 0 else ("□" * _BAR, filled + empty)
        key, option = "bar_held" if question.id in limits else "bar", given.get(question.id, UNSURE)
        values = {"question": question.name, "answer": question.option(option).shortest}
        lines.append(catalogue.line(key, bar=f"{left}│{right}", **values))
    named = catalogue.text("verdict_or").join(v.name.lower() for v in pack.verdicts if v.id in others)
    told = (catalogue.line("scale_near", others=named),) if near and len(others) > 1 else ()
    return Drawing(tuple(lines), (*told, *_directions(catalogue, result)))


def _scale(catalogue: Catalogue, result: Recommendation, near: Collection[str]) -> Line:
    """The verdicts from one end to the other, with signs for this one and for those that are near."""
    pack = result.pack
    signs = ["●" if v == result.verdict else "○" if v.id in near else "─" for v in pack.verdicts]
    first, last = pack.verdicts[0], pack.verdicts[-1]
    return catalogue.line(
        "scale", first=first.short or first.name, scale=("─" * (_STEP - 1)).join(signs), last=last.short or last.name
    )


def directions(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Which answers point to which verdict, as a list."""
    lines = tuple(_directions(catalogue, reply))
    return (Items(lines),) if lines else ()


def _directions(catalogue: Catalogue, reply: Recommendation) -> Iterator[Line]:
    """Which answers point to which verdict: the two ends of the scale, then the open ones."""
    pack = reply.pack
    towards = {reason.question: reason.towards for reason in reply.decided.reasons}
    for verdict in (pack.verdicts[0], pack.verdicts[-1]):
        there = [question for question in pack.questions if towards.get(question.id) == verdict.id]
        if there:
            yield catalogue.line("pull", verdict=verdict.name.lower(), questions=names(there))
    still_open = [question for question in pack.questions if towards.get(question.id) is None]
    if still_open:
        yield catalogue.line("pull_open", questions=names(still_open))


def change_lines(catalogue: Catalogue, reply: Recommendation, most: int | None = None) -> tuple[Line, ...]:
    """Which other answers would give which verdict, the smallest changes first."""
    return tuple(_change(catalogue, reply.pack, change) for change in reply.changes[:most])


def main_change(reply: Recommendation) -> Change:
    """That of what holds the verdict back, else the first."""
    return min(reply.changes, key=lambda change: change.answers.keys().isdisjoint(reply.decided.limits))


def change_line(catalogue: Catalogue, reply: Recommendation) -> Line:
    """The change that matters most."""
    first = main_change(reply)
    answers = phrases(catalogue, ((reply.pack.question(name), option) for name, option in first.answers.items()))
    key = "change_line_near" if len(first.answers) == 1 else "change_line"  # the sign that the scale has for it
    return catalogue.line(key, answers=answers, verdict=reply.pack.verdict(first.verdict).name.lower())


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


def faq_differs(catalogue: Catalogue, reply: Recommendation) -> Line:
    """Why an FAQ that speaks for another verdict does not decide here; nothing where it speaks for this one."""
    if reply.faq_reason is None:
        return ()
    question = reply.pack.question(reply.faq_reason.question)
    record = question.option(reply.faq_reason.option).record
    return catalogue.line("faq_differs", question=question.name.lower(), record=record)


def names(questions: Sequence[Question]) -> str:
    return ", ".join(question.name.lower() for question in questions)


def result_buttons(catalogue: Catalogue, reply: Recommendation, *, detailed: bool) -> tuple[Element, ...]:
    """Share, details, a menu of the answers, and one of what else to do: to have the record as a file once the idea has
    a name, till then to name it. `detailed`: the details are shown already.
    """
    pack = reply.pack
    edits = tuple(edit_button(catalogue, question) for question in pack.questions)
    more = () if detailed else (Button(Action(Verb.DETAILS), catalogue.text("details_label")),)
    share = Button(Action(Verb.SHARE), catalogue.text("share_result_label"))
    why = Button(Action(Verb.WHY), catalogue.text("why_result_label"))
    verb, label = (Verb.RECORD, "record_label") if reply.title else (Verb.NAME, "name_label")
    first = Button(Action(verb), catalogue.text(label))
    called = () if detailed or reply.called is None else (read_on_button(catalogue, reply.called),)
    learn = (learn_button(catalogue),) if pack.lessons else ()
    return (
        Buttons((share, *more)),
        Buttons(edits, menu=True, title=catalogue.text("change_menu")),
        Buttons(
            (first, why, *called, *learn, Button(Action(Verb.RESTART), catalogue.text("restart_label"))), menu=True
        ),
    )


def edit_button(catalogue: Catalogue, question: Question) -> Button:
    return Button(Action(Verb.EDIT, (question.id,)), catalogue.text("change_label", question=question.name))


def learn_button(catalogue: Catalogue) -> Button:
    """The button that starts or continues the lessons."""
    return Button(Action(Verb.LEARN), catalogue.text("learn_label"))


def feedback(catalogue: Catalogue, *about: str) -> Feedback:
    """Up and down, for a result or for what was looked up."""
    up, down = (
        Button(Action(Verb.FEEDBACK, (value,)), catalogue.text(label), catalogue.text(description))
        for value, label, description in (
            (UP, "feedback_up_label", "feedback_up_description"),
            (DOWN, "feedback_down_label", "feedback_down_description"),
        )
    )
    return Feedback(",".join(about), up, down)
