"""What is explained follows from the pack and the record, for all answers."""

from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.receipts import IdeasDiffer, RuleExplained, RulesExplained
from dialogs.replies.results import ResultPart
from dialogs.view import View
from dialogs.views import layout_of
from dialogs.views.plain_text import plain
from knowledge.decision import decide
from knowledge.pack import UNSURE
from tests.dialogs.executor.lines import (
    ALL_FIVE,
    CONFIRM,
    REJECT,
    all_five,
    chat,
    edit,
    explain,
    idea,
    ideas,
    note,
    set_,
    show,
    suppose,
)
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


@pytest.mark.parametrize("left", ["consistency", "budget"])
def test_that_another_answer_changes_nothing_holds_whatever_is_still_open(advisor: Advisor, left: str) -> None:
    pack, told_of = advisor.pack, set()
    for answers in all_answers(advisor):
        question = pack.question("data")
        found = result(advisor, {name: option for name, option in answers.items() if name != left})
        told = "Another answer there would not change the result" in text(advisor, RuleExplained(found, question))
        others = [option.id for option in question.options if option.id not in (UNSURE, answers["data"])]
        kept = all(
            decide(pack, {**answers, "data": other, left: option.id}).verdict == found.verdict.id
            for other, option in product(others, pack.question(left).options)
        )
        assert told == kept
        told_of.add(told)
    assert told_of == {True, False}


def test_how_the_sum_leads_to_a_verdict_that_not_all_answers_point_to(advisor: Advisor) -> None:
    for answers in all_answers(advisor):
        found = result(advisor, answers)
        told = text(advisor, ResultPart(What.VERDICT, found))
        limit = "but a limit holds it back" in told
        agreed = {reason.towards for reason in found.decided.reasons} == {found.verdict.id}
        assert (f"add up to {found.decided.score}" in told) == (not limit and not agreed and not found.decided.forced)


def test_which_limit_keeps_two_ideas_apart_is_said(talk: Talk) -> None:
    talk.do(ideas("reports", "letters"), *all_five("1", "2"))
    talk.do(set_("budget", "flexible", "2"), explain(What.WHY_DIFFERS, "1", "2"))
    assert (
        "1. reports: By the sum alone it would be fine-tuning, but a limit holds it back: Budget: limited" in talk.said
    )


def test_what_would_not_change_the_verdict_is_said_with_what_keeps_it(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE, set_("data", "no"), set_("consistency", "tolerant"))
    talk.do(suppose("domain", "general"))
    assert "it would still be Prompt engineering. What keeps it: Training data: no, or only a handful." in talk.said
    talk.do(explain(What.RULES, question="consistency"))
    assert "since others keep the result: training data." in talk.said


def test_an_amount_between_the_limits_is_supposed_to_say_neither(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(suppose("data", "unsure").replace(quote="what if we had only 100 examples"))
    assert (
        "“100 examples” lies between the limits: 200 or more of them are enough, up to 50 are a handful." in talk.said
    )
    assert "Shall I change it?" not in talk.said


def test_all_that_is_supposed_is_named(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(suppose("data", "no"), suppose("volume", "high"))
    assert "With Training data: no, or only a handful and Volume and speed: high, or strict on time, " in talk.said


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("yes", "high"), "An open answer could change it; still"),
        (("no", "high"), "by too few examples. Still"),
    ],
)
def test_strength_says_whether_what_is_open_could_change_it(talk: Talk, given: tuple[str, str], told: str) -> None:
    talk.do(ideas("reports"), set_("data", given[0], "1"), set_("volume", given[1], "1"), explain(What.STRENGTH, "1"))
    assert f"{told} open: domain, budget, consistency." in talk.said


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
    talk.do(set_("volume", "low"), who="ben").do(explain(What.READING), text="who said what?")
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
    talk.do(ideas("reports", "letters", "slogans"), *all_five("1", "2"))
    talk.do(explain(what, "1", "2", "3"))
    assert talk.said.count("Hybrid") >= 2
    assert "3. slogans: Still open: " in talk.said


