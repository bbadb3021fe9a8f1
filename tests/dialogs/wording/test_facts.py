"""What a language model is asked to word: the facts, in which nobody is named, and the request around them."""

import json

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import hashed
from dialogs.wording.answer import checked
from dialogs.wording.draft import Draft, Drafts, Sentence
from dialogs.wording.facts import Fact
from dialogs.wording.placement import apart
from dialogs.wording.request import WordingRequest
from knowledge.yaml_document import packaged
from tests.dialogs.executor.lines import ALL_FIVE, calculate, chat, explain, idea, ideas, note, set_, show, suppose
from tests.dialogs.talk import Talk
from tests.dialogs.wording.conftest import requested

TOLD = idea("a bot that answers parking questions")


def asked(talk: Talk, line: str, *commands: Command, who: str = "ana") -> WordingRequest:
    request = requested(talk, line, *commands, who=who)
    assert request is not None
    return request


def texts(request: WordingRequest) -> str:
    return "\n".join(fact.text for fact in request.facts)


def done(advisor: Advisor) -> Talk:
    return Talk(advisor).do(TOLD, *ALL_FIVE)


def test_a_question_gets_its_passages_with_their_sources(advisor: Advisor) -> None:
    request = asked(Talk(advisor), "how much does fine-tuning cost?")
    first = request.facts[0]
    assert first.text.startswith(
        "How much does fine-tuning cost? Usually a sum in the hundreds to thousands of dollars"
    )
    assert first.source.endswith("section “FAQ 2”.")
    outside = [fact.source for fact in request.facts if fact.source.startswith("Outside the article:")]
    assert outside
    assert all("2026" in source for source in outside)
    assert not any(fact.idea for fact in request.facts)


def test_all_pages_that_were_heard_come_first(advisor: Advisor) -> None:
    request = asked(Talk(advisor), "hm and those two?", Command(Kind.ASK, value="out-query-price faq-cost"))
    titles = list(dict.fromkeys(fact.text.partition("? ")[0] for fact in request.facts))
    assert titles[:2] == ["What does one call cost", "How much does fine-tuning cost"]


def test_each_step_of_a_sum_is_a_fact(advisor: Advisor) -> None:
    steps = Command(Kind.CALCULATE, value="step=today, EUR a month = 640 * 31; step=a year, EUR = today * 12")
    told = texts(asked(done(advisor).do(steps, text="640 times 31 a month"), "why?", explain(What.VERDICT)))
    assert "“today” comes to 19,840 EUR a month, from 640 × 31." in told
    assert "“a year” comes to 238,080 EUR, from 19,840 × 12." in told


def test_an_answer_beside_a_sum_is_told_what_comes_out(advisor: Advisor) -> None:
    saved = calculate("step=today, EUR a year = 640 * 31; step=left, EUR a year = today - 4000")
    request = asked(done(advisor), "640 at 31, for 4000. worth it? and why this result?", saved, explain(What.VERDICT))
    told = json.loads(request.messages[-1]["content"])
    assert (told["wanted"], told["asked"]) == ("answer", ["calculate", "explain.verdict"])
    assert "Left: 19,840 − 4,000 = 15,840 EUR a year" in texts(request)
    assert "A sum (calculate) is shown beside it" in request.messages[0]["content"]


def test_an_idea_has_its_record(advisor: Advisor) -> None:
    talk = done(advisor).do(note("the works council must agree"))
    talk.do(
        Command(
            Kind.CALCULATE, value="calls=12000/day; tokens_in=900; tokens_out=90; price_in=1 USD/M; price_out=2 USD/M"
        )
    )
    request = asked(talk, "why?", explain(What.VERDICT))
    said = texts(request)
    for part in (
        "Budget: it is limited, so prompts come first. In the count: “limited” 2 for prompt engineering, at most",
        "Yours add up to 6: Hybrid. By the sum alone it would be fine-tuning",
        "Another answer there would not change the result, since others keep the result: budget.",
        "Closest case: ",
        "Hybrid, moderate",
        "Training data: yes, hundreds or more, given by you on",
        "4 of 5 answers for tuning, held back by a limited budget",
        "What would change it: ",
        "Do next: Build a first version with prompts.",
        "Note: “the works council must agree” (you, ",
        "USD a month",
    ):
        assert part in said
    assert {fact.verdict for fact in request.facts if fact.idea} == {"hybrid"}


