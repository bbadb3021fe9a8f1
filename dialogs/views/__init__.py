"""Layouts: exactly one for each kind of reply, which every channel renders in its own form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation
from dialogs.replies import Reply
from dialogs.replies.ideas import (
    BoardExport,
    ClosedIdeas,
    FileProblems,
    IdeaCard,
    IdeaComparison,
    IdeaList,
    IdeaQuestion,
    IdeasAwaited,
    IdeasChanged,
    IdeasNoted,
)
from dialogs.replies.lessons import (
    CaseQuestion,
    CaseResult,
    LessonCard,
    LessonExplained,
    LessonFeedback,
    LessonsFinished,
    LessonsToChoose,
    PracticeOffer,
)
from dialogs.replies.notices import (
    ConversationDeleted,
    ConversationGone,
    Greeting,
    KnownAboutPerson,
    NewOrContinue,
    Notice,
)
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import (
    AlreadyAnswered,
    AmbiguousAnswer,
    AnswerChanged,
    AnswersSoFar,
    ClosedQuestion,
    InterimResult,
    LikelyChange,
    LikelyOption,
    QuestionCard,
    QuestionMeaning,
    UnderstoodAnswers,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.replies.receipts import (
    AnswersRead,
    IdeaReceipt,
    IdeasDiffer,
    MissingAnswers,
    Offered,
    Receipts,
    RuleExplained,
    RulesExplained,
    Together,
    VerdictMoved,
)
from dialogs.replies.results import (
    OtherResult,
    Recommendation,
    ResultCase,
    ResultChanges,
    ResultDetails,
    ResultReasons,
    ResultSource,
    ResultSteps,
    ResultStrength,
    ResultSummary,
    SharedResult,
    ShortResult,
    VerdictMeaning,
)
from dialogs.view import Element, Feedback, View
from dialogs.views import (
    board_news,
    board_notes,
    details,
    entries,
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
)


def lay_out(advisor: Advisor, replies: Sequence[Reply], revision: int) -> View:
    """The replies of one message, one below the other; feedback is on the last that asks for it."""
    elements = [element for reply in replies for element in layout_of(advisor.catalogue, reply)]
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
        case Greeting():
            return remarks.greeting(catalogue, reply)
        case UnderstoodAnswers():
            return questions.understood_answers(catalogue, reply)
        case QuestionCard():
            return questions.question_card(catalogue, reply)
        case QuestionMeaning():
            return questions.question_meaning(catalogue, reply)
        case WhyAsked():
            return questions.why_asked(catalogue, reply)
        case AmbiguousAnswer():
            return questions.ambiguous_answer(catalogue, reply)
        case UnmatchedAnswer():
            return questions.unmatched_answer(catalogue, reply)
        case LikelyOption():
            return questions.likely_option(catalogue, reply)
        case LikelyChange():
            return questions.likely_change(catalogue, reply)
        case ResultDetails():
            return details.details(catalogue, reply)
        case ResultReasons():
            return result_questions.reasons(catalogue, reply)
        case ResultStrength():
            return result_questions.strength(catalogue, reply)
        case ShortResult():
            return recommendation.short_result(catalogue, reply)
        case VerdictMeaning():
            return result_questions.verdict_meaning(catalogue, reply)
        case InterimResult():
            return questions.interim_result(catalogue, reply)
        case ResultChanges():
            return result_questions.changes(catalogue, reply)
        case ResultSummary():
            return summary.summary(catalogue, reply)
        case SharedResult():
            return summary.shared(catalogue, reply)
        case ResultSteps():
            return result_questions.steps(catalogue, reply)
        case ResultCase():
            return result_questions.case(catalogue, reply)
        case ResultSource():
            return result_questions.source(catalogue, reply)
        case AnswersSoFar():
            return questions.answers_so_far(catalogue, reply)
        case OtherResult():
            return result_questions.other_result(catalogue, reply)
        case AnswerChanged():
            return questions.answer_changed(catalogue, reply)
        case AlreadyAnswered():
            return questions.already_answered(catalogue, reply)
        case NewOrContinue():
            return questions.new_or_continue(catalogue, reply)
        case Recommendation():
            return recommendation.recommendation(catalogue, reply)
        case PassageReply():
            return passages.passage_reply(catalogue, reply)
        case EntryReply():
            return entries.entry_reply(catalogue, reply)
        case DidYouMean():
            return passages.did_you_mean(catalogue, reply)
        case NotCovered():
            return passages.not_covered(catalogue, reply)
        case VerdictComparison():
            return passages.verdict_comparison(catalogue, reply)
        case IdeasAwaited():
            return remarks.ideas_awaited(catalogue, reply)
        case IdeaList():
            return idea_list.idea_list(catalogue, reply)
        case IdeaCard():
            return idea_card.idea_card(catalogue, reply)
        case IdeaQuestion():
            return idea_card.idea_question(catalogue, reply)
        case IdeaComparison():
            return idea_card.idea_comparison(catalogue, reply)
        case IdeasNoted():
            return board_notes.ideas_noted(catalogue, reply)
        case ClosedIdeas():
            return board_notes.closed_ideas(catalogue, reply)
        case FileProblems():
            return board_notes.file_problems(catalogue, reply)
        case IdeasChanged():
            return board_news.ideas_changed(catalogue, reply)
        case BoardExport():
            return board_notes.board_export(catalogue, reply)
        case ClosedQuestion():
            return questions.closed_question(catalogue, reply)
        case LessonCard():
            return lessons.lesson_card(catalogue, reply)
        case LessonExplained():
            return lessons.lesson_explained(catalogue, reply)
        case LessonsToChoose():
            return lessons.lessons_to_choose(catalogue, reply)
        case LessonFeedback():
            return lessons.lesson_feedback(catalogue, reply)
        case PracticeOffer():
            return lessons.practice_offer(catalogue, reply)
        case CaseQuestion():
            return lessons.case_question(catalogue, reply)
        case CaseResult():
            return lessons.case_result(catalogue, reply)
        case LessonsFinished():
            return lessons.lessons_finished(catalogue, reply)
        case ConversationDeleted():
            return remarks.conversation_deleted(catalogue)
        case ConversationGone():
            return remarks.conversation_gone(catalogue)
        case KnownAboutPerson():
            return remarks.known_about_person(catalogue, reply)
        case Receipts():
            return receipts.receipts(catalogue, reply, layout_of)
        case IdeaReceipt():
            return receipts.idea_receipt(catalogue, reply, layout_of)
        case Together():
            return receipts.together(catalogue, reply, layout_of)
        case VerdictMoved():
            return receipts.verdict_moved(catalogue, reply)
        case Offered():
            return receipts.offered(catalogue, reply, layout_of)
        case RulesExplained():
            return receipts.rules_explained(catalogue, reply)
        case RuleExplained():
            return receipts.rule_explained(catalogue, reply)
        case AnswersRead():
            return receipts.answers_read(catalogue, reply)
        case IdeasDiffer():
            return receipts.ideas_differ(catalogue, reply)
        case MissingAnswers():
            return receipts.missing_answers(catalogue, reply)
        case Notice():
            return remarks.notice(catalogue, reply)
        case _:
            assert_never(reply)
