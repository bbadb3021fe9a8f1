"""Layouts of receipts, of offers, and of explanations that are derived from the pack and the record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.answer import IdeaNote
from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.message import Action, Verb, day_of
from dialogs.replies import Reply
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.receipts import (
    AnswersRead,
    IdeasDiffer,
    MissingAnswers,
    Offered,
    Receipts,
    RuleExplained,
    RulesExplained,
    Together,
    VerdictMoved,
)
from dialogs.replies.results import Recommendation
from dialogs.view import Button, Buttons, Element, Items, Line, Note, Paragraph, as_line
from dialogs.views.idea_parts import answer_buttons, ask_button, either_verdict, still_possible
from dialogs.views.result_elements import names
from knowledge.decision import decide, holding, possible_verdicts
from knowledge.judgement import Judgement
from knowledge.pack import UNSURE, Pack, Question, Rule

Layout = Callable[[Catalogue, Reply], tuple[Element, ...]]


def offer_button(label: str, place: int) -> Button:
    """Carries out what is offered at this place, counted from 1."""
    return Button(Action(Verb.OFFER, (str(place),)), label)


def receipts(catalogue: Catalogue, reply: Receipts, layout_of: Layout) -> tuple[Element, ...]:
    """The running text of all parts in one paragraph, behind the idea's name; what else they show below it."""
    elements = [element for part in reply.parts for element in layout_of(catalogue, part)]
    lines = [element.line for element in elements if isinstance(element, Paragraph | Note)]
    others = tuple(element for element in elements if not isinstance(element, Paragraph | Note))
    name = catalogue.line("for_idea", idea=reply.idea) if reply.idea else ()
    return (Paragraph((*name, *_joined(lines))), *others) if lines else others


def above_list(reply: Reply, whole: bool) -> Reply:
    """What is said above a list of ideas or a question about them, without what stands below: that a verdict is not
    there yet, or first ones in the list if that is shown as a `whole`.
    """
    if not isinstance(reply, Receipts):
        return reply
    told = [p for p in reply.parts if not isinstance(p, VerdictMoved) or (p.before if whole else p.after)]
    return replace(reply, parts=tuple(above_list(part, whole) for part in told))


def _joined(lines: Sequence[Line]) -> Line:
    return tuple(part for line in lines for part in (*as_line(" "), *line))[1:]


def together(catalogue: Catalogue, reply: Together, layout_of: Layout) -> tuple[Element, ...]:
    return tuple(element for part in reply.parts for element in layout_of(catalogue, part))


def verdict_moved(catalogue: Catalogue, reply: VerdictMoved) -> tuple[Element, ...]:
    values = {"idea": catalogue.text("for_idea", idea=reply.idea) if reply.idea else ""}
    if reply.after is None and reply.added:
        return (Buttons((ask_button(catalogue, reply.added, reply.ask),)),) if reply.ask is not None else ()
    if reply.after is None:
        key = "verdict_open" if reply.ask is not None else "verdict_open_any"
        asked = {"ask": reply.ask.name, "prompt": reply.ask.brief or reply.ask.prompt} if reply.ask else {}
        return (Paragraph(catalogue.line(key, **asked, **values)),)
    was = reply.before
    key = "verdict_first" if was is None else "verdict_same" if was.id == reply.after.id else "verdict_now"
    line = catalogue.line(key, verdict=reply.after.name, was=was.name if was else "", **values)
    loose = catalogue.line("verdict_loose", ask=reply.ask.name) if reply.ask is not None else ()
    return (Paragraph((*line, *loose)),)


def offered(catalogue: Catalogue, reply: Offered, layout_of: Layout) -> tuple[Element, ...]:
    """Why nothing was done, and a button for each reading."""
    buttons = tuple(offer_button(label, place) for place, label in enumerate(reply.labels, 1))
    return (*(layout_of(catalogue, reply.lead) if reply.lead is not None else ()), Buttons(buttons))


def rules_explained(catalogue: Catalogue, reply: RulesExplained) -> tuple[Element, ...]:
    """Two sentences; then each rule with its weight, the thresholds, and the sum of the idea at hand."""
    pack = reply.pack
    first, *_, last = pack.verdicts
    elements: list[Element] = [
        Paragraph(catalogue.line("rules_sides", first=first.name.lower(), last=last.name.lower())),
        Items(tuple(_rule_line(catalogue, pack, question) for question in pack.questions)),
        Paragraph(_thresholds(catalogue, pack)),
    ]
    if reply.result is not None:
        elements.append(Paragraph(counted_out(catalogue, pack, reply.result.given)))
    return tuple(elements)


def _rule_line(catalogue: Catalogue, pack: Pack, question: Question) -> Line:
    parts = [_effect(catalogue, pack, option.record, option.rule) for option in question.options]
    return catalogue.line("rules_question", question=question.name, effects="; ".join(filter(None, parts)))


