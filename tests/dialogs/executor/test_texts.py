"""Texts to take away hold what the record says, in the form and length that is asked for."""

import json
import re

import pytest

from dialogs.commands.command import ALL, Command, Kind, What
from dialogs.flows.replay import recommend
from dialogs.ideas.board import Board, Idea, Stage
from dialogs.replies.results import Recommendation, ResultPage
from dialogs.replies.texts import ResultText, Told
from dialogs.view import File
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import main_change
from tests.dialogs.executor.lines import ALL_FIVE, all_five, edit, idea, ideas, note, set_, show
from tests.dialogs.talk import NOON, Talk
from tests.dialogs.views.recommended import combinations, finished

SLOGANS = "3. slogans for shops (ask first: training data)"


def write(what: What, *ideas: str, value: str = "") -> Command:
    return Command(Kind.WRITE, what, ideas=ideas, value=value)


def body(talk: Talk) -> list[str]:
    """The text without the line that says to copy it."""
    lead, *lines = talk.said.splitlines()
    assert lead == "Copy this where you need it:"
    return lines


@pytest.fixture
def decided(talk: Talk) -> Talk:
    return talk.do(idea("reports"), *ALL_FIVE).do(note("legal must agree"))


@pytest.fixture
def listed(talk: Talk) -> Talk:
    talk.do(ideas("a bot for tickets", "summaries | reports", "slogans for shops", "a camera", "letters"))
    return talk.do(set_("data", "no", "1"), *all_five("2"), edit(What.PARK, "4"))


def test_a_note_has_the_verdict_why_the_first_step_and_what_would_change_it(decided: Talk) -> None:
    (said,) = body(decided.do(write(What.NOTE)))
    assert said.startswith("Advice for “reports”: prompts first and a tuned model later (hybrid), which learns from")
    assert "The case is fairly clear: the budget is limited, but there are hundreds of good examples" in said
    assert "The first step is to build a first version with prompts. It becomes fine-tuning if " in said


def test_a_first_prompt_has_the_idea_and_its_notes_and_gaps_for_the_rest(talk: Talk) -> None:
    prompt = write(What.PROMPT)
    lines = body(talk.do(idea("answers to letters from shops")).do(note("legal must agree")).do(prompt))
    assert lines[:2] == ["You help us with this: answers to letters from shops.", "Keep in mind: legal must agree."]
    assert sum("(" in line for line in lines) >= 3
    assert any(line.endswith("(paste it here).") for line in lines)


@pytest.mark.parametrize("what", [What.PROMPT, What.UNSPECIFIED])
def test_what_changes_a_first_prompt_is_one(decided: Talk, what: What) -> None:
    decided.do(write(What.PROMPT)).do(note("be polite")).do(write(what, value="of=last"))
    assert body(decided)[1] == "Keep in mind: legal must agree; be polite."
    assert decided.do(write(What.MAIL, value="of=last")).said.splitlines()[1].startswith("Subject:")


def test_each_form_is_kept_with_its_length_and_reader(listed: Talk) -> None:
    listed.do(write(What.NOTE, "2", value="sentences=2; for=Ms Ito")).do(write(What.PROMPT, "2"))
    assert [each.what for each in listed.conversation.focus.texts] == [What.NOTE, What.PROMPT]
    listed.do(write(What.NOTE, value="of=last"))
    prompt, note_ = listed.conversation.focus.texts
    assert (note_.ideas, note_.parameters()["for"], prompt.what) == (("2",), "Ms Ito", What.PROMPT)
    assert listed.do(write(What.UNSPECIFIED, value="of=same")).said.startswith(
        "Copy this where you need it:\nAdvice for"
    )


def test_a_form_that_was_written_of_another_idea_is_written_of_the_one_in_hand(listed: Talk) -> None:
    listed.do(write(What.MAIL, "2")).do(write(What.NOTE, "1")).do(write(What.MAIL, value="of=last"))
    assert "a bot for tickets" in listed.said
    assert "summaries" in listed.do(write(What.MAIL, "2", value="of=last")).said


def test_a_form_that_was_written_of_several_is_written_of_these_again(three: Talk) -> None:
    three.do(write(What.SUMMARY, "all")).do(write(What.NOTE, "2")).do(write(What.SUMMARY, value="of=last"))
    assert three.turn.did[0].ideas == ("all",)
    assert "reports" in three.said