COUNTED = [
    ((), "“50 of them” counts as no, or only a handful.\n"),
    ((set_("data", "no"),), "“50 of them” counts as no, or only a handful.\n"),
    ((set_("data", "yes"),), "“50 of them” counts as no, or only a handful (was yes, hundreds or more).\n"),
]


@pytest.mark.parametrize(("before", "told"), COUNTED)
@pytest.mark.parametrize("sure", [Sure.STATED, Sure.IMPLIED])
def test_how_the_words_count_is_said_before_what_the_options_mean(talk: Talk, before, told: str, sure: Sure) -> None:
    talk.do(idea("reports"), set_("domain", "general")).do(*before)
    talk.do(explain(What.OPTION, question="data"), set_("data", "no", quote="50 of them", sure=sure))
    assert talk.below.startswith(f"Training data: {told}Training data: A request or document")


def test_an_answer_that_its_question_shows_with_its_words_has_no_receipt_below(talk: Talk) -> None:
    talk.do(idea("reports")).do(
        set_("data", "no", quote="we have next to nothing", sure=Sure.IMPLIED),
        set_("budget", "limited", quote="be scrappy", sure=Sure.IMPLIED),
    )
    assert talk.old is not None
    assert "read from “we have next to nothing”" in plain(talk.old)
    assert "Training data" not in talk.said
    assert "Budget: limited (from “be scrappy”)" in talk.said


def test_how_the_words_of_an_answer_count_is_said_once(talk: Talk) -> None:
    said = set_("data", "no", quote="50 of them")
    talk.do(idea("reports"), set_("domain", "general")).do(said, said, explain(What.QUESTION, question="data"))
    assert talk.below.count("counts as no") == 1
    talk.do(set_("budget", "limited")).do(said, explain(What.OPTION, question="data"))
    assert "counts as no" not in talk.below
    talk.do(set_("data", "yes", quote="900 of them"), explain(What.OPTION, question="data"))
    assert "“900 of them” counts as yes, hundreds or more (was no, or only a handful)" in talk.below


def test_an_option_is_explained_after_how_it_stands(talk: Talk) -> None:
    talk.do(idea("reports"), set_("data", "no", quote="50 of them", sure=Sure.IMPLIED)).do(set_("volume", "low"))
    talk.do(explain(What.OPTION, question="data"))
    assert talk.below.startswith("Training data: “50 of them” counts as no, or only a handful.\n")
    talk.do(explain(What.QUESTION, question="volume"))
    assert talk.below.startswith("Volume and speed is noted as low, with time to spare.\n")
    talk.do(explain(What.OPTION, question="budget"))
    assert talk.below.startswith("Budget: Limited means")


def test_what_is_no_task_for_a_model_needs_no_questions(talk: Talk) -> None:
    talk.do(ideas("a camera", "reports"), edit(What.STATUS, "1", value="not_a_fit"))
    talk.do(explain(What.QUESTION, "1", question="data"))
    assert talk.below.startswith(
        "The questions are for language-model tasks only, so none of them is needed for 1. Elsewhere:\n"
    )


