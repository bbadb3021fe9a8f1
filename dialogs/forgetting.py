"""What is left of a conversation when one of its people is to be forgotten."""

from dialogs.conversation import Conversation


def without(conversation: Conversation, person: str) -> Conversation | None:
    """The conversation without what this person gave; None where nobody else takes part in it.

    The description goes with whoever wrote first: nobody else's words are known to be in it. A question whose answer
    goes is asked again. Their lessons go, nobody else's. Hashed message ids stay; they say nothing about anyone.
    """
    others = tuple(other for other in conversation.people if other != person)
    answers = {q: answer for q, answer in conversation.answers.items() if answer.by != person}
    tour = conversation.tour if conversation.tour is not None and conversation.tour.by != person else None
    if not others and not answers and tour is None:
        return None
    began = bool(conversation.people) and conversation.people[0] == person
    return conversation.having(
        revision=conversation.revision + 1,
        people=others,
        answers=answers,
        idea="" if began else conversation.idea,
        pending=None,
        concluded=conversation.concluded and answers == conversation.answers,
        tour=tour,
        flow=conversation.flow if tour == conversation.tour else "",
    )