def test_a_text_is_in_english_whatever_language_is_asked_for(decided: Talk) -> None:
    first, then = decided.do(write(What.NOTE, value="lines=2; language=German")).said.split("\n", 1)
    assert first == "I write texts in English only, sorry."
    assert then == decided.do(write(What.NOTE, value="lines=2; language=English")).said
    assert "language" not in str(decided.conversation.focus.texts)


STATUSES = ("", "approved", "piloting", "live", "dropped", "parked", "not_a_fit")


def a_note(talk: Talk, answers: dict[str, str], status: str, title: str = "reports") -> tuple[Recommendation, str]:
    """The result for an idea with this status, and the note about it."""
    pack = talk.advisor.pack
    idea = Idea(number=1, id="i", title=title, by="ana", at=NOON, stage=Stage(status))
    told = finished(pack, answers).replace(heading=title, board=Board(ideas=(idea,)), own=1)
    result = recommend(talk.advisor.knowledge, told, NOON)
    view = lay_out(talk.advisor, (ResultText(What.NOTE, (Told(result, (), status),), 4),), 1)
    return result, plain(view).removeprefix("Copy this where you need it:").strip()


def within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


@pytest.mark.parametrize("status", STATUSES)
def test_a_note_has_all_that_a_boss_needs_and_nothing_else(talk: Talk, status: str) -> None:
    pack = talk.advisor.pack
    clauses = {(q.id, o.id): o.plain for q in pack.questions for o in q.options if o.plain}
    for answers in combinations(pack):
        result, text = a_note(talk, answers, status)
        head, change = text.split(" It becomes ")
        head, step = head.split(" The first step is to ")
        advice, _, why = head.partition(". ")
        label = f" ({talk.advisor.catalogue.statuses[status]})" if status else ""
        assert advice == f"Advice for “reports”{label}: {result.verdict.plain}"
        assert within((result.path or result.steps)[0].text).startswith(step.rstrip("."))
        (other, needed), found = change.rstrip(".").split(" if "), main_change(result)
        assert other == pack.verdict(found.verdict).name.lower()
        assert sorted(needed.replace(", ", " and ").split(" and ")) == sorted(
            clauses[each] for each in found.answers.items()
        )
        said = {answer for answer, clause in clauses.items() if clause in why}
        assert said <= answers.items()
        assert said or "close call" in why
        assert 20 <= len(text.split()) <= 90
        assert len(a_note(talk, answers, status, "letters to all of the guests we had in the summer")[1].split()) <= 90
        assert not any(character.isdigit() for character in text)
        assert "not sure" not in text
        assert ("today’s version" in step) is (status in ("piloting", "live")), "the first step begins nothing anew"


def test_a_verdict_by_default_is_not_reasoned_with_what_speaks_against_it(talk: Talk) -> None:
    answers = dict.fromkeys(talk.advisor.pack.question_of, "unsure")
    assert "It is a close call: not enough points to fine-tuning yet. The" in a_note(talk, answers, "")[1]
    note = a_note(talk, {**answers, "data": "yes"}, "")[1]
    assert "not enough points to fine-tuning yet, only this: there are hundreds of good examples. The" in note


def test_a_verdict_by_default_is_reasoned_with_what_speaks_for_it(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE, set_("consistency", "tolerant"))
    for form in ("lines=1", "lines=4"):
        said = talk.do(write(What.NOTE, value=form)).said
        assert "no fine-tuning for now" in said
        assert "the budget is limited" in said
        assert "not enough points" not in said


@pytest.mark.parametrize("count", [1, 2, 4])
def test_it_is_as_long_as_asked(decided: Talk, count: int) -> None:
    assert len(body(decided.do(write(What.SUMMARY, value=f"lines={count}; for=the board")))) == count


def test_one_line_has_the_advice_and_its_main_reason(decided: Talk) -> None:
    (said,) = body(decided.do(write(What.NOTE, value="lines=1")))
    assert said == "Advice for “reports”: prompts first and a tuned model later (hybrid), since the budget is limited."


@pytest.mark.parametrize("before", ["", "sentences=2", "style=short"])
def test_what_was_too_long_becomes_shorter(decided: Talk, before: str) -> None:
    (long,) = body(decided.do(write(What.NOTE, value=before)))
    (short,) = body(decided.do(write(What.NOTE, value=f"of=last; {before}")))
    assert len(short) < len(long)
    assert "The first step is to build a first version with prompts." in short


