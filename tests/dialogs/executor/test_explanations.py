"""What is explained follows from the pack and the record, for all answers."""

from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.receipts import IdeasDiffer, RuleExplained, RulesExplained
from dialogs.replies.results import ResultPart
from dialogs.view import View
from dialogs.views import layout_of
from dialogs.views.plain_text import plain
from knowledge.decision import decide
from knowledge.pack import UNSURE
from tests.dialogs.executor.lines import ALL_FIVE, explain, idea, ideas, set_, show, suppose
from tests.dialogs.talk import NOON, Talk


def all_answers(advisor: Advisor) -> list[dict[str, str]]:
    questions = advisor.pack.questions
    options = [[option.id for option in question.options] for question in questions]
    return [dict(zip((q.id for q in questions), each, strict=True)) for each in product(*options)]


def result(advisor: Advisor, answers: dict[str, str]):
    given = {q: Answer(option, AnswerMethod.BUTTON, "ana", NOON) for q, option in answers.items()}
    conversation = Conversation.fresh(advisor.pack).replace(started=True, answers=given)
    return recommend(advisor.knowledge, conversation, NOON)


def text(advisor: Advisor, reply: object) -> str:
    return plain(View(layout_of(advisor.catalogue, reply)))


def test_the_sum_and_the_limit_are_those_of_the_decision(advisor: Advisor) -> None:
    scale = advisor.pack.scale
    for answers in all_answers(advisor):
        found = result(advisor, answers)
        told = text(advisor, RulesExplained(advisor.pack, found)).splitlines()[-1]
        reached = scale.verdicts[scale.reached(found.decided.score)]
        assert f"add up to {found.decided.score}: {found.verdict.name}." in told
        assert ("but a limit holds it back" in told) == (reached != found.verdict.id)
        if reached != found.verdict.id:
            assert f"it would be {advisor.pack.verdict(reached).name.lower()}" in told


def test_each_rule_is_told_with_its_weight_and_limit(advisor: Advisor) -> None:
    pack = advisor.pack
    lines = text(advisor, RulesExplained(pack)).splitlines()
    for question in pack.questions:
        (line,) = (line for line in lines if line.startswith(f"- {question.name}: "))
        for option in question.options:
            rule = option.rule
            if rule.towards is not None:
                assert f"“{option.record}” {rule.weight} for {pack.verdict(rule.towards).name.lower()}" in line
            if rule.at_most is not None:
                assert f"at most {pack.verdict(rule.at_most).name.lower()}" in line
    for verdict, least in pack.deciding.thresholds.items():
        assert f"{pack.verdict(verdict).name.lower()} from {least} on" in lines[-1]


def test_what_another_answer_would_give_is_what_it_gives(advisor: Advisor) -> None:
    pack = advisor.pack
    for answers in all_answers(advisor)[::7]:
        found = result(advisor, answers)
        for question in pack.questions:
            told = text(advisor, RuleExplained(found, question))
            for option in question.options:
                if option.id in (UNSURE, answers[question.id]):
                    continue
                verdict = pack.verdict(decide(pack, {**answers, question.id: option.id}).verdict)
                claim = f"With “{option.record}” it would be {verdict.name}."
                assert (claim in told) == (verdict.id != found.verdict.id)


