"""All recommendations of the pack fit into a Slack message as they are, without losing a word."""

import json
from itertools import product

from bot.playground.slack.limits import problems
from bot.slack.blocks import render_message
from dialogs.advisor import Advisor
from dialogs.conversation import EVIDENCE_LIMIT, Answer, AnswerMethod, Conversation
from dialogs.views import current_view
from dialogs.views.plain_text import plain

NOON = 1_795_000_000
EVIDENCE = ("we have about 1,500 of them, labelled by hand & checked <twice>, in *one* format " * 3)[:EVIDENCE_LIMIT]


def test_every_recommendation_fits_whole(advisor: Advisor) -> None:
    questions = advisor.pack.questions
    for options in product(*(question.options for question in questions)):
        answers = {
            question.id: Answer(option=option.id, how=AnswerMethod.READ, by="U012ABC", at=NOON, evidence=EVIDENCE)
            for question, option in zip(questions, options, strict=True)
        }
        conversation = Conversation.fresh(advisor.pack).replace(started=True, answers=answers)
        view = current_view(advisor, conversation, NOON)
        made = render_message(view)
        assert not list(problems({"text": made.text, "blocks": list(made.blocks)}))
        assert made.text.count("\n") == plain(view).count("\n")
        assert " …" not in json.dumps(made.blocks, ensure_ascii=False)