@pytest.mark.parametrize("what", [What.NOTE, What.MAIL, What.SUMMARY])
def test_two_ideas_have_a_paragraph_each(talk: Talk, what: What) -> None:
    talk.do(ideas("reports", "a bot for tickets"), *all_five("1", "2"))
    lines = body(talk.do(note("legal must agree", "2")).do(write(what, "1", "2", value="sentences=4")))
    assert [line.split(":")[0] for line in lines[-2:]] == ["Advice for “reports”", "Advice for “a bot for tickets”"]
    assert "; a bot for tickets" in lines[0] or what is not What.MAIL
    assert all("The first step is to " in line for line in lines[-2:])


def test_what_a_text_is_of_several_ideas_is_a_table_if_nothing_is_said(talk: Talk) -> None:
    talk.do(ideas("reports", "a bot for tickets")).do(write(What.UNSPECIFIED, "1", "2"))
    assert "| Aspect | 1. reports | 2. a bot for tickets |" in talk.said


def test_a_mail_has_a_subject(decided: Talk) -> None:
    assert body(decided.do(write(What.MAIL)))[:2] == ["Subject: reports", "Hi,"]


def test_a_summary_says_what_would_change_it_and_what_was_noted(decided: Talk) -> None:
    lines = body(decided.do(write(What.SUMMARY)))
    assert lines[-2] == "It becomes fine-tuning if there is money to invest."
    assert lines[-1] == "Also to know: legal must agree."


def test_what_is_not_clear_is_said(talk: Talk) -> None:
    talk.do(idea("reports"), set_("data", "no"), *(set_(c.question, "unsure") for c in ALL_FIVE[1:]))
    assert body(talk.do(write(What.SUMMARY)))[-1].startswith("Not known yet: volume and speed, domain")


def test_a_result_reasons_with_the_answers_that_lead_to_it(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE, set_("data", "no"))
    assert "The case is clear: there are too few good examples and" in talk.do(write(What.NOTE)).said


def test_a_renamed_idea_is_named_as_it_is_now(listed: Talk) -> None:
    listed.do(edit(What.RENAME, "1", value="Tickets"))
    assert "Advice for “Tickets”: no fine-tuning for now" in listed.do(write(What.NOTE, "1")).said


def test_a_list_has_a_line_for_each_verdict_and_what_is_open(listed: Talk) -> None:
    assert body(listed.do(write(What.SUMMARY, "all", value="lines=5"))) == [
        "Hybrid (1): 2. summaries | reports",
        "Prompt engineering (1): 1. a bot for tickets",
        f"Not enough said yet (2): {SLOGANS}; 5. letters (ask first: training data)",
        "Begin with: 1. a bot for tickets, the clearest case.",
    ]


def test_a_list_says_which_answer_could_still_change_a_verdict(three: Talk) -> None:
    three.do(Command(Kind.CLEAR, ideas=("1",), question="budget"), ideas("poems"))
    text = "\n".join(body(three.do(write(What.SUMMARY, "all", value="lines=5"))))
    assert "1. reports (budget could still change it)" in text
    assert text.count("could still") == 1


def test_a_summary_of_a_list_says_of_each_idea_the_verdict_why_and_what_is_next(listed: Talk) -> None:
    first, second, third, fourth, last = body(listed.do(write(What.SUMMARY, "all")))
    assert first.startswith("1. a bot for tickets: Prompt engineering. The case is clear: there are too few good")
    assert first.endswith(" Next: write one clear prompt.")
    assert second.startswith("2. summaries | reports: Hybrid. The case is fairly clear: the budget is limited, but")
    assert third == "3. slogans for shops: not enough said yet. Next: say what holds for training data."
    assert fourth.startswith("5. letters: not enough")
    assert last == "Begin with: 1. a bot for tickets, the clearest case."
    plainer = body(listed.do(write(What.UNSPECIFIED, value="of=last; style=plain")))
    assert plainer[1].startswith("2. summaries | reports: Start with prompts, tune later. The case is ")
    assert len(body(listed.do(write(What.UNSPECIFIED, value="of=last")))) < len(plainer)


def test_a_summary_of_many_ideas_has_them_by_verdict(listed: Talk) -> None:
    listed.do(ideas(*(f"idea number {number}" for number in range(20))))
    assert body(listed.do(write(What.SUMMARY, "all")))[0] == "Hybrid (1): 2. summaries | reports"


def test_an_idea_without_a_verdict_is_open_and_has_no_record(listed: Talk) -> None:
    assert body(listed.do(write(What.NOTE, "3"))) == [f"Not enough said yet (1): {SLOGANS}"]
    assert "There is no result to share yet" in listed.do(write(What.RECORD, "3")).said