def _effect(catalogue: Catalogue, pack: Pack, record: str, rule: Rule) -> str:
    """What one option does: its weight for a side, and how far it lets the verdict go."""
    said = []
    if rule.towards is not None:
        said.append(catalogue.text("rules_weight", weight=rule.weight, verdict=pack.verdict(rule.towards).name.lower()))
    if rule.at_most is not None:
        said.append(catalogue.text("rules_at_most", verdict=pack.verdict(rule.at_most).name.lower()))
    return catalogue.text("rules_option", option=record, effect=", ".join(said)) if said else ""


def _thresholds(catalogue: Catalogue, pack: Pack) -> Line:
    first, *_, last = (verdict.name.lower() for verdict in pack.verdicts)
    steps = ", ".join(
        catalogue.text("rules_threshold", verdict=pack.verdict(verdict).name.lower(), least=least)
        for verdict, least in pack.deciding.thresholds.items()
    )
    return catalogue.line("rules_thresholds", first=first, last=last, thresholds=steps, default=first)


def counted_out(catalogue: Catalogue, pack: Pack, given: Mapping[str, str]) -> Line:
    """What each answer adds to the sum or takes from it, and what that comes to."""
    added = ((q.name, pack.scale.effects[q.id][given.get(q.id, UNSURE)].add) for q in pack.questions)
    counts = ", ".join(f"{name} {add:+}" for name, add in added if add) or catalogue.text("list_nothing")
    return _joined((catalogue.line("rules_counted", counts=counts), _sum(catalogue, pack, given)))


def _sum(catalogue: Catalogue, pack: Pack, given: Mapping[str, str]) -> Line:
    decided, held = decide(pack, given), held_back(catalogue, pack, given)
    line = catalogue.line("rules_sum", score=decided.score, verdict=pack.verdict(decided.verdict).name)
    return _joined((line, held)) if held else line


def counted(catalogue: Catalogue, result: Recommendation) -> Line:
    """Which answer holds the verdict back; else how the sum leads to it, where not all answers point there."""
    held = held_back(catalogue, result.pack, result.given)
    if held or result.decided.forced or {r.towards for r in result.decided.reasons} <= {result.verdict.id}:
        return held
    return _joined((_thresholds(catalogue, result.pack), _sum(catalogue, result.pack, result.given)))


def held_back(catalogue: Catalogue, pack: Pack, given: Mapping[str, str]) -> Line:
    """Which answer holds the verdict below what the score reaches; nothing where none does."""
    scale, decided = pack.scale, decide(pack, given)
    reached = scale.verdicts[scale.reached(decided.score)]
    if reached == decided.verdict:
        return ()
    capping = [
        question
        for question in pack.questions
        if question.option(given.get(question.id, UNSURE)).rule.at_most == decided.verdict
    ]
    names = catalogue.answers_text((q, given.get(q.id, UNSURE)) for q in capping)
    return catalogue.line("rules_held", reached=pack.verdict(reached).name.lower(), answers=names)


def rule_explained(catalogue: Catalogue, reply: RuleExplained) -> tuple[Element, ...]:
    """What one answer says, how much it weighs, how far it lets the verdict go, and what another would give."""
    result, question, pack = reply.result, reply.question, reply.result.pack
    given = result.given
    option = question.option(given[question.id])
    effect = _effect(catalogue, pack, option.record, option.rule)
    lines = [catalogue.line("rule_text", question=question.name, text=option.rule.text)]
    if effect:
        lines.append(catalogue.line("rule_effect", effect=effect))
    held = held_back(catalogue, pack, given)
    if held and option.rule.at_most == result.decided.verdict:
        lines.append(held)
    others = {
        other.record: {**given, question.id: other.id}
        for other in question.options
        if other.id not in (option.id, UNSURE)
    }
    verdicts = {record: pack.verdict(pack.scale.outcome(answers)) for record, answers in others.items()}
    changing = {record: verdict for record, verdict in verdicts.items() if verdict.id != result.verdict.id}
    so_far = "rule_other" if len(given) == len(pack.questions) else "rule_other_so_far"
    lines += [catalogue.line(so_far, record=record, verdict=v.name) for record, v in changing.items()]
    if all(possible_verdicts(pack, answers) == (result.verdict.id,) for answers in others.values()):
        since = holding(pack, {q: option for q, option in given.items() if q != question.id}, result.verdict.id)
        key = "rule_no_other" if since else "rule_no_other_at_all"
        lines.append(catalogue.line(key, questions=names(since)))
    return (Paragraph(_joined(lines)),)


def answers_read(catalogue: Catalogue, reply: AnswersRead) -> tuple[Element, ...]:
    """Each answer and note with its words, its giver and its day; a single one in a line."""
    lines = tuple(_read_line(catalogue, given, reply.to) for given in reply.records)
    lead = catalogue.line("for_idea" if len(lines) == 1 else "about_idea_line", idea=reply.idea) if reply.idea else ()
    if len(lines) == 1:
        return (Paragraph((*lead, *lines[0])),)
    return (*((Paragraph(lead),) if lead else ()), Items(lines))


