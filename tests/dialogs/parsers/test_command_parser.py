"""What is meant below a result; commands, small talk, and single marked lines."""

import pytest

from dialogs.advisor import Advisor
from dialogs.ideas.collected_ideas import CollectedIdeas
from tests.dialogs.parsers.meanings import CHEAP, RICH, at_volume, finished, fresh, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure

T = "aaa bbb ccc ddd"


@pytest.mark.parametrize(
    ("text", "answers", "budget", "meaning"),
    [
        (T, (RICH,), "limited", "likely budget flexible"),
        (f"it {T}", (RICH,), "limited", "changes budget flexible"),
        ("we have budget flexible", (RICH,), "limited", "changes budget flexible"),
        (T, (RICH,), "unsure", "changes budget flexible"),
        (T, (RICH, sure("data", "no")), "unsure", "Unknown"),
        (f"actually {T}", (maybe("budget", "flexible"),), "limited", "likely budget flexible"),
        (f"it {T}", (maybe("budget", "flexible"),), "limited", "likely budget flexible"),
        (f"actually {T}", (), "limited", "Unknown"),
        ("actually flexible", (), "limited", "changes budget flexible"),
        ("actually none", (), "limited", "changes data no"),
        ("it has names is that ok", (RICH,), "limited", "SubjectQuestion"),
    ],
)
def test_below_a_result_only_what_is_surely_about_it_changes_it(
    advisor: Advisor, text: str, answers: tuple, budget: str, meaning: str
) -> None:
    assert meant(advisor, finished(advisor, budget), text, Understanding({text: answers})) == meaning


@pytest.mark.parametrize(
    ("option", "meaning"), [("flexible", "changes budget flexible"), ("limited", "SubjectQuestion")]
)
def test_what_asks_further_on_counts_where_it_states_the_same(advisor: Advisor, option: str, meaning: str) -> None:
    text = "it has names is that ok"
    meanings = Understanding({text: (RICH,)}, states={text: {"budget": option}})
    assert meant(advisor, finished(advisor), text, meanings) == meaning


@pytest.mark.parametrize(
    ("text", "before", "between"),
    [
        ("ok", "Acknowledgement", "Acknowledgement"),
        ("thanks", "Thanks", "Thanks"),
        ("ok thanks", "Thanks", "Thanks"),
        ("hello", "Hello", "Hello"),
        ("please", "Unknown", "Unknown"),
        ("🎉", "Acknowledgement", "Acknowledgement"),
        ("🙃", "Unknown", "Unknown"),
        ("help", "[help]", "[help]"),
        ("please help", "[help]", "[help]"),
        ("wat can you do", "[help]", "[help]"),
        ("continue", "Unknown", "[continue]"),
        ("learn", "[learn]", "[learn]"),
        ("learn 3", "[read:3]", "[read:3]"),
        ("learn x", "Unknown", "Unknown"),
        ("idea 3", "[idea:3]", "[idea:3]"),
        ("skip", "Unknown", "unsure plainly"),
        ("lets go", "[start]", "[start]"),
        ("how are you", "are_you_well", "are_you_well"),
        ("aaa. hello. thanks.", "Unknown", "Unknown"),
    ],
)
def test_commands_and_small_talk(advisor: Advisor, text: str, before: str, between: str) -> None:
    assert (meant(advisor, fresh(advisor), text), meant(advisor, at_volume(advisor), text)) == (before, between)


@pytest.mark.parametrize(
    ("text", "project", "answers", "meaning"),
    [
        ("- aaa", 0.95, (), "advice"),
        ("- aaa", 0.94, (), "Unknown"),
        ("aaa", 0.95, (), "Unknown"),
        ("- aaa\nbbb", 0.95, (), "Unknown"),
        ("- aaa", 0.95, (maybe("volume", "low"),), "Unknown"),
        ("- aaa", 0.95, (CHEAP,), "advice"),
    ],
)
def test_one_marked_line_is_another_idea_while_a_question_is_open(
    advisor: Advisor, text: str, project: float, answers: tuple, meaning: str
) -> None:
    meanings = Understanding({"aaa": answers}, projects={"aaa": project})
    assert meant(advisor, at_volume(advisor), text, meanings) == meaning
    assert meant(advisor, fresh(advisor), text, meanings) == "Unknown"


@pytest.mark.parametrize(
    ("text", "project", "meaning"),
    [
        ("aaa\nbbb", 0.0, "triage: aaa | bbb"),
        ("- aaa", 0.0, "triage: aaa"),
        ("aaa", 0.0, "triage: aaa"),
        ("we have data", 0.0, "triage: we have data"),
        ("can it aaa?", 0.4, "triage: can it aaa?"),
        ("can it aaa?", 0.39, "SubjectQuestion"),
        ("should we fine-tune it?", 0.0, "triage: should we fine-tune it?"),
        ("done", 0.0, "finish plainly"),
        ("ok thats all thanks", 0.0, "finish plainly"),
        ("go", 0.0, "finish plainly"),
        ("a bot that tells when work is done", 0.0, "triage: a bot that tells when work is done"),
        ("back", 0.0, "[back]"),
        ("help", 0.0, "[help]"),
        ("thanks", 0.0, "Thanks"),
        ("triage\nccc", 0.0, "triage: ccc"),
    ],
)
def test_what_a_message_means_while_ideas_are_awaited(
    advisor: Advisor, text: str, project: float, meaning: str
) -> None:
    waits = fresh(advisor).replace(flow="intake", intake=CollectedIdeas())
    assert meant(advisor, waits, text, Understanding({text: (RICH,)}, projects={text: project})) == meaning


def test_lines_alone_are_a_list_only_while_one_is_awaited(advisor: Advisor) -> None:
    left = fresh(advisor).replace(intake=CollectedIdeas())
    assert meant(advisor, left, "aaa\nbbb") == "Unknown"
    assert meant(advisor, fresh(advisor), "aaa\nbbb") == "Unknown"
    assert meant(advisor, fresh(advisor), "please triage: aaa\n\n- bbb") == "triage: aaa | bbb"
    assert meant(advisor, fresh(advisor), "triage these:\naaa\nbbb") == "triage: aaa | bbb"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("show reslut", "[show]"),
        ("a b c d e f g show reslut", "Unknown"),
        ("halp", "Unknown"),
    ],
)
def test_a_slip_in_a_command_is_forgiven(advisor: Advisor, text: str, meaning: str) -> None:
    certain = asked(advisor, "domain", data="no", volume="low")
    assert meant(advisor, certain, text) == meaning