def test_a_list_is_a_table_in_markdown(listed: Talk) -> None:
    listed.do(ideas("a search", "a game"))
    lines = body(listed.do(write(What.TABLE, "all")))
    assert lines[:2] == ["| Idea | Verdict | Decided by | Missing |", "| --- | --- | --- | --- |"]
    assert "| 2. summaries \\| reports | Hybrid · moderate |" in lines[3]
    assert not any("camera" in line for line in lines)


def test_a_few_ideas_stand_side_by_side(listed: Talk) -> None:
    lines = body(listed.do(write(What.MARKDOWN, "1", "3")))
    assert lines[0] == "| Aspect | 1. a bot for tickets | 3. slogans for shops |"
    assert "| Training data | no, or only a handful | – |" in lines


def test_a_list_is_json(listed: Talk) -> None:
    found = json.loads("\n".join(body(listed.do(write(What.JSON, "1", "3")))))
    assert [one["number"] for one in found] == [1, 3]
    assert (found[0]["answers"], found[0]["owner"], found[0]["strength"]) == ({"data": "no"}, "ana", "strong")
    assert (found[1]["verdict"], found[1]["strength"]) == (None, None)


@pytest.mark.parametrize("what", [What.JSON, What.TABLE])
def test_what_is_too_long_for_one_message_is_several_whole_ones(talk: Talk, what: What) -> None:
    talk.do(ideas(*(f"idea {n}: " + "w" * 80 for n in range(12))))
    talk.do(*(edit(What.RENAME, str(n), value="W" * 60) for n in range(1, 13)))
    talk.do(*(set_(c.question, "unsure", str(n)) for c in ALL_FIVE for n in range(1, 13))).do(write(what, "all"))
    texts = talk.below.split("Copy this where you need it:\n")[1:]
    assert len(texts) == 2
    assert all(len(text) < 2900 for text in texts)
    if what is What.JSON:
        assert sorted(one["number"] for text in texts for one in json.loads(text)) == list(range(1, 13))


@pytest.mark.parametrize("what", [What.SUMMARY, What.TABLE, What.JSON])
def test_a_list_of_what_was_put_aside_is_none(talk: Talk, what: What) -> None:
    talk.do(ideas("reports", "letters")).do(edit(What.PARK, "1", "2"))
    assert "no ideas" in talk.do(write(what, "all")).said


@pytest.mark.parametrize("what", [What.NOTE, What.MAIL, What.SUMMARY, What.TABLE, What.MARKDOWN, What.JSON, What.CSV])
def test_a_text_changes_nothing(listed: Talk, what: What) -> None:
    before = listed.conversation.board
    assert listed.do(write(what, "all")).conversation.board == before
    assert [command.what for command in listed.turn.did] == [what] * len(listed.turn.did) != []


def test_each_text_of_the_list_says_the_status_and_the_notes(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "1", value="approved"), note("legal must agree", "1"))
    first = json.loads("\n".join(body(listed.do(write(What.JSON, "all")))))[0]
    assert (first["status"], first["notes"]) == ("approved", ["legal must agree"])
    assert "| 1. a bot for tickets (approved) |" in listed.do(write(What.TABLE, "all")).said
    exported = listed.do(write(What.CSV)).said
    assert "approved,legal must agree" in exported
    assert "a camera" in exported, "what was put aside is in the file, with its status"


def test_an_idea_that_was_put_aside_is_told_where_it_is_named_and_in_no_text_of_all(listed: Talk) -> None:
    assert "a camera" in listed.do(write(What.TABLE, "1", "4")).said
    for what in (What.TABLE, What.NOTE):
        assert "a camera" not in listed.do(write(what, "all")).said
        assert "summaries" in listed.said


@pytest.mark.parametrize(("value", "lines"), [("of=last", 2), ("of=last; style=long", 5), ("style=short", 2)])
def test_the_last_text_is_shortened_unless_something_else_is_asked_for(talk: Talk, value: str, lines: int) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(note("legal must agree"))
    told = body(talk.do(write(What.SUMMARY, value=value)))
    assert len(told) == lines


@pytest.fixture
def three(talk: Talk) -> Talk:
    """Three ideas with results, the last of them parked."""
    talk.do(ideas("reports", "letters", "slogans"))
    every = tuple(set_(c.question, c.option, number) for c in ALL_FIVE for number in "123")
    return talk.do(*every).do(set_("budget", "flexible", "2"), edit(What.PARK, "3"))


