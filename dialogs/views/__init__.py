"""Layouts: exactly one for each kind of reply, which every channel renders in its own form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dialogs import replies
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation
from dialogs.replies import Reply
from dialogs.view import Element, Feedback, File, View
from dialogs.views import (
    board_notes,
    idea_card,
    idea_list,
    lessons,
    model_answers,
    passages,
    questions,
    receipts,
    recommendation,
    remarks,
    result_questions,
    summary,
    sums,
    texts,
)


def lay_out(advisor: Advisor, shown: Sequence[Reply], revision: int) -> View:
    """The replies of one message, one below the other; feedback is on the last that asks for it. One reply alone may be
    a file."""
    if len(shown) > 1:
        *said, last = shown
        if isinstance(last, replies.ideas.IdeaQuestion | replies.ideas.IdeaList):
            whole = isinstance(last, replies.ideas.IdeaList) and len(last.rows) == last.total
            said = [receipts.above_list(reply, whole) for reply in said]
        if isinstance(last, replies.ideas.IdeaQuestion | replies.questions.QuestionCard):
            last = replace(last, below=True)
        shown = (*said, last)
    elements = [element for reply in shown for element in layout_of(advisor.catalogue, reply)]
    asked = [element for element in elements if isinstance(element, Feedback)]
    if len(asked) > 1:
        elements = [element for element in elements if not isinstance(element, Feedback) or element is asked[-1]]
    file = FILES[type(shown[0])](advisor.catalogue, shown[0]) if len(shown) == 1 and type(shown[0]) in FILES else None
    return View(tuple(elements), revision, file)


def current_view(advisor: Advisor, conversation: Conversation, at: int) -> View:
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
    return LAYOUTS[type(reply)](catalogue, reply)


LAYOUTS: Mapping[type[Reply], Callable[[Catalogue, Any], tuple[Element, ...]]] = {
    replies.notices.Greeting: remarks.greeting,
    replies.questions.UnderstoodAnswers: questions.understood_answers,
    replies.questions.QuestionCard: questions.question_card,
    replies.questions.QuestionMeaning: questions.question_meaning,
    replies.questions.WhyAsked: questions.why_asked,
    replies.questions.AmbiguousAnswer: questions.ambiguous_answer,
    replies.questions.UnmatchedAnswer: questions.unmatched_answer,
    replies.questions.LikelyOption: questions.likely_option,
    replies.questions.LikelyChange: questions.likely_change,
    replies.results.ResultPart: result_questions.part,
    replies.questions.InterimResult: questions.interim_result,
    replies.results.ResultSummary: summary.summary,
    replies.results.ResultPage: summary.page_as_text,
    replies.results.SharedResult: summary.shared,
    replies.questions.AnswersSoFar: questions.answers_so_far,
    replies.results.OtherResult: result_questions.other_result,
    replies.questions.AnswerChanged: questions.answer_changed,
    replies.questions.AlreadyAnswered: questions.already_answered,
    replies.results.Recommendation: recommendation.recommendation,
    replies.passages.PassageReply: passages.passage_reply,
    replies.passages.EntryReply: passages.entry_reply,
    replies.passages.DidYouMean: passages.did_you_mean,
    replies.passages.NotCovered: passages.not_covered,
    replies.passages.VerdictComparison: passages.verdict_comparison,
    replies.ideas.IdeasAwaited: remarks.ideas_awaited,
    replies.ideas.IdeaList: idea_list.idea_list,
    replies.ideas.IdeaCard: idea_card.idea_card,
    replies.ideas.IdeaQuestion: idea_card.idea_question,
    replies.ideas.IdeaComparison: idea_card.idea_comparison,
    replies.ideas.ClosedIdeas: board_notes.closed_ideas,
    replies.ideas.FileProblems: board_notes.file_problems,
    replies.ideas.IdeasChanged: board_notes.ideas_changed,
    replies.ideas.BoardExport: board_notes.board_export,
    replies.questions.ClosedQuestion: questions.closed_question,
    replies.lessons.LessonCard: lessons.lesson_card,
    replies.lessons.LessonsToChoose: lessons.lessons_to_choose,
    replies.lessons.LessonFeedback: lessons.lesson_feedback,
    replies.lessons.PracticeOffer: lessons.practice_offer,
    replies.lessons.CaseQuestion: lessons.case_question,
    replies.lessons.CaseResult: lessons.case_result,
    replies.lessons.LessonsFinished: lessons.lessons_finished,
    replies.notices.ConversationGone: remarks.conversation_gone,
    replies.notices.KnownAboutPerson: remarks.known_about_person,
    replies.receipts.Receipts: partial(receipts.receipts, layout_of=layout_of),
    replies.receipts.Together: partial(receipts.together, layout_of=layout_of),
    replies.receipts.VerdictMoved: receipts.verdict_moved,
    replies.receipts.Offered: partial(receipts.offered, layout_of=layout_of),
    replies.receipts.RulesExplained: receipts.rules_explained,
    replies.receipts.RuleExplained: receipts.rule_explained,
    replies.receipts.AnswersRead: receipts.answers_read,
    replies.receipts.IdeasDiffer: receipts.ideas_differ,
    replies.receipts.MissingAnswers: receipts.missing_answers,
    replies.texts.ResultText: texts.result_text,
    replies.texts.ListText: texts.list_text,
    replies.texts.PromptText: texts.prompt_text,
    replies.sums.NumberAsked: sums.number_asked,
    replies.sums.SumWorkedOut: sums.sum_worked_out,
    replies.sums.StepsWorkedOut: sums.steps_worked_out,
    replies.sums.SumQuestioned: lambda catalogue, reply: layout_of(catalogue, reply.sum),
    replies.model_answers.Worded: partial(model_answers.worded, layout_of=layout_of),
    replies.model_answers.TextWorded: partial(model_answers.text_worded, layout_of=layout_of),
    replies.notices.Notice: remarks.notice,
    replies.notices.ForgettingAsked: remarks.forgetting_asked,
}
"""The layout of each kind of reply."""

FILES: Mapping[type[Reply], Callable[[Catalogue, Any], File | None]] = {
    replies.ideas.BoardExport: board_notes.export_file,
    replies.results.ResultPage: summary.page_file,
}
"""The file that a kind of reply is, where files can be sent."""