def test_what_a_repeated_answer_covers_is_said_unless_there_are_many(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(set_("volume", "high"))
    covers = "high, or strict on time already; that covers many requests a day as well as answers within seconds"
    assert talk.below.startswith(f"Volume and speed was {covers}")
    talk.do(*ALL_FIVE)
    assert talk.below.count("already") == 5
    assert "covers" not in talk.below


def test_a_repeated_answer_to_an_open_question_of_the_list_is_said_once(talk: Talk) -> None:
    talk.do(ideas("letters", "reports"), set_("data", "yes", "1"), set_("consistency", "unsure", "1"))
    talk.press("ask:1:consistency").do(set_("consistency", "unsure"))
    assert talk.old is not None
    assert "Noted for 1: Consistency, not sure." in plain(talk.old)
    assert "already" not in talk.said


def test_why_after_a_supposition_is_told_of_what_was_supposed(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE, set_("data", "no"))
    talk.do(suppose("data", "yes")).do(REJECT, explain(What.VERDICT, question="data"))
    assert talk.below.startswith("With Training data: yes, hundreds or more, it would be Hybrid ")
    added = "Training data +2, Volume and speed +2, Domain +2, Budget -2, Consistency +2"
    assert f"Counted: {added}. Yours add up to 6: Hybrid. By the sum alone" in talk.below
    assert "\n" not in talk.below
    talk.do(suppose("domain", "general")).do(explain(What.VERDICT))
    assert talk.below.startswith("With Domain: general, it would still be Prompt engineering. What keeps it: ")
    assert "Counted: Training data -3, " in talk.below
    talk.do(suppose("data", "yes")).do(CONFIRM, explain(What.VERDICT))
    assert talk.below.startswith("Training data is now yes, hundreds or more (was no, or only a handful).")
    assert "With Training data" not in talk.below


def test_why_with_a_question_tells_what_its_answer_does_and_not_the_whole_count(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(explain(What.VERDICT, question="budget"))
    assert talk.below.startswith("Budget: it is limited, so prompts come first.")
    assert "- Training data" not in talk.below
    talk.do(explain(What.VERDICT, question="budget"))
    assert talk.below.startswith(f"More on that:\n{WHY}\n- Training data")


WHY = "Start with prompts, tune later. 4 of 5 answers for tuning, held back by a limited budget. Hybrid, and why:"

AGAIN = [
    (explain(What.VERDICT), "More on that:\nEach answer counts for "),
    (explain(What.STRENGTH), f"More on that:\n{WHY}"),
    (explain(What.RULES), f"More on that:\n{WHY}\n"),
    (explain(What.OPTION, question="budget"), "Budget is noted as limited.\nMore on that:\nWhy I ask: "),
    (explain(What.QUESTION, question="budget"), "Budget is noted as limited.\nMore on that:\nEach answer "),
    (explain(What.READING), "Who gave which answer stands above"),
    (show(What.STEPS), "The steps are as above, and next is the first of them: Build a first version"),
]


@pytest.mark.parametrize(("command", "told"), AGAIN, ids=lambda each: getattr(each, "name", None))
def test_what_is_asked_twice_is_not_told_twice_in_the_same_words(talk: Talk, command: Command, told: str) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(command)
    first = talk.below
    talk.do(command)
    assert talk.below.startswith(told)
    assert talk.below != first
    talk.do(chat(What.THANKS)).do(command)
    assert talk.below == first


def test_why_asked_again_and_again_says_more_each_time_and_at_last_the_same_again(talk: Talk) -> None:
    told = [talk.do(idea("reports"), *ALL_FIVE).do(explain(What.VERDICT)).below]
    told += [talk.do(explain(What.VERDICT)).below for _ in range(4)]
    assert [text.removeprefix("More on that:\n").splitlines()[0][:25] for text in told] == [
        "Start with prompts, tune ",
        "Each answer counts for pr",
        "reports",
        "Hybrid now. It would chan",
        "Once more:",
    ]
    assert told[-1] == f"Once more:\n{told[0]}"
    talk.do(set_("budget", "flexible"), explain(What.VERDICT))
    assert "Fine-tuning, and why:" in talk.below


def test_who_asks_for_the_rules_again_gets_the_rules_and_not_all_that_there_is_of_the_result(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(explain(What.VERDICT)).do(explain(What.RULES))
    rules = talk.below
    assert "- Training data: “yes, hundreds or more” 2 for fine-tuning" in rules
    assert talk.do(explain(What.RULES)).below == f"Once more:\n{rules}"


def test_the_rules_without_an_idea_lead_to_one_when_they_are_asked_for_again(talk: Talk) -> None:
    talk.do(explain(What.RULES)).do(explain(What.RULES))
    assert talk.said.startswith("Go ahead: what should it do")


def test_how_strong_is_told_of_all_that_were_just_listed_or_compared(talk: Talk) -> None:
    talk.do(ideas("reports", "letters", "slogans"), *all_five("1", "2"))
    talk.do(Command(Kind.COMPARE, ideas=("1", "2"))).do(explain(What.STRENGTH))
    assert [line[:2] for line in talk.below.splitlines()] == ["1.", "2."]
    talk.do(show(What.IDEAS)).do(explain(What.STRENGTH))
    assert sorted(line[:2] for line in talk.below.splitlines()) == ["1.", "2.", "3."]
    talk.do(chat(What.THANKS)).do(explain(What.STRENGTH, "2"))
    assert talk.below.startswith("2. letters: Hybrid, moderate (the more answers agree, the stronger): ")
    assert "\n" not in talk.below


def reading(value: str = "", question: str = "none") -> Command:
    return Command(Kind.EXPLAIN, What.READING, question=question, value=value)


@pytest.fixture
def written(talk: Talk) -> Talk:
    talk.do(idea("reports"), set_("data", "yes", quote="2000 labelled mails"), set_("budget", "limited"))
    return talk.do(note("the works council must agree"), who="ben")


WRITTEN_DOWN = [
    (reading("the works council"), "reports: Note: “the works council must agree” (ben, "),
    (
        reading("labelled mails"),
        "reports: Training data: yes, hundreds or more, read from “2000 labelled mails” (ana, ",
    ),
    (reading(question="budget"), "reports: Budget: limited, given by ana on "),
    (reading("the data centre in Basel"), "reports: nobody has said anything about “the data centre in Basel” yet"),
    (reading(question="domain"), "reports: nobody has said anything about Domain yet, so nothing is noted there."),
]


@pytest.mark.parametrize(("command", "told"), WRITTEN_DOWN, ids=lambda each: getattr(each, "value", None))
def test_whether_something_is_written_down_is_answered_in_a_line_from_the_record(
    written: Talk, command: Command, told: str
) -> None:
    for _ in range(2):
        written.do(command)
        assert written.below.startswith(told)
        assert "\n" not in written.below


@pytest.mark.parametrize("value", ["that note", "my idea", "the answers"])
def test_words_for_what_is_recorded_name_nothing_in_it(written: Talk, value: str) -> None:
    assert "the works council must agree" in written.do(reading(value)).below
    assert "nobody has said" not in written.below


def test_is_that_written_down_is_about_what_was_said_just_before_and_else_about_all(written: Talk) -> None:
    written.do(reading(), who="ben", text="is that noted?")
    assert written.below.startswith("reports: Note: “the works council must agree” (ben, ")
    written.do(reading())
    assert [line[:12] for line in written.below.splitlines()] == [
        "reports",
        "- Training d",
        "- Budget: li",
        "- Note: “the",
    ]
    written.do(set_("volume", "low"), set_("domain", "general")).do(reading())
    assert [line[:12] for line in written.below.splitlines()] == ["reports", "- Volume and", "- Domain: ge"]


def test_the_source_of_a_claim_is_that_claim_alone(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(show(What.SOURCES, value="filter=tuned models need fewer calls"))
    _, claim, said = talk.below.splitlines()
    assert claim.startswith("- Volume and speed: at high volume")
    assert said == "That is what the article by Advant says; it was not measured here."
    talk.do(show(What.SOURCES, value="filter=zebras"))
    assert talk.below.count("\n- ") == 5


def test_the_rules_are_counted_with_the_answers_of_the_same_line(talk: Talk) -> None:
    given = {"data": "yes", "volume": "low", "domain": "general"}
    talk.do(idea("a bot for the wards"), *(set_(question, option) for question, option in given.items()))
    talk.do(explain(What.RULES), set_("budget", "limited"))
    assert "Yours add up to -2" in talk.below
