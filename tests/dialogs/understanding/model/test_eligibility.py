"""Which lines a model is asked about."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import hashed
from dialogs.message import GivenIdea, Message, Person, Press, Typed, parse_action
from dialogs.understanding.model.eligibility import line_for_model
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import NOON

LINE = "how do you come to such a thing"
SURE, LIKELY = {"explain.verdict": 0.97}, {"explain.verdict": 0.6, "ask": 0.3}


def line(advisor: Advisor, text: str, *, always: bool, kinds: dict[str, float] | None = None) -> str:
    knowing = understanding(advisor, Understanding(kinds={text: kinds or {}})).knowledge
    told = Message("m", Person("ana"), NOON, Typed(text))
    return line_for_model(
        Advisor.build(knowing, catalogue.load()), asked(advisor, "volume", data="yes"), told, always=always
    )


@pytest.mark.parametrize(("kinds", "unsure"), [(SURE, ""), (LIKELY, LINE), ({}, LINE)])
def test_of_what_the_built_in_is_sure_it_is_asked_only_if_always(
    advisor: Advisor, kinds: dict[str, float], unsure: str
) -> None:
    assert line(advisor, LINE, always=False, kinds=kinds) == unsure
    assert line(advisor, LINE, always=True, kinds=kinds) == LINE


@pytest.mark.parametrize(
    "text", ["Few, with time to spare", "help", "why", "change budget", "triage\na\nb", "x " * 900]
)
def test_what_needs_no_judgement_or_is_long_is_not_asked(advisor: Advisor, text: str) -> None:
    assert line(advisor, text, always=True) == ""


def test_only_what_is_typed_anew_at_the_advisor_counts(advisor: Advisor) -> None:
    here, told = asked(advisor, "volume", data="yes"), Message("m", Person("ana"), NOON, Typed(LINE))
    assert line_for_model(advisor, here, told, always=True) == LINE
    action = parse_action("answer:volume:high")
    assert action is not None
    for content in (
        Press(action),
        Typed(LINE, (GivenIdea("a"),)),
        Typed(LINE, (), ("wrong",)),
        Typed(LINE, commands=()),
    ):
        assert line_for_model(advisor, here, told._replace(content=content), always=True) == ""
    seen = here.replace(seen=(hashed("m"),))
    assert line_for_model(advisor, seen, told, always=True) == ""
    others = here.replace(people=("ana", "bo"))
    assert line_for_model(advisor, others, told._replace(addressed=False), always=True) == ""


@pytest.mark.parametrize(
    ("text", "wanted"), [("about 900 tokens", False), ("no, 900 is what people cost us a month", True)]
)
def test_a_line_that_has_more_than_the_number_asked_for_is_asked_about(
    advisor: Advisor, text: str, wanted: bool
) -> None:
    knowing = Advisor.build(
        understanding(advisor, Understanding(kinds={text: {"calculate": 0.9}})).knowledge, catalogue.load()
    )
    here = asked(advisor, "volume", data="yes").replace(last="calculate")
    here = here.replace(focus=here.focus.with_sum(0, "calls=900/month").replace(wanted="tokens_in"))
    told = Message("m", Person("ana"), NOON, Typed(text))
    assert bool(line_for_model(knowing, here, told, always=True)) is wanted
