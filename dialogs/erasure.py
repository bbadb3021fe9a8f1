"""What is left of a conversation when one of its people is to be forgotten."""

from dialogs.conversation import Answer, Conversation, How


def without(conversation: Conversation, person: str) -> Conversation | None:
    """The conversation without what this person gave; None where nobody else takes part in it.

    A description goes with whoever wrote it, and so do answers that were read out of it; where nobody is on record
    that is whoever wrote first, and a request that waits goes in any case. A question whose answer goes is asked
    again. Their lessons go, nobody else's. Hashed message ids stay; they say nothing about anyone.
    """
    first = conversation.people[:1] == (person,)
    idea = "" if (conversation.idea_by == person or (first and not conversation.idea_by)) else conversation.idea
    pending = conversation.pending if conversation.pending_by not in ("", person) else None
    answers = {
        question: answer
        for question, answer in conversation.answers.items()
        if answer.by != person and (idea or not _is_read_from(conversation.idea, answer))
    }
    tour = conversation.tour if conversation.tour is not None and conversation.tour.by != person else None
    after = conversation.having(
        revision=conversation.revision + 1,
        people=tuple(other for other in conversation.people if other != person),
        answers=answers,
        idea=idea,
        pending=pending,
        concluded=conversation.concluded and answers == conversation.answers,
        tour=tour,
        flow=conversation.flow if tour == conversation.tour else "",
    )
    return after if after.participants else None


def _is_read_from(idea: str, answer: Answer) -> bool:
    return answer.how is How.READ and answer.evidence is not None and answer.evidence in idea
