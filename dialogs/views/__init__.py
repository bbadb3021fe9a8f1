"""Layouts: exactly one for each kind of reply, which every channel renders in its own form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from dialogs import replies
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation
from dialogs.replies import Reply
from dialogs.view import Element, Feedback, View
from dialogs.views import (
    board_notes,
    idea_card,
    idea_list,
    lessons,
    passages,
    questions,
    receipts,
    recommendation,
    remarks,
    result_questions,
    summary,
    texts,
)


def lay_out(advisor: Advisor, shown: Sequence[Reply], revision: int) -> View:
    """The replies of one message, one below the other; feedback is on the last that asks for it."""
    elements = [element for reply in shown for element in layout_of(advisor.catalogue, reply)]
    asked = [element for element in elements if isinstance(element, Feedback)]
    if len(asked) > 1:
        elements = [element for element in elements if not isinstance(element, Feedback) or element is asked[-1]]
    return View(tuple(elements), revision)


def current_view(advisor: Advisor, conversation: Conversation, at: int) -> View:
    """The live card."""
    return lay_out(advisor, advisor.flows.replay(conversation, at), conversation.revision)


@dataclass(frozen=True, slots=True)
class Superseded:
    """What the live card becomes when the next one is posted below it: deleted, or else `view`, without buttons.

    `view` is shown as well if the platform refuses to delete the card.
    """

    view: View
    deleted: bool = False


def superseded_card(advisor: Advisor, before: Conversation, after: Conversation, at: int) -> Superseded | None:
    """What the live card becomes when the next one is posted below it; None if it stays."""
    closed = advisor.flows.current(before).closed_card(before, after, at)
    if closed is None:
        return None
    return Superseded(lay_out(advisor, closed.replies, after.revision).without_buttons(), closed.deleted)


def layout_of(catalogue: Catalogue, reply: Reply) -> tuple[Element, ...]:
    """The layout of one reply."""
    match reply:
        case replies.notices.Greeting():
            return remarks.greeting(catalogue, reply)
        case replies.questions.UnderstoodAnswers():
            return questions.understood_answers(catalogue, reply)
        case replies.questions.QuestionCard():
            return questions.question_card(catalogue, reply)
        case replies.questions.QuestionMeaning():
            return questions.question_meaning(catalogue, reply)
        case replies.questions.WhyAsked():
            return questions.why_asked(catalogue, reply)
        case replies.questions.AmbiguousAnswer():
            return questions.ambiguous_answer(catalogue, reply)
        case replies.questions.UnmatchedAnswer():
            return questions.unmatched_answer(catalogue, reply)
        case replies.questions.LikelyOption():
            return questions.likely_option(catalogue, reply)
        case replies.questions.LikelyChange():
            return questions.likely_change(catalogue, reply)
        case replies.results.ResultPart(what, result):
            return result_questions.PARTS.get(what, recommendation.short_result)(catalogue, result)
        case replies.results.VerdictMeaning():
            return result_questions.verdict_meaning(catalogue, reply)
        case replies.questions.InterimResult():
            return questions.interim_result(catalogue, reply)
        case replies.results.ResultSummary():
            return summary.summary(catalogue, reply)
        case replies.results.SharedResult():
            return summary.shared(catalogue, reply)
        case replies.questions.AnswersSoFar():
            return questions.answers_so_far(catalogue, reply)
        case replies.results.OtherResult():
            return result_questions.other_result(catalogue, reply)
        case replies.questions.AnswerChanged():
            return questions.answer_changed(catalogue, reply)
        case replies.questions.AlreadyAnswered():
            return questions.already_answered(catalogue, reply)
        case replies.notices.NewOrContinue():
            return questions.new_or_continue(catalogue, reply)
        case replies.results.Recommendation():
            return recommendation.recommendation(catalogue, reply)
        case replies.passages.PassageReply():
            return passages.passage_reply(catalogue, reply)
        case replies.passages.EntryReply():
            return passages.entry_reply(catalogue, reply)
        case replies.passages.DidYouMean():
            return passages.did_you_mean(catalogue, reply)
        case replies.passages.NotCovered():
            return passages.not_covered(catalogue, reply)
        case replies.passages.VerdictComparison():
            return passages.verdict_comparison(catalogue, reply)
        case replies.ideas.IdeasAwaited():
            return remarks.ideas_awaited(catalogue, reply)
        case replies.ideas.IdeaList():
            return idea_list.idea_list(catalogue, reply)
        case replies.ideas.IdeaCard():
            return idea_card.idea_card(catalogue, reply)
        case replies.ideas.IdeaQuestion():
            return idea_card.idea_question(catalogue, reply)
        case replies.ideas.IdeaComparison():
            return idea_card.idea_comparison(catalogue, reply)
        case replies.ideas.IdeasNoted():
            return board_notes.ideas_noted(catalogue, reply)
        case replies.ideas.ClosedIdeas():
            return board_notes.closed_ideas(catalogue, reply)
        case replies.ideas.FileProblems():
            return board_notes.file_problems(catalogue, reply)
        case replies.ideas.IdeasChanged():
            return board_notes.ideas_changed(catalogue, reply)
        case replies.ideas.BoardExport():
            return board_notes.board_export(catalogue, reply)
        case replies.questions.ClosedQuestion():
            return questions.closed_question(catalogue, reply)
        case replies.lessons.LessonCard():
            return lessons.lesson_card(catalogue, reply)
        case replies.lessons.LessonExplained():
            return lessons.lesson_explained(catalogue, reply)
        case replies.lessons.LessonsToChoose():
            return lessons.lessons_to_choose(catalogue, reply)
        case replies.lessons.LessonFeedback():
            return lessons.lesson_feedback(catalogue, reply)
        case replies.lessons.PracticeOffer():
            return lessons.practice_offer(catalogue, reply)
        case replies.lessons.CaseQuestion():
            return lessons.case_question(catalogue, reply)
        case replies.lessons.CaseResult():
            return lessons.case_result(catalogue, reply)
        case replies.lessons.LessonsFinished():
            return lessons.lessons_finished(catalogue, reply)
        case replies.notices.ConversationDeleted():
            return remarks.conversation_deleted(catalogue)
        case replies.notices.ConversationGone():
            return remarks.conversation_gone(catalogue)
        case replies.notices.KnownAboutPerson():
            return remarks.known_about_person(catalogue, reply)
        case replies.receipts.Receipts():
            return receipts.receipts(catalogue, reply, layout_of)
        case replies.receipts.IdeaReceipt():
            return receipts.idea_receipt(catalogue, reply, layout_of)
        case replies.receipts.Together():
            return receipts.together(catalogue, reply, layout_of)
        case replies.receipts.VerdictMoved():
            return receipts.verdict_moved(catalogue, reply)
        case replies.receipts.Offered():
            return receipts.offered(catalogue, reply, layout_of)
        case replies.receipts.RulesExplained():
            return receipts.rules_explained(catalogue, reply)
        case replies.receipts.RuleExplained():
            return receipts.rule_explained(catalogue, reply)
        case replies.receipts.AnswersRead():
            return receipts.answers_read(catalogue, reply)
        case replies.receipts.IdeasDiffer():
            return receipts.ideas_differ(catalogue, reply)
        case replies.receipts.MissingAnswers():
            return receipts.missing_answers(catalogue, reply)
        case replies.texts.ResultText():
            return texts.result_text(catalogue, reply)
        case replies.texts.ListText():
            return texts.list_text(catalogue, reply)
        case replies.notices.Notice():
            return remarks.notice(catalogue, reply)
        case _:
            assert_never(reply)