def test_why_one_answer_holds_back_four(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(explain(What.VERDICT))
    assert "By the sum alone it would be fine-tuning, but a limit holds it back: Budget: limited." in talk.said
    talk.do(explain(What.RULES, question="budget"))
    assert "With “flexible” it would be Fine-tuning." in talk.said


def test_how_the_sum_leads_to_a_verdict_that_not_all_answers_point_to(advisor: Advisor) -> None:
    for answers in all_answers(advisor):
        found = result(advisor, answers)
        told = text(advisor, ResultPart(What.VERDICT, found))
        limit = "but a limit holds it back" in told
        agreed = {reason.towards for reason in found.decided.reasons} == {found.verdict.id}
        assert (f"add up to {found.decided.score}" in told) == (not limit and not agreed and not found.decided.forced)


def test_which_limit_keeps_two_ideas_apart_is_said(talk: Talk) -> None:
    talk.do(ideas("reports", "letters"), *(set_(c.question, c.option, "1", "2") for c in ALL_FIVE))
    talk.do(set_("budget", "flexible", "2"), explain(What.WHY_DIFFERS, "1", "2"))
    assert (
        "1. reports: By the sum alone it would be fine-tuning, but a limit holds it back: Budget: limited" in talk.said
    )


def test_what_would_not_change_the_verdict_is_said_with_what_keeps_it(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE, set_("data", "no"), set_("consistency", "tolerant"))
    talk.do(suppose("domain", "general"))
    assert "it would still be Prompt engineering. What keeps it: training data." in talk.said
    talk.do(explain(What.RULES, question="consistency"))
    assert "since others keep the result: training data." in talk.said


def test_all_that_is_supposed_is_named(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(suppose("data", "no"), suppose("volume", "high"))
    assert "With Training data: no, or only a handful and Volume and speed: high, or strict on time, " in talk.said


@pytest.mark.parametrize(
    ("given", "told"), [(("yes", "high"), "could change it"), (("no", "high"), "cannot change it")]
)
def test_strength_says_whether_what_is_open_could_change_it(talk: Talk, given: tuple[str, str], told: str) -> None:
    talk.do(ideas("reports"), set_("data", given[0], "1"), set_("volume", given[1], "1"), explain(What.STRENGTH, "1"))
    assert f"What is still open {told}: domain, budget, consistency." in talk.said


def test_which_answer_made_it_what_it_is(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(set_("budget", "flexible"), explain(What.WHY_DIFFERS))
    (told,) = (part for reply in talk.turn.below for part in reply.parts if isinstance(part, IdeasDiffer))
    assert [(question.id, old, new) for question, old, new in told.answers] == [("budget", "limited", "flexible")]
    assert (told.left[1].id, told.right[1].id) == ("hybrid", "fine_tuning")


def test_why_two_ideas_differ(talk: Talk) -> None:
    talk.do(
        ideas("a bot for tickets", "summaries of reports"), set_("data", "no", "1"), set_("budget", "limited", "all")
    )
    talk.do(explain(What.WHY_DIFFERS, "1", "2"))
    assert "- Training data: no, or only a handful / –" in talk.said
    assert "Budget" not in talk.said


def test_where_an_answer_was_read_and_who_gave_it(talk: Talk) -> None:
    talk.do(idea("reports, plenty of examples"), set_("data", "yes", quote="plenty of examples"), who="ana")
    talk.do(set_("volume", "low"), who="ben").do(explain(What.READING))
    assert "Training data: yes, hundreds or more, read from “plenty of examples” (ana, " in talk.said
    assert "Volume and speed: low, with time to spare, given by ben on " in talk.said


def test_nothing_is_said_to_be_read_where_nothing_is(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).do(explain(What.READING, "1", question="domain"))
    assert "1. a bot for tickets: nobody has said anything about Domain yet" in talk.said


@pytest.mark.parametrize("what", [What.QUESTION, What.OPTION])
def test_a_question_is_explained_and_stays_open(talk: Talk, what: What) -> None:
    talk.do(idea("reports")).do(explain(what, question="domain"))
    assert "Domain: Specialised means" in talk.said
    assert talk.open == "data"


CANNOT = [
    Command(Kind.REMIND, What.LIST, value="tomorrow"),
    Command(Kind.TEAM, What.REVEAL),
    Command(Kind.OUTCOME, value="it works"),
]


@pytest.mark.parametrize("command", CANNOT, ids=lambda command: f"{command.command} {command.what}")
def test_what_it_cannot_do_is_said_with_the_nearest_thing(talk: Talk, command: Command) -> None:
    talk.do(idea("reports"), *ALL_FIVE)
    before = talk.conversation
    talk.do(command)
    assert "can’t" in talk.said
    assert "nothing on that" not in talk.said
    assert talk.conversation.chosen == before.chosen
    assert not talk.turn.did


def test_how_it_stands_first_and_the_result_for_who_asks_again(talk: Talk) -> None:
    talk.do(idea("reports"), set_("data", "yes"), set_("volume", "high")).do(show(What.RESULT))
    assert "questions are open" in talk.said
    assert talk.open == "domain"
    talk.do(show(What.RESULT))
    assert talk.open is None
    assert "First step" in talk.card


def test_the_result_is_shown_at_once_where_no_answer_can_change_it(talk: Talk) -> None:
    talk.do(idea("reports"), set_("data", "no")).do(show(What.RESULT))
    assert "Prompt engineering · " in talk.card


@pytest.mark.parametrize("what", [What.STRENGTH, What.VERDICT])
def test_two_ideas_are_explained_one_below_the_other(talk: Talk, what: What) -> None:
    talk.do(ideas("reports", "letters", "slogans"), *(set_(c.question, c.option, "1", "2") for c in ALL_FIVE))
    talk.do(explain(what, "1", "2", "3"))
    assert talk.said.count("Hybrid") >= 2
    assert "3. slogans: Still open: " in talk.said