def test_the_last_text_is_changed_wherever_the_talk_has_gone(three: Talk) -> None:
    three.do(write(What.NOTE, "1")).do(show(What.RESULT, "2"))
    three.do(write(What.UNSPECIFIED, value="of=last; style=short"))
    assert body(three)[0].startswith("Advice for “reports”: ")
    assert (three.turn.did[0].what, three.turn.did[0].ideas) == (What.NOTE, ("1",))
    assert "| First step | Build a first version" in three.do(write(What.TABLE, value="of=last")).said


def test_the_own_idea_is_meant_also_where_it_has_no_number(decided: Talk) -> None:
    decided.do(write(What.NOTE)).do(ideas("letters"), set_("data", "no", "1"))
    assert "Advice for “reports”" in decided.do(write(What.UNSPECIFIED, value="of=last; style=short")).said


def test_the_text_of_several_becomes_their_table(three: Talk) -> None:
    three.do(write(What.NOTE, "1", "2")).do(write(What.TABLE, value="of=last"))
    assert body(three)[0] == "| Aspect | 1. reports | 2. letters |"


def test_it_gets_shorter_each_time(decided: Talk) -> None:
    lengths = [len(body(decided.do(write(What.NOTE)))[0])]
    for _ in range(3):
        lengths.append(len(body(decided.do(write(What.UNSPECIFIED, value="of=last; style=short")))[0]))
    assert lengths[0] > lengths[1] > lengths[2] == lengths[3]


def test_it_stays_plain_in_another_form(decided: Talk) -> None:
    assert "(hybrid)" in decided.do(write(What.NOTE)).said
    decided.do(write(What.UNSPECIFIED, value="of=last; style=plain"))
    assert "(hybrid)" not in decided.said
    assert "It becomes “fine-tuning” if" in decided.said
    assert "The first step" in decided.said
    assert "(hybrid)" not in decided.do(write(What.MAIL, value="of=last")).said


def test_what_was_put_aside_is_left_out_if_asked(three: Talk) -> None:
    assert "slogans" in three.do(write(What.CSV)).said
    three.do(write(What.UNSPECIFIED, value="of=last; style=active"))
    assert "slogans" not in three.said
    assert "letters" in three.said
    three.do(write(What.TABLE, "1", "3")).do(write(What.UNSPECIFIED, value="of=last; style=active"))
    assert "slogans" not in three.said


def test_a_file_of_some_has_only_these(three: Talk) -> None:
    said = three.do(write(What.CSV, "2", "1")).said
    assert ("reports" in said, "letters" in said, "slogans" in said) == (True, True, False)
    assert said.index("reports") < said.index("letters")


def test_too_few_lines_leave_no_idea_out(three: Talk) -> None:
    three.do(edit(What.STATUS, "2", value="piloting"), ideas("poems", "a game"))
    assert "Begin with" in body(three.do(write(What.SUMMARY, "all", value="lines=5")))[-1]
    first, second = body(three.do(write(What.SUMMARY, "all", value="lines=2")))
    assert first == "Fine-tuning (1): 2. letters (being piloted)"
    assert second.startswith("Hybrid (1): 1. reports. Not enough said yet (2): 4. poems (ask first: ")
    assert len(body(three.do(write(What.SUMMARY, "all", value="lines=1")))) == 1


def markdown_rows(lines: list[str]) -> list[list[str]]:
    """The cells of a table, with no bar taken for one that is escaped, nor for an escaped backslash before it."""
    return [re.findall(r"(?<=\| )((?:\\.|[^|\\])*) \|", line) for line in lines]


@pytest.mark.parametrize("title", ["a | b", "a \\| b", "a \\", "a `|` b", "| | |"])
@pytest.mark.parametrize("numbers", [("1",), ("1", "2"), ("all",)])
def test_a_table_is_valid_whatever_the_title_is(talk: Talk, title: str, numbers: tuple[str, ...]) -> None:
    talk.do(ideas(*"abcde"), *all_five("1"), note("x | y\nz", "1"))
    talk.do(edit(What.RENAME, "1", value=title)).do(write(What.TABLE, *numbers))
    header, marks, *rows = markdown_rows(body(talk))
    assert set(marks) == {"---"}
    assert {len(row) for row in (marks, *rows)} == {len(header)}
    shown = re.sub(r"\\(.)", r"\1", " ".join(cell for row in (header, *rows) for cell in row))
    assert title in shown