def _read_line(catalogue: Catalogue, given: RecordedAnswer | IdeaNote, to: str) -> Line:
    told = given if isinstance(given, IdeaNote) else given.answer
    who = told.name or catalogue.text("event_you" if told.by == to else "read_somebody")
    values = {"who": who, "day": short_day(day_of(told.at))}
    if isinstance(given, IdeaNote):
        return catalogue.line("read_note", note=given.text, **values)
    key, answer = "read_from" if given.answer.evidence else "read_given", given.question.option(given.answer.option)
    evidence = given.answer.evidence or ""
    return catalogue.line(key, question=given.question.name, answer=answer.record, evidence=evidence, **values)


def ideas_differ(catalogue: Catalogue, reply: IdeasDiffer) -> tuple[Element, ...]:
    left, right = reply.left, reply.right
    name = catalogue.text("for_idea", idea=reply.title) if reply.title else ""
    verdicts = [catalogue.text("not_enough_said") if v is None else v.name for v in (left[1], right[1])]
    held = {name: held_back(catalogue, reply.pack, given) for name, verdict, given in (left, right) if verdict}
    holds = (Paragraph((*catalogue.line("for_idea", idea=name), *line)) for name, line in held.items() if line)
    lead = catalogue.line("differ", idea=name, left=left[0], right=right[0], one=verdicts[0], other=verdicts[1])
    if not reply.answers:
        return (Paragraph(lead), Paragraph(catalogue.line("differ_nothing")))
    lines = tuple(
        catalogue.line(
            "differ_answer", question=q.name, left=_record(catalogue, q, old), right=_record(catalogue, q, new)
        )
        for q, old, new in reply.answers
    )
    return (Paragraph(lead), Items(lines), *holds)


def _record(catalogue: Catalogue, question: Question, option: str) -> str:
    known = any(each.id == option for each in question.options)
    return question.option(option).record if known else catalogue.text("list_nothing")


def missing_answers(catalogue: Catalogue, reply: MissingAnswers) -> tuple[Element, ...]:
    """Of one idea what is missing, and what that can make of it, in a line with buttons to answer; of several which
    open answers can change a result, a line for those that are alike, and how many others there are.
    """
    if len(reply.ideas) == 1:
        asked = answer_buttons(catalogue, reply.row) if reply.row is not None else ()
        return (Paragraph(_missing_of_one(catalogue, *reply.ideas[0])), *asked)
    alike: dict[Line, list[str]] = {}
    for name, judged in reply.ideas:
        if line := _changing(catalogue, judged):
            alike.setdefault(line, []).append(name)
    lines = [(*catalogue.line("for_idea", idea="; ".join(ideas)), *line) for line, ideas in alike.items()]
    others = sum(len(judged.missing) - len(_may_change(judged)) for _, judged in reply.ideas if judged.verdict)
    key = "missing_others" if lines else "missing_none" if others else "missing_nothing"
    left = (catalogue.line(key, count=others, idea=""),) if others or not lines else ()
    return tuple(map(Paragraph, (*lines, *left)))


def _missing_of_one(catalogue: Catalogue, name: str, judged: Judgement) -> Line:
    named, missing = catalogue.text("for_idea", idea=name) if name else "", ", ".join(q.name for q in judged.missing)
    if not missing:
        return catalogue.line("missing_nothing", idea=named)
    line = catalogue.line("missing_of", idea=named, questions=missing)
    changing = _changing(catalogue, judged) if judged.verdict is not None else ()
    return _joined((line, changing or still_possible(catalogue, judged.possible)))


def _changing(catalogue: Catalogue, judged: Judgement) -> Line:
    """Which open answers can change the verdict, and to what; without a verdict, what to ask first; () for none."""
    if judged.verdict is None:
        return catalogue.line("missing_ask", question=judged.ask.name) if judged.ask is not None else ()
    changes, questions = judged.open_changes, _may_change(judged)
    if not changes:
        return ()
    verdicts = {change.verdict for change in changes}
    possible = either_verdict(catalogue, [verdict for verdict in judged.pack.verdicts if verdict.id in verdicts])
    together = len(changes[0].answers)
    if together > 1:
        return catalogue.line("missing_together", count=together, possible=possible, questions=names(questions))
    named = catalogue.text("verdict_or").join(question.name.lower() for question in questions)
    return catalogue.line("missing_changes", questions=named.capitalize(), possible=possible)


def _may_change(judged: Judgement) -> tuple[Question, ...]:
    """The questions without an answer that alone, or else several together, can change the verdict."""
    return tuple(q for q in judged.missing if any(q.id in change.answers for change in judged.open_changes))
