"""Questions that begin without an idea: what it is about can be typed any time, and its name."""

from dialogs.commands.command import What
from tests.dialogs.executor.lines import edit, ideas, show
from tests.dialogs.talk import Talk
from tests.shipped import shipped

TOLD = "a bot that sorts our support tickets"


def begun() -> Talk:
    return Talk(shipped()).press("start")


def test_the_first_question_asks_what_it_is_about_where_nothing_is_told() -> None:
    assert "What is it about? Type it any time." in begun().card
    assert "What is it about?" not in begun().press("answer:data:yes").card
    assert "What is it about?" not in Talk(shipped()).say("should we fine-tune our support bot?").card


def test_a_description_after_an_answer_keeps_the_answers() -> None:
    talk = begun().press("answer:data:unsure").press("answer:volume:high").say(TOLD)
    assert f"So this is about “{TOLD}”." in talk.card
    assert talk.conversation.idea == TOLD
    assert talk.conversation.chosen == {"data": "unsure", "volume": "high"}, "what was given stands"
    assert talk.open == "domain"


def test_what_told_it_can_be_taken_back() -> None:
    talk = begun().press("answer:data:unsure").say(TOLD).say("undo")
    assert talk.conversation.idea == ""
    assert talk.conversation.chosen == {"data": "unsure"}


def test_another_description_is_another_idea() -> None:
    talk = begun().press("answer:data:unsure").say(TOLD).say("a chatbot that answers questions about our products")
    assert "another idea" in talk.below
    assert talk.conversation.idea == TOLD


def test_a_name_given_to_what_has_none_names_no_older_one() -> None:
    talk = begun().press("answer:data:yes").say("call it Ticket sorter")
    assert talk.card.startswith("It’s called “Ticket sorter” now.\n")


def test_what_is_untold_goes_by_its_number_in_the_list() -> None:
    talk = Talk(shipped()).do(ideas("sort mails", "read delivery slips")).press("start")
    talk.press("answer:data:yes").do(edit(What.ADD))
    assert "Kept in the list: 3." in talk.said.split("\n")
    assert talk.conversation.board.find(3).title == ""
    assert talk.do(show(What.RESULT, "3")).card.startswith("Idea 3\n")
    assert talk.do(edit(What.PARK, "3")).said.startswith("3: parked.")
    assert talk.do(edit(What.RENAME, "3", value="Ticket sorter")).said.startswith("It’s called “Ticket sorter” now.")


def test_what_is_untold_leaves_no_words_in_a_copy_or_in_what_it_is_merged_into() -> None:
    talk = Talk(shipped()).do(ideas("sort mails", "read delivery slips")).press("start")
    talk.press("answer:data:yes").do(edit(What.ADD)).do(edit(What.COPY, "3"))
    assert talk.conversation.board.find(4).title == "3 (copy)"
    talk.do(edit(What.MERGE, "1", "3"))
    assert (talk.conversation.board.find(1).notes, talk.conversation.board.find(1).chosen) == ((), {"data": "yes"})
