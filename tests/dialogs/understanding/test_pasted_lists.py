"""Pasted lists of ideas, and what only looks like one: with stubs, and with what is shipped."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.executor.items import Told
from dialogs.understanding.lists import announced_list, unasked_list
from dialogs.understanding.typed_text import TypedText
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.shipped import shipped

ALL = ("aaa", "bbb", "ccc")


def found(advisor: Advisor, text: str, meanings: Understanding, *, question: str | None = None) -> tuple[str, ...]:
    """The ideas of a list; none where the text is no list."""
    knows = understanding(advisor, meanings)
    prompt = None if question is None else knows.flows.open_prompt(asked(knows, question))
    return tuple(row.text for told in unasked_list(knows, prompt, text) for row in told.rows)


@pytest.mark.parametrize(
    ("text", "projects", "ideas"),
    [
        ("- aaa\n- bbb\n- ccc", ALL, ALL),
        ("- aaa\n- bbb\n- ccc", ("aaa", "bbb"), ALL),
        ("- aaa\n- bbb\n- ccc", ("aaa",), ()),
        ("- aaa\n- bbb\n- ccc", (), ()),
        ("ideas:\n- aaa\n- bbb\n- ccc", (), ALL),
        ("the features:\n- aaa\n- bbb\n- ccc", ALL, ()),
        ("1. aaa\n(2) bbb\nc) ccc", ALL, ALL),
        ("- aaa\n- bbb", ALL, ("aaa", "bbb")),
        ("- aaa\n- bbb", ("aaa",), ()),
        ("Please:\n- aaa\n- bbb\n- ccc\nddd", ALL, ALL),
        ("zzz\n- aaa\n- bbb\n- ccc", (*ALL, "zzz"), ()),
        ("a b\n" * 9 + "- aaa\n- bbb\n- ccc", ALL, ALL),
        ("a b\n" * 10 + "- aaa\n- bbb\n- ccc", ("a b",), ("a b",) * 10 + ALL),
        ("aaa\nbbb\nccc", ALL, ALL),
        ("aaa\nbbb\nccc", ("aaa", "bbb"), ()),
        ("ours?\naaa\nbbb\nccc", ALL, ALL),
        ("aaa\nbbb\nwhich first?", ALL, ("aaa", "bbb")),
        ("two plans\naaa\nbbb", (), ("aaa", "bbb")),
        ("three wishes: aaa, bbb and ccc", (), ALL),
        ("wishes: aaa, bbb and ccc. which first?", (), ALL),
        ("xyz: aaa, bbb and ccc", ALL, ()),
        ("aaa; bbb; ccc. which first?", ALL, ALL),
        (f"{'a ' * 30}\nbbb\nccc", (("a " * 30).strip(), "bbb", "ccc"), (("a " * 30).strip(), "bbb", "ccc")),
        (f"{'a ' * 31}\nbbb\nccc", (("a " * 31).strip(), "bbb", "ccc"), ()),
    ],
)
def test_a_pasted_list(advisor: Advisor, text: str, projects: tuple[str, ...], ideas: tuple[str, ...]) -> None:
    meanings = Understanding(projects=dict.fromkeys(projects, 0.6))
    assert found(advisor, text, meanings) == ideas


def test_what_may_be_an_idea_is_one_beside_others(advisor: Advisor) -> None:
    sure, likely = {"aaa": 0.6}, {"aaa": 0.6, "bbb": 0.1, "ccc": 0.1}
    assert found(advisor, "aaa\nbbb\nccc", Understanding(projects=sure)) == ()
    assert found(advisor, "aaa\nbbb\nccc", Understanding(projects=likely)) != ()


def test_a_list_of_facts_about_one_idea_is_no_list_of_ideas(advisor: Advisor) -> None:
    text, projects = "- aaa\n- bbb\n- ccc\n- ddd", dict.fromkeys((*ALL, "ddd"), 0.6)
    fact = {"data": "yes"}
    assert found(advisor, text, Understanding(reads={"aaa": fact}, projects=projects)) == ("aaa", "bbb", "ccc", "ddd")
    facts = Understanding(reads={"bbb": fact, "ccc": fact}, projects=projects)
    assert found(advisor, text, facts) == ()
    ideas = Understanding(reads={"bbb": fact, "ccc": fact}, projects={**projects, "bbb": 0.85})
    assert found(advisor, text, ideas) != ()
    field = Understanding(reads={"bbb": {"domain": "general"}, "ccc": {"domain": "general"}}, projects=projects)
    assert found(advisor, text, field) != ()


def test_while_a_question_is_open_only_three_lines_with_marks_are_a_list(advisor: Advisor) -> None:
    meanings = Understanding(projects=dict.fromkeys(ALL, 0.6))
    for text in ("aaa\nbbb\nccc", "aaa; bbb; ccc", "- aaa\n- bbb"):
        assert found(advisor, text, meanings, question="volume") == ()
    assert found(advisor, "- aaa\n- bbb\n- ccc", meanings, question="volume") == ALL


def ideas(text: str) -> Told | None:
    """The list that a text is for the advisor as it is shipped; None for any other text."""
    advisor = shipped()
    typed = TypedText.at(advisor, Conversation.fresh(advisor.pack), text)
    return next(iter(announced_list(typed) or unasked_list(advisor, None, text)), None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "hr chatbot; summarise sales calls; sort tickets 20k per day; linkedin posts",
            ("hr chatbot", "summarise sales calls", "sort tickets 20k per day", "linkedin posts"),
        ),
        (
            "1. chatbot for spare parts, 2. summaries of test reports, 3. birthday greetings",
            ("chatbot for spare parts", "summaries of test reports", "birthday greetings"),
        ),
        ("ideas:\n- chatbot for hr\n- summarize calls", ("chatbot for hr", "summarize calls")),
        (
            "Hi! Brainstorm result, pls sort it out: invoice reading (3 people type them in); meeting minutes",
            ("invoice reading (3 people type them in)", "meeting minutes"),
        ),
        (
            "marketing:\n- blog posts\n- ad copy\nlegal:\n- nda checks\n- search for clauses in contracts",
            ("blog posts", "ad copy", "nda checks", "search for clauses in contracts"),
        ),
        ("triage: hr bot; summaries of calls; slogans", ("hr bot", "summaries of calls", "slogans")),
        ("triage 1. hr bot 2. slogans", ("hr bot", "slogans")),
        ("triage\n- hr bot\n- slogans\nto do: ask Ben\nthanks!", ("hr bot", "slogans")),
        ("triage so, off we go\n- hr bot\n- slogans\nthat's the lot of them", ("hr bot", "slogans")),
        (
            "Ben: drafts of tender replies\nIda: sorting of warranty mails\nTom: hr chatbot\nslogans\ncaptions\n"
            "no money for any of it",
            (
                "Ben: drafts of tender replies",
                "Ida: sorting of warranty mails",
                "Tom: hr chatbot",
                "slogans",
                "captions",
            ),
        ),
    ],
)
def test_lists_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    request = ideas(text)
    assert tuple(request.command.value.splitlines()) == found


@pytest.mark.parametrize(
    "text",
    [
        "we want a bot for hr questions:\n- 3000 old tickets\n- needs to be fast\n- budget small",
        "An assistant for claims. It should\n1. read the mail\n2. find the policy\n3. draft a reply",
        "Sort our incoming documents:\n- invoices\n- delivery notes\n- complaints",
        "hr chatbot; 3000 old questions; must answer the same every time; small budget",
        "Contract checker. Finds risky clauses; compares them with our template; suggests a rewording",
        "Idea: chatbot for the town hall\nUsers: citizens\nVolume: 400 questions a day\nData: website, no chat logs",
        "product texts for our shop\nwe have 8000 good ones\n300 new products a month\nall in our own tone",
        "Agenda for Monday\n1. budget 2027\n2. new hires\n3. summer party",
        "- how much does fine-tuning cost\n- how long does it take\n- do I need a GPU",
        "ive asked it the same thing 3 times now\nkeeps going in circles\nlast lot were no better\nwaste of a morning",
    ],
)
def test_one_idea_in_several_lines_and_no_idea_are_no_lists(text: str) -> None:
    assert ideas(text) is None


def test_lines_that_are_no_idea_are_left_out_and_told() -> None:
    request = ideas(
        "ideas:\n1. search in lab notebooks\n(the next one is Ben's)\n2. translate patents\nto do: ask Ben\n"
        "budget for all is small\nwhich ones first?\nKind regards\nAnna"
    )
    assert tuple(request.command.value.splitlines()) == ("search in lab notebooks", "translate patents")
    assert request.left_out == ("(the next one is Ben's)", "to do: ask Ben", "budget for all is small")
