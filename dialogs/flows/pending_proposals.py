"""Pending proposals: options that were likely meant or that a description suggests, until confirmed or dropped.

What is only proposed is decided in `knowledge.certainty_thresholds` and, for amounts, in
`knowledge.reading.quantity_answers`.
"""

from collections.abc import Collection

from dialogs.conversation import EVIDENCE_LIMIT, Conversation, Proposal
from dialogs.flows.replay import open_question
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack, Question


def likely_options(knowledge: Knowledge, idea: str) -> tuple[Proposal, ...]:
    """The options that an idea's description suggests without stating them."""
    likely = knowledge.reader.likely(idea) if idea else {}
    return tuple(
        Proposal(question=question, option=reading.option, evidence=reading.evidence[:EVIDENCE_LIMIT], told=True)
        for question, reading in likely.items()
        if reading.evidence  # going on accepts a proposal only if it has evidence; see `accepted_by`
    )


def with_proposal(pack: Pack, before: Question | None, after: Conversation) -> Conversation:
    """The conversation with the likely option of the open question proposed, once, when that question comes up.

    `before` is the question that was open before.
    """
    if not after.likely or after.confirm is not None:
        return after
    question = open_question(pack, after)
    if question is None or question == before or question.id in after.answers:
        return after
    proposal = next((each for each in after.likely if each.question == question.id), None)
    left = tuple(each for each in after.likely if each is not proposal)
    return after if proposal is None else after.replace(confirm=proposal, likely=left)


def accepted_by(conversation: Conversation, said: Collection[str]) -> Proposal | None:
    """The proposal that somebody accepts who says something on these questions instead of confirming it."""
    proposal = conversation.confirm
    if proposal is None or not proposal.evidence or len(conversation.people) > 1:
        return None
    return None if proposal.question in conversation.answers or proposal.question in said else proposal


def moved_on(conversation: Conversation, **changes: object) -> Conversation:
    """The conversation with these changes and without a reopened question and a proposal.

    A proposal from the idea's description is kept for later, unless its question was answered.
    """
    proposal = conversation.confirm
    after = conversation.replace(revisit=None, confirm=None, **changes)
    if proposal is None or not proposal.told or proposal.question in after.answers:
        return after
    return after.replace(likely=(proposal, *after.likely))
