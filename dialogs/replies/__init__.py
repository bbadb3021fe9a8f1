"""Replies: what to show, free of any channel. `views` has exactly one layout for each; mypy names a missing one."""

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

Reply = (
    Greeting
    | ConversationDeleted
    | ConversationGone
    | KnownAboutPerson
    | IdeasAwaited
    | IdeaList
    | IdeaCard
    | IdeaQuestion
    | IdeaComparison
    | IdeasNoted
    | ClosedIdeas
    | FileProblems
    | IdeasChanged
    | BoardExport
    | UnderstoodAnswers
    | QuestionCard
    | QuestionMeaning
    | WhyAsked
    | Recommendation
    | PassageReply
    | EntryReply
    | DidYouMean
    | NotCovered
    | VerdictComparison
    | AlreadyAnswered
    | NewOrContinue
    | AnswerChanged
    | AmbiguousAnswer
    | UnmatchedAnswer
    | LikelyOption
    | LikelyChange
    | ResultDetails
    | ResultReasons
    | ResultStrength
    | ShortResult
    | VerdictMeaning
    | InterimResult
    | ResultCase
    | ResultChanges
    | ResultSource
    | ResultSteps
    | ResultSummary
    | SharedResult
    | AnswersSoFar
    | OtherResult
    | ClosedQuestion
    | LessonCard
    | LessonExplained
    | LessonsToChoose
    | LessonFeedback
    | PracticeOffer
    | CaseQuestion
    | CaseResult
    | LessonsFinished
    | Receipts
    | IdeaReceipt
    | Together
    | VerdictMoved
    | Offered
    | RulesExplained
    | RuleExplained
    | AnswersRead
    | IdeasDiffer
    | MissingAnswers
    | Notice
)