@pytest.mark.parametrize("value", ["lines=4", "of=last", "of=last; style=short", "style=plain", "lines=4; of=last"])
def test_a_record_is_as_long_as_it_is_asked_for(decided: Talk, value: str) -> None:
    assert len(body(decided.do(write(What.RECORD)))) > 20
    decided.do(write(What.UNSPECIFIED, value=value))
    assert len(body(decided)) == (4 if "lines" in value else 5)
    assert "(hybrid)" not in decided.said if "plain" in value else "(hybrid)" in decided.said


def test_the_last_text_again_after_a_change_keeps_its_length(decided: Talk) -> None:
    before = body(decided.do(write(What.NOTE, value="sentences=5")))
    decided.do(note("the board agreed")).do(write(What.UNSPECIFIED, value="of=last"))
    assert body(decided) == [before[0].replace("legal must agree", "legal must agree; the board agreed")]


def test_the_last_text_about_another_idea_keeps_its_length(three: Talk) -> None:
    three.do(write(What.RECORD, "1")).do(write(What.UNSPECIFIED, "2", value="of=last"))
    assert body(three)[0] == "# letters"


def test_without_what_was_put_aside_the_list_is_meant(three: Talk) -> None:
    three.do(show(What.RESULT, "1")).do(write(What.SUMMARY, value="style=active"))
    assert "letters" in three.said
    assert "slogans" not in three.said


@pytest.mark.parametrize("what", [What.SUMMARY, What.TABLE])
def test_a_whole_list_in_plain_words_names_no_approach(listed: Talk, what: What) -> None:
    listed.do(set_("data", "no", "3"), set_("data", "no", "5"))
    assert "Hybrid" in listed.do(write(what, "all")).said
    listed.do(write(what, "all", value="style=plain"))
    assert "Start with prompts, tune later" in listed.said
    assert not re.search("Hybrid|Prompt engineering|Fine-tuning", listed.said)


def test_what_corrects_the_advisor_is_in_no_text(decided: Talk) -> None:
    decided.do(note("No, that's wrong, I said 30 a day")).do(write(What.NOTE, value="sentences=9"))
    assert "legal must agree" in decided.said
    assert "I said" not in decided.said


AS_FILE = "style=file"


def file_of(talk: Talk) -> File | None:
    """The file of the last reply."""
    return lay_out(talk.advisor, talk.turn.below[:1], 1).file


@pytest.mark.parametrize("line", ["record as a file", "Record as a file.", "can I have the record as a file?"])
def test_the_record_as_a_file_is_a_page_and_elsewhere_its_text(decided: Talk, line: str) -> None:
    as_text = body(decided.do(write(What.RECORD)))
    assert file_of(decided) is None
    assert body(decided.say(line)) == as_text
    file = file_of(decided)
    assert (file.name, file.messages) == ("record-reports.html", 1)
    assert file.data.decode().startswith("<!doctype html>")
    assert file.data.count(b"legal must agree") == 1


def test_the_button_gives_the_record_of_the_result_that_it_stands_on(decided: Talk) -> None:
    decided.do(ideas("letters", "posters")).do(show(What.RESULT))
    decided.do(*all_five("2"))  # the talk is about that idea now
    assert file_of(decided.press("record")).name == "record-reports.html"


def test_a_file_is_a_message_of_its_own_beside_what_else_is_said(decided: Talk) -> None:
    decided.do(note("works council as well"), write(What.RECORD, value=AS_FILE))
    shown = [lay_out(decided.advisor, (reply,), 1) for reply in decided.turn.below]
    assert [view.file is not None for view in shown] == [False, True]


def test_the_last_text_as_a_file_is_the_record_and_the_list_is_csv(listed: Talk) -> None:
    listed.do(write(What.UNSPECIFIED, "2", value=AS_FILE))
    assert [type(reply) for reply in listed.turn.below] == [ResultPage]
    listed.do(write(What.UNSPECIFIED, ALL, value=AS_FILE))
    file = file_of(listed)
    assert file.name == "ideas.csv"
    assert len(file.data.decode("utf-8-sig").splitlines()) == 6


def test_nothing_decided_is_no_text_and_no_file(talk: Talk) -> None:
    assert "There is no result to share yet" in talk.do(write(What.NOTE)).said
    talk.do(idea("a bot")).say("record as a file")
    assert "There is no result to share yet" in talk.said
    assert talk.turn.below == () or file_of(talk) is None