def test_an_idea_without_a_result_has_what_is_missing(advisor: Advisor) -> None:
    request = asked(Talk(advisor).do(TOLD), "why do you ask?", explain(What.QUESTION))
    assert "Still open: Training data, Volume and speed" in texts(request)
    assert {fact.verdict for fact in request.facts} == {""}


def test_several_ideas_have_their_own_facts(advisor: Advisor) -> None:
    talk = Talk(advisor).do(ideas("a menu translator", "sort incoming faxes"))
    talk.do(*(set_(each.question, each.option, "1") for each in ALL_FIVE), set_("data", "no", "2"))
    request = asked(talk, "why do they differ?", explain(What.WHY_DIFFERS, "1", "2"))
    verdicts = {fact.idea.partition(". ")[0]: fact.verdict for fact in request.facts if fact.idea}
    assert verdicts == {"1": "hybrid", "2": "prompt_engineering"}
    named = [fact for fact in request.facts if fact.text.startswith("“")]
    assert {fact.idea for fact in named} == {"1. a menu translator", "2. sort incoming faxes"}
    assert all(fact.text.startswith(f"“{fact.idea}”: ") for fact in named)


def listed(advisor: Advisor) -> Talk:
    talk = Talk(advisor).do(ideas("a menu translator", "sort incoming faxes", "answer parking mails"))
    talk.do(*(set_(each.question, each.option, "1") for each in ALL_FIVE), set_("data", "no", "2"), who="ben")
    talk.do(note("the works council must agree", "1"))
    return talk.do(Command(Kind.EDIT, What.STATUS, ideas=("3",), value="parked"))


def test_a_text_on_a_list_has_a_line_for_each_idea_and_their_answers(advisor: Advisor) -> None:
    request = asked(
        listed(advisor), "sum up the list", Command(Kind.WRITE, What.SUMMARY, ideas=("1", "2", "3")), who="ben"
    )
    lines = [fact for fact in request.facts if fact.idea]
    assert [(fact.idea, fact.verdict) for fact in lines] == [
        ("1. a menu translator", "hybrid"),
        ("2. sort incoming faxes", "prompt_engineering"),
        ("3. answer parking mails", ""),
        ("1. a menu translator", "hybrid"),
        ("2. sort incoming faxes", "prompt_engineering"),
    ]
    assert (
        lines[4].text == "“2. sort incoming faxes”: Training data: no, or only a handful, given by you on 18 Nov 2026"
    )
    for part in (
        "Hybrid. The case is ",
        "Next: build a first version",
        "added by somebody here",
        "“the works council must agree”",
    ):
        assert part in lines[0].text
    assert "not enough said yet. Next: say what holds for training data" in lines[2].text
    assert "parked" in lines[2].text
    assert "In this order: the clearest cases first" in texts(request)
    assert set(request.named) == {"a menu translator", "sort incoming faxes", "answer parking mails"}


def test_beside_a_list_the_record_of_the_idea_in_question_comes_first(advisor: Advisor) -> None:
    request = asked(listed(advisor), "is 2 clear?", explain(What.STRENGTH, "2"))
    named = [fact.idea[:2] for fact in request.facts if fact.text.startswith("“")]
    assert [name for at, name in enumerate(named) if named[at - 1 : at] != [name]] == ["2.", "1.", "2.", "3.", "1."]


@pytest.mark.parametrize("number", ["", "1"])
def test_a_reason_is_one_fact(advisor: Advisor, number: str) -> None:
    talk = listed(advisor) if number else done(advisor)
    request = asked(talk, "why?", explain(What.VERDICT, *filter(None, [number])))
    assert texts(request).count("Budget: it is limited, so prompts come first") == 1
    assert texts(request).count("4 of 5 answers") == 1


def test_the_same_explanation_again_has_the_same_facts(advisor: Advisor) -> None:
    line, command = "what is enough data?", explain(What.QUESTION, question="data")
    talk = done(advisor)
    first = asked(talk, line, command)
    again = asked(talk, line, command)
    assert {*again.facts} == {*first.facts}
    assert "200 or more of them are enough, up to 50 are a handful" in texts(again)


