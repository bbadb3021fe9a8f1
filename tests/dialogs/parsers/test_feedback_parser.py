"""The subject of feedback: what the card names, or shows."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.feedback import NOTE_LIMIT, Rating
from dialogs.parsers.feedback_parser import rating_of
from tests.dialogs.stored import message, press
from tests.dialogs.stub_knowledge import asked


def test_feedback_is_about_what_the_card_names_or_shows(advisor: Advisor) -> None:
    passage = advisor.pack.passages[0].id
    done, open_ = asked(advisor, None, data="no").replace(begun=3), asked(advisor, "data")

    def about(conversation: Conversation, named: str = "") -> tuple[str, ...] | None:
        found = rating_of(advisor, conversation, press("up", named))
        return None if found is None else found.about

    assert rating_of(advisor, done, press("up", "", "x" * 301)) == Rating(
        ("result:prompt_engineering",), True, "x" * NOTE_LIMIT, 3
    )
    assert rating_of(advisor, done, press("down")) == Rating(("result:prompt_engineering",), False, "", 3)
    assert rating_of(advisor, done, press("sideways")) is None
    assert rating_of(advisor, done, message()) is None
    assert about(done, f"{passage},gone") == (passage,)
    assert about(done, "gone") is None
    assert about(open_) is None
    assert about(open_.replace(shown=("answered", passage))) == (passage,)
    assert about(done.replace(started=False, shown=(passage,))) == (passage,)
