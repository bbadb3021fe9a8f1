"""What a model is asked: the same beginning for every line, then where the talk stands, and nothing about people."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, Proposal
from dialogs.focus import Focus, Offer
from dialogs.understanding.model.request import Requests, forms, schema_for
from knowledge.costs import Given
from knowledge.reading.steps import MODELS
from knowledge.reading.sums import ASSUME, CALCULATION, CLAIM, CURRENCY, SAID, STEP
from tests.dialogs.executor.lines import edit, ideas, set_
from tests.dialogs.flows.board_states import states
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import Talk


def sent(advisor: Advisor, conversation: Conversation, text: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Requests(advisor).about(conversation, text).messages[-1]["content"])
    return told


def test_the_fixed_part_is_the_same_for_every_line(advisor: Advisor) -> None:
    requests = Requests(advisor)
    first, second = (requests.about(states(advisor)[name], name) for name in ("idea", "list"))
    assert first.messages[0] == second.messages[0]
    assert all(kind in first.messages[0]["content"] for kind in Kind)


def test_amounts_that_decide_and_numbers_of_a_sum_are_told(advisor: Advisor) -> None:
    prompt = Requests(advisor).about(Conversation.fresh(advisor.pack), "hi").messages[0]["content"]
    assert all(name in prompt for name in MODELS)
    assert all(question.meaning in prompt for question in advisor.pack.questions)
    assert all(f"{name}=" in prompt for name in (*Given, CLAIM, CALCULATION, CURRENCY, ASSUME, STEP, SAID))


def test_every_command_has_its_forms() -> None:
    assert {*forms()} == {*Kind}


def test_examples_are_right_answers_to_their_lines(advisor: Advisor) -> None:
    prompt = Requests(advisor).about(Conversation.fresh(advisor.pack), "hi").messages[0]["content"]
    answers = [line for line in prompt.splitlines() if line.startswith('{"commands"') and "..." not in line]
    assert len(answers) >= 8
    for answer in answers:
        Draft202012Validator(schema_for(advisor.pack)).validate(json.loads(answer))


def test_the_schema_asks_only_for_what_every_endpoint_takes(advisor: Advisor) -> None:
    text = json.dumps(schema_for(advisor.pack))
    assert not [word for word in ("$comment", "null", "anyOf", "oneOf", "pattern", '""') if word in text]


def test_what_is_open_and_proposed_is_told(advisor: Advisor) -> None:
    here = asked(advisor, "volume", data="yes").replace(confirm=Proposal("volume", "high", "many"))
    context = sent(advisor, here, "yes")["context"]
    assert context["asked"] == "volume"
    assert context["proposed"] == {"question": "volume", "option": "high"}
    assert context["answers"] == {"data": "yes"}
    assert {"high", "low", "unsure"} == {*context["options"]}


def test_all_that_an_offer_would_do_is_told(advisor: Advisor) -> None:
    offer = Offer("Change both", (set_("data", "yes"), set_("budget", "limited")))
    here = asked(advisor, "volume")
    told = sent(advisor, here.replace(focus=here.focus.replace(offers=(offer,))), "only the first")["context"]
    assert told["offered"] == ["set data yes and set budget limited"]


def test_the_numbers_of_the_sum_in_focus_are_told(advisor: Advisor) -> None:
    value = "calls=200/day; tokens_in=1000; assumed=tokens_in"
    here = states(advisor)["list"].replace(focus=Focus(idea=2, sums=((2, value), (1, "calls=5/day"))))
    assert sent(advisor, here, "20 more a day")["context"]["sum"] == value
    other = here.replace(focus=Focus(idea=3, sums=((2, value),)))
    assert "sum" not in sent(advisor, other, "20 more")["context"]
    assert sent(advisor, other.replace(last="calculate"), "20 more")["context"]["sum"] == value


def test_the_texts_that_there_are_are_told_and_for_whom_where_the_line_names_them(advisor: Advisor) -> None:
    mail = Command(Kind.WRITE, What.MAIL, ("2",), value="sentences=4; style=; for=Mr Brandt")
    here = states(advisor)["list"].replace(focus=Focus().with_text(mail).with_text(mail.replace(what=What.PROMPT)))
    texts = sent(advisor, here, "shorten what Brandt gets")["context"]["texts"]
    assert texts == [{"form": form, "ideas": ["2"], "for": "Mr Brandt"} for form in ("mail", "prompt")]
    assert "for" not in sent(advisor, here, "shorten the mail")["context"]["texts"][0]


def test_what_was_removed_is_told_and_by_its_title_where_the_line_has_a_word_of_it(advisor: Advisor) -> None:
    talk = Talk(advisor).do(ideas("a bot for tickets", "slogans for shops")).do(edit(What.REMOVE, "2"))
    told = sent(advisor, talk.conversation, "put the slogans back")["context"]["removed"]
    assert told == [{"number": "2", "title": "slogans for shops"}]
    assert sent(advisor, talk.conversation, "put it back")["context"]["removed"] == [{"number": "2"}]


def test_titles_are_sent_only_where_the_line_is_about_ideas(advisor: Advisor) -> None:
    here = states(advisor)["list"]
    assert "title" not in json.dumps(sent(advisor, here, "what does tuning cost?"))
    assert "title" in json.dumps(sent(advisor, here, "2 and 3 have no data"))


def test_no_person_is_in_it(advisor: Advisor) -> None:
    requests = Requests(advisor)
    for here in states(advisor).values():
        for message in requests.about(here, "all of them have data").messages[1:]:
            for person in here.participants | (frozenset() if here.board is None else here.board.participants):
                assert f'"{person}"' not in message["content"]


def test_addresses_are_cut_from_the_line(advisor: Advisor) -> None:
    line = "ask <@U123> or bo@example.org or +49 170 1234567, see https://example.org/x?y=1; 12,000 calls at 0.15"
    told = sent(advisor, Conversation.fresh(advisor.pack), line)["line"]
    assert told == "ask … or … or …, see … 12,000 calls at 0.15"


def test_commands_for_a_pack_of_its_own_are_in_its_schema(advisor: Advisor) -> None:
    fields = schema_for(advisor.pack)["properties"]["commands"]["items"]["properties"]
    assert {*advisor.pack.question_of} < {*fields["question"]["enum"]}
    assert {*fields} == {*Command(Kind.SET).as_json()}