@pytest.mark.parametrize(
    "command", [explain(What.VERDICT), explain(What.RULES), chat(What.ABOUT_YOU), show(What.STEPS)]
)
def test_rules_and_what_the_advisor_can_do_are_facts_beside_a_long_record(advisor: Advisor, command: Command) -> None:
    talk = done(advisor)
    for number in range(12):
        talk.do(note(f"fact {number} " + "which is long " * 15))
    said = texts(asked(talk, "who says so?", command))
    for part in (
        "Hybrid: Start with prompts, keep them",
        "Training data: “yes, hundreds or more” 2 for fine-tuning",
        "hybrid from 3 on, fine-tuning from 5 on",
        "is by itself taken for neither answer",
        "set by the authors of this advisor",
        "don’t check prompts",
        "as a CSV file",
        "The owner of an idea is whoever added it",
    ):
        assert part in said


def test_entries_on_each_sentence_come_before_the_record(advisor: Advisor) -> None:
    request = asked(done(advisor), "Why? And what is LoRA? And what does RAG mean?", explain(What.VERDICT))
    record = next(at for at, fact in enumerate(request.facts) if fact.idea)
    titles = {fact.text.partition(":")[0] for fact in request.facts[:record]}
    assert titles >= {"LoRA", "Retrieval-augmented generation (RAG)"}


def test_how_many_questions_there_are_is_a_fact_while_some_are_open(advisor: Advisor) -> None:
    length = "5 questions, about a minute in all"
    assert length in texts(asked(Talk(advisor).do(TOLD), "why do you ask?", explain(What.QUESTION)))
    assert length not in texts(asked(done(advisor), "why?", explain(What.VERDICT)))


@pytest.mark.parametrize(
    ("sentences", "dropped", "enough"),
    [
        (("Translating menus comes first, sorting faxes next.", "Parking mails are parked."), 1, True),
        (("Translating menus comes first, sorting faxes next.", "Parking mails are parked."), 2, False),
        (("Translating menus comes first.", "Parking mails are parked."), 0, False),
    ],
)
def test_a_text_is_shown_if_most_of_it_holds_and_each_idea_is_named(
    advisor: Advisor, sentences: tuple[str, ...], dropped: int, enough: bool
) -> None:
    request = asked(listed(advisor), "sum up the list", Command(Kind.WRITE, What.SUMMARY, ideas=("1", "2", "3")))
    assert request.is_enough(" ".join(sentences), kept=len(sentences), dropped=dropped) is enough
    assert asked(done(advisor), "why?", explain(What.VERDICT)).is_enough(sentences[0], kept=1, dropped=4)


def test_what_is_true_of_two_ideas_is_said_of_each(advisor: Advisor) -> None:
    talk = Talk(advisor).do(ideas("a menu translator", "sort incoming faxes"))
    talk.do(set_("data", "no", "1"), set_("data", "no", "2"))
    request = asked(talk, "why do they not differ?", explain(What.WHY_DIFFERS, "1", "2"))
    given = [fact.idea for fact in request.facts if "Training data: no, or only a handful, given by you" in fact.text]
    assert len(given) == 2


def written(talk: Talk, *forms: str, by: str = "ana") -> None:
    """Texts of these forms that were worded for somebody."""
    drafts = (Draft((Sentence(f"The {form} says “when”.", ()),), by=hashed(by), form=form) for form in forms)
    talk.conversation = talk.conversation.replace(draft=Drafts().stored_with(*drafts))


def test_the_text_that_a_line_asks_about_is_among_the_facts(advisor: Advisor) -> None:
    talk = done(advisor)
    written(talk, "mail", "prompt")
    said = [
        fact.text for fact in asked(talk, "what does the e-mail say of money?", Command(Kind.ASK, value="money")).facts
    ]
    assert said[0] == "Your mail says: “The mail says ‘when’.”"
    assert not [text for text in said if "Your prompt" in text]
    assert "Your" not in asked(talk, "what of money?", Command(Kind.ASK, value="money")).facts[0].text
    talk.do(Command(Kind.WRITE, What.PROMPT))
    assert asked(talk, "what of money?", Command(Kind.ASK, value="money")).facts[0].form == "prompt"
    written(talk, "mail", by="ben")
    assert not [each for each in asked(talk, "the mail?", Command(Kind.ASK, value="mail")).facts if each.form]


def test_a_first_prompt_has_the_words_that_describe_its_idea(advisor: Advisor) -> None:
    talk = Talk(advisor).do(
        Command(Kind.IDEA, value="sort the faxes into plumbing, roof and others, see https://x.example/y")
    )
    said = "“sort the faxes into plumbing, roof and others, see …”"
    assert (
        asked(talk, "a prompt please", Command(Kind.WRITE, What.PROMPT)).facts[0].text.endswith(f"described as {said}")
    )
    assert said not in texts(asked(talk, "and why?", Command(Kind.EXPLAIN, What.RULES)))


