"""Lists of ideas, and what a conversation shows of them."""

from dialogs.replies.ideas import IdeaList
from tests.dialogs.talk import Talk

LINES = "\n".join(["- a bot for tickets", "2. summaries of reports, we have no data at all", "", "* slogans"])

MANY = "triage\n" + "\n".join(f"slogan for shop number {n}" for n in range(1, 31))


def listed(talk: Talk) -> IdeaList:
    shown = talk.turn.card[-1]
    assert isinstance(shown, IdeaList)
    return shown


def chosen(talk: Talk, number: int) -> dict[str, str]:
    idea = talk.conversation.board.find(number)
    return idea.chosen
