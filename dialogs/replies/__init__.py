"""Replies: what to show, free of any channel. `views` has exactly one layout for each; a test names a missing one."""

from dialogs.replies import ideas, lessons, notices, passages, questions, receipts, results, texts

__all__ = ["Reply", "ideas", "lessons", "notices", "passages", "questions", "receipts", "results", "texts"]

Reply = (
    notices.Greeting
    | notices.ConversationGone
    | notices.KnownAboutPerson
    | ideas.IdeasAwaited
    | ideas.IdeaList
    | ideas.IdeaCard
    | ideas.IdeaQuestion
    | ideas.IdeaComparison
    | ideas.IdeasNoted
    | ideas.ClosedIdeas
    | ideas.FileProblems
    | ideas.IdeasChanged
    | ideas.BoardExport
    | questions.UnderstoodAnswers
    | questions.QuestionCard
    | questions.QuestionMeaning
    | questions.WhyAsked
    | results.Recommendation
    | passages.PassageReply
    | passages.EntryReply
    | passages.DidYouMean
    | passages.NotCovered
    | passages.VerdictComparison
    | questions.AlreadyAnswered
    | notices.NewOrContinue
    | questions.AnswerChanged
    | questions.AmbiguousAnswer
    | questions.UnmatchedAnswer
    | questions.LikelyOption
    | questions.LikelyChange
    | results.ResultPart
    | questions.InterimResult
    | results.ResultSummary
    | results.SharedResult
    | questions.AnswersSoFar
    | results.OtherResult
    | questions.ClosedQuestion
    | lessons.LessonCard
    | lessons.LessonExplained
    | lessons.LessonsToChoose
    | lessons.LessonFeedback
    | lessons.PracticeOffer
    | lessons.CaseQuestion
    | lessons.CaseResult
    | lessons.LessonsFinished
    | receipts.Receipts
    | receipts.Together
    | receipts.VerdictMoved
    | receipts.Offered
    | receipts.RulesExplained
    | receipts.RuleExplained
    | receipts.AnswersRead
    | receipts.IdeasDiffer
    | receipts.MissingAnswers
    | texts.ResultText
    | texts.ListText
    | notices.Notice
)