def test_nobody_is_named_and_addresses_are_cut(advisor: Advisor) -> None:
    talk = done(advisor).do(set_("budget", "flexible"), who="ben")
    talk.do(note("mail bo@corp.example or see https://corp.example/x"), who="ben")
    request = asked(talk, "where is that from? ask @ann or bo@corp.example", explain(What.READING, question="all"))
    sent = json.dumps(request.messages)
    assert "given by you" in sent
    assert "given by somebody" in sent
    assert not [name for name in ('"ana"', "ben", "Lopez", "corp.example", "@ann", "https") if name in sent]
    assert request.line == "where is that from? ask … or …"


def test_there_are_not_too_many_facts(advisor: Advisor) -> None:
    talk = done(advisor)
    for number in range(12):
        talk.do(note(f"fact {number} " + "which is long " * 15))
    request = asked(talk, "how do you decide?", explain(What.RULES))
    assert len(request.facts) <= 64
    assert len(texts(request)) <= 12_000 + len(request.facts)
    assert len({fact.text for fact in request.facts}) == len(request.facts)


def test_the_request_says_what_is_wanted(advisor: Advisor) -> None:
    talk = done(advisor)
    request = asked(talk, "two lines for my boss", Command(Kind.WRITE, What.NOTE, value="lines=2; style=plain"))
    told = json.loads(request.messages[1]["content"])
    assert (told["wanted"], told["sentences"], told["asked"]) == ("text", 2, ["write.note"])
    assert told["form"] == "lines=2; style=plain"
    assert told["facts"]["1"].startswith("Advice for")
    assert request.most == 2


@pytest.mark.parametrize(
    ("command", "wanted", "most"),
    [(explain(What.STRENGTH), "answer", 5), (chat(What.COMPLAINT), "opening", 2), (show(What.STEPS), "answer", 5)],
)
def test_how_much_may_be_said(advisor: Advisor, command: Command, wanted: str, most: int) -> None:
    request = asked(done(advisor), "well?", command)
    assert json.loads(request.messages[1]["content"])["wanted"] == wanted
    assert request.most == most


def test_the_fixed_part_is_the_same_for_every_line(advisor: Advisor) -> None:
    first, second = asked(Talk(advisor), "what does tuning cost?"), asked(done(advisor), "why?", explain(What.VERDICT))
    assert first.messages[0] == second.messages[0]
    assert first.schema["required"] == ["sentences"]


def test_nothing_is_asked_where_nothing_is_worded(advisor: Advisor) -> None:
    assert requested(Talk(advisor).do(TOLD), "no data", set_("data", "no")) is None


def test_what_is_said_of_an_idea_is_told_before_its_first_question(advisor: Advisor) -> None:
    request = asked(Talk(advisor), "a bot that answers parking questions, should we tune?", TOLD)
    assert json.loads(request.messages[1]["content"])["wanted"] == "opening"
    assert "answers parking questions" in texts(request)
    assert "5 questions, about a minute in all" in texts(request)


def test_what_only_one_person_sees_is_not_sent(advisor: Advisor) -> None:
    assert requested(done(advisor), "what do you have about me?", show(What.ME)) is None


@pytest.mark.parametrize("at", range(3))
def test_the_examples_of_the_prompt_hold(advisor: Advisor, at: int) -> None:
    example = packaged("dialogs.wording", "prompt.yaml")["examples"][at]
    asked = example["asked"]
    texts = asked["facts"].values()
    facts = tuple(Fact(text, "", *(("parking bot", "prompt_engineering") if "“" in text else ())) for text in texts)
    shown = WordingRequest((), {}, asked["line"], facts, asked["sentences"])
    assert not checked(advisor, shown, json.dumps(example["answer"])).dropped


def test_a_text_may_tell_what_the_line_supposes(advisor: Advisor) -> None:
    other = suppose("budget", "flexible")
    request = asked(done(advisor), "with more money? and a note", other, Command(Kind.WRITE, What.NOTE))
    assert "With Budget: flexible, it would be" in texts(request)


def test_why_asked_again_is_worded_and_not_told_in_full(advisor: Advisor) -> None:
    talk = done(advisor)
    for _ in range(5):
        talk.do(explain(What.VERDICT))
        assert not apart(talk.turn)[0].shows_something
