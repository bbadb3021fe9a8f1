"""The flow that asks the framework's questions and ends in a recommendation."""

from collections.abc import Mapping

from dialogs.catalogue import Remark
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT, WAITING, AnswerMethod, Conversation, Proposal
from dialogs.deduplication import is_pressed_again
from dialogs.flows.answer_factory import answers_read_from, given_answer, with_stated
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.pending_proposals import accepting_proposal, likely_options, moved_on, with_proposal
from dialogs.flows.question_cards import QuestionCards
from dialogs.flows.replay import recommend, recorded, replay, summarise
from dialogs.flows.result_questions import about_result, answers_so_far, interim_result, with_move
from dialogs.intents import ProgressQuestion, ProgressTopic, ResultTopic
from dialogs.message import Action, Message, Press, Verb, text_of
from dialogs.open_question import open_question, previous_question
from dialogs.replies import Reply
from dialogs.replies.notices import NewOrContinue, Notice
from dialogs.replies.questions import (
    AlreadyAnswered,
    AnswerChanged,
    LikelyChange,
    WhyAsked,
)
from dialogs.replies.results import (
    ResultDetails,
    SharedResult,
    ShortResult,
)
from dialogs.titles import Titles, shortened
from dialogs.turn import Turn
from knowledge.decision import decide
from knowledge.interfaces import PROJECT, Knowledge, Reading
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import fold


class QuestionsFlow(Flow):
    """See `Flow`. Everybody in the thread may answer."""

    name = ""
    verbs = frozenset({Verb.ANSWER, Verb.CONFIRM, Verb.EDIT, Verb.START, Verb.NEW, Verb.SHOW, Verb.DETAILS})
    never_stale = frozenset({Verb.START, Verb.EDIT, Verb.SHARE})
    accepts_descriptions = True
    waiting_remark = "questions_wait"

    def __init__(self, knowledge: Knowledge, titles: Titles) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge
        self.titles = titles
        self._cards = QuestionCards(knowledge)

    @staticmethod
    def _stopped(conversation: Conversation) -> bool:
        """Whether the questions were stopped and can be continued."""
        return not conversation.started and bool(conversation.answers or conversation.idea)

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """Its own buttons, and sharing while its result is shown."""
        if verb is Verb.SHARE:
            return conversation.flow == self.name and conversation.started and self.prompt(conversation) is None
        return super().claims(conversation, verb)

    def under_way(self, conversation: Conversation) -> bool:
        """From the first question until it is stopped."""
        return conversation.started

    def prompt(self, conversation: Conversation) -> Question | None:
        """The open question."""
        return open_question(self.pack, conversation)

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The choice between two ideas, the open question, the recommendation, or the greeting."""
        return replay(self._knowledge, conversation, at)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The same, shorter. What was read from a text stays on the card where it was said."""
        return self._cards.again(conversation, at)

    def progress_topics(self, conversation: Conversation) -> frozenset[ProgressTopic]:
        """ANSWERS if an idea was begun, with STANDING if there is a result; all but AHEAD if a question is open."""
        if not conversation.started:
            return frozenset({ProgressTopic.ANSWERS}) if self._stopped(conversation) else frozenset()
        if self.prompt(conversation) is None:
            return frozenset({ProgressTopic.STANDING, ProgressTopic.ANSWERS})
        return frozenset(ProgressTopic) - {ProgressTopic.AHEAD}

    def progress(self, conversation: Conversation, at: int, asked: ProgressQuestion) -> Reply | None:
        """The answers so far; the result in short; while a question is open, the interim result and how many questions
        are open.
        """
        if asked.topic is ProgressTopic.ANSWERS:
            return answers_so_far(self._knowledge, conversation)
        question = self.prompt(conversation)
        if question is None:
            return ShortResult(recommend(self._knowledge, conversation, at))
        return interim_result(self._knowledge, conversation, question)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """An answered question becomes a one-line record, one without an answer is deleted; a recommendation stays."""
        return self._cards.closed(before, after, at, self.lead(before))

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Some words mean one thing while a choice is open, and another at any other time."""
        match verb:
            case Verb.CONTINUE if self._stopped(conversation):
                return True
            case Verb.NEW | Verb.CONTINUE:
                waits = verb is Verb.CONTINUE and WAITING in conversation.shown
                return waits or conversation.pending is not None or conversation.revisit is not None
            case Verb.START:
                return conversation.pending is None
            case Verb.KEEP:
                return conversation.revisit is not None
            case Verb.DETAILS | Verb.SHARE:
                return conversation.started and self.prompt(conversation) is None
            case Verb.BACK | Verb.WHY | Verb.SHOW | Verb.RESTART | Verb.CANCEL | Verb.EDIT:
                return True
            case _:
                return False

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """Except for the start, the questions have to be under way; an answer needs its own question to be open."""
        match action:
            case _ if not conversation.started:
                return self._objection_while_stopped(conversation, action.verb)
            case Action(Verb.ANSWER, (question_id, option)):
                question = self.prompt(conversation)
                fits = question is not None and question.id == question_id
                return None if fits and self.pack.has_option(question_id, option) else "outdated"
            case Action(Verb.DETAILS | Verb.SHARE) if self.prompt(conversation) is not None:
                return "outdated"
            case Action(Verb.CONFIRM, (question_id, option)):
                proposal = conversation.confirm
                proposed = proposal is not None and (proposal.question, proposal.option) == (question_id, option)
                return None if proposed else "outdated"
            case Action(Verb.EDIT, (question_id,)):
                return None if question_id in self.pack.question_of else "outdated"
            case _:
                return None

    def _objection_while_stopped(self, conversation: Conversation, verb: Verb) -> Remark | None:
        if verb is Verb.START or (verb is Verb.CONTINUE and self._stopped(conversation)):
            return None
        if verb is Verb.CONTINUE:
            return "nothing_to_resume"
        return "nothing_to_cancel" if verb is Verb.CANCEL else "nothing_open"

    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Does what the button says."""
        match action:
            case Action(Verb.ANSWER, (question_id, option)):
                return self._record(conversation, message, question_id, option, AnswerMethod.BUTTON)
            case Action(Verb.CONFIRM):
                return self.confirm(conversation, message)
            case Action(Verb.EDIT, (question_id,)):
                return self._reopen(conversation, message, question_id)
            case Action(Verb.BACK):
                previous = previous_question(self.pack, conversation)
                if previous is None:
                    return self._cards.show(conversation, message, Notice("at_the_first"))
                return self._reopen(conversation, message, previous.id)
            case Action(Verb.WHY):
                question = self.prompt(conversation)
                if question is None:
                    return about_result(self._knowledge, conversation, message, ResultTopic.REASONS)
                return self.digress(conversation, message, WhyAsked(question))
            case Action(Verb.SHARE):
                summary = summarise(self._knowledge, conversation, message.at, message.link)
                return Turn(conversation, below=(SharedResult(summary, message.sender),))
            case Action(Verb.DETAILS):
                result = recommend(self._knowledge, conversation, message.at)
                return Turn(conversation, expanded=(ResultDetails(result),))
            case Action(Verb.KEEP | Verb.CONTINUE):
                return self._resume(conversation, message)
            case Action(Verb.SHOW):
                return self._cards.show(moved_on(conversation, concluded=True), message)
            case Action(Verb.RESTART):
                begun = moved_on(conversation, started=True, concluded=False, answers={})
                return self._cards.show(begun.replace(likely=()), message)
            case Action(Verb.CANCEL) if self._opened_from_result(conversation):
                return self._resume(conversation, message)
            case Action(Verb.CANCEL):
                ended = moved_on(conversation, started=False)  # what was said stays, to be continued
                return Turn(ended, (Notice("cancelled"),))
            case Action(Verb.START) if self.prompt(conversation) is not None:
                return self._resume(conversation, message)
            case Action(Verb.START):
                return self.start(conversation, message)
            case Action(Verb.NEW):
                return self.start(conversation, message, conversation.waiting_idea, conversation.pending_by)
            case _:  # a button of a flow that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def _opened_from_result(self, conversation: Conversation) -> bool:
        """Whether a result was shown before a question was opened again."""
        return conversation.revisit is not None and self.prompt(conversation.replace(revisit=None)) is None

    def start(self, conversation: Conversation, message: Message, idea: str = "", by: str | None = None) -> Turn:
        """Begins a new idea: shows the answers in its description as understood, and asks the first open question.

        `by` is the description's author as `Conversation.author` gives it, by default the sender.
        """
        readings = self._knowledge.reader.read(idea) if idea else {}
        begun = conversation.replace(
            started=True,
            begun=conversation.revision + 1,
            concluded=False,
            revisit=None,
            pending=None,
            confirm=None,
            idea_by=conversation.author(message.sender.id) if by is None else by,
            idea=idea[:IDEA_LIMIT],
            heading=self.titles.of(idea),
            answers=answers_read_from(message, readings),
            likely=likely_options(self._knowledge, idea),
        )
        if idea:
            self._knowledge.matcher.prepare(begun.idea)
        return self._cards.show_understood(with_proposal(self.pack, None, begun), message, readings)

    def advise(self, conversation: Conversation, message: Message, idea: str) -> Turn:
        """Gives advice on an idea; while a question about another is open, the person chooses between the two. The idea
        that the open question is about, told once more, is asked about once more.
        """
        question = self.prompt(conversation)
        if question is not None and fold(idea) == fold(conversation.idea):
            return Turn(conversation, self.reprompt(conversation, message.at, digressed=False))
        if question is None or self._idea_awaited(conversation):
            return self.start(conversation, message, idea)
        by = conversation.author(message.sender.id)
        waiting = conversation.replace(pending=idea[:IDEA_LIMIT], pending_by=by, pending_more="")
        return Turn(waiting, (NewOrContinue(idea, question),))

    def _idea_awaited(self, conversation: Conversation) -> bool:
        """Whether the questions began without an idea: after "start", or "i have an idea"."""
        said = conversation.confirm is not None and not conversation.confirm.told
        if conversation.answers or said or len(conversation.people) > 1:
            return False
        return not conversation.idea or self._knowledge.matcher.project(conversation.idea) < PROJECT

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """Takes a typed answer to the open question.

        A text that is older than the newest answer was meant for an earlier question: the platform delivered it again
        after the person had moved on.
        """
        question = self.prompt(conversation)
        if question is None:
            raise ValueError("an answer needs an open question")
        if any(message.at < answer.at for answer in conversation.answers.values()):
            return Turn(conversation, aside=(Notice("came_late"),))
        return self._record(conversation, message, question.id, option, AnswerMethod.TYPED, others)

    def retitle(self, conversation: Conversation, message: Message, title: str) -> Turn:
        """Gives the idea another title. Without one the reply says how."""
        if not title:
            return self._aside(conversation, message, Notice("title_wanted"))
        after = conversation.replace(heading=shortened(title))
        return self._aside(after, message, Notice("idea_titled", {"title": after.title}))

    def _aside(self, conversation: Conversation, message: Message, reply: Reply) -> Turn:
        """A reply below the card; an open question is asked again below it."""
        if self.prompt(conversation) is None:
            return Turn(conversation, below=(reply,))
        return self.digress(conversation, message, reply)

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Replaces recorded answers; everything else stays."""
        return self._corrected(conversation, accepting_proposal(conversation, message, readings), message, readings)

    def note(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """The same for a text that says nothing about the proposal, which goes on waiting."""
        return self._corrected(conversation, conversation, message, readings)

    def _corrected(
        self, before: Conversation, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
    ) -> Turn:
        answers = dict(conversation.answers)
        changes: list[Reply] = []
        for question_id, reading in readings.items():
            old = answers.get(question_id)
            answers[question_id] = given_answer(message, reading, AnswerMethod.TYPED)
            other = old.option if old is not None and old.option != reading.option else None
            changes.append(AnswerChanged(self.pack.question(question_id), reading.option, other))
        revisit = conversation.revisit if conversation.revisit not in readings else None
        proposal = conversation.confirm
        confirm = None if proposal is None or proposal.question in answers else proposal
        after = conversation.replace(answers=answers, revisit=revisit, confirm=confirm)
        if self.prompt(before) is None and self.prompt(after) is None and after.chosen == before.chosen:
            verdict = self.pack.verdict(decide(self.pack, before.chosen).verdict)
            return Turn(before, below=(Notice("changes_nothing", {"verdict": verdict.name}),))
        after = with_proposal(self.pack, self.prompt(before), after)
        return with_move(self.pack, before, self._cards.show_accepted(before, after, message, *changes), changes)

    def propose(
        self,
        conversation: Conversation,
        message: Message,
        question_id: str,
        option: str,
        others: Mapping[str, Reading],
    ) -> Turn:
        """Proposes an answer that was likely meant; the other answers in `others` count at once."""
        before, conversation = conversation, accepting_proposal(conversation, message, {question_id: option, **others})
        answers, changes = with_stated(self.pack, conversation, message, others)
        evidence = "" if question_id in answers else text_of(message)[:EVIDENCE_LIMIT]
        after = conversation.replace(
            answers=answers,
            pending=None,
            confirm=Proposal(question=question_id, option=option, evidence=evidence),
            likely=tuple(each for each in conversation.likely if each.question != question_id),
            missed=conversation.missed + 1,
        )
        noted = tuple(
            AnswerChanged(self.pack.question(q), reading.option, None)
            for q, reading in others.items()
            if q not in conversation.answers
        )
        open_, old = self.prompt(after), answers.get(question_id)
        if open_ is None:
            return self._cards.show_proposal_below(after, message, *changes, *noted)
        if old is None or open_.id == question_id:
            return self._cards.show_accepted(before, after, message, *changes, *noted)
        likely = LikelyChange(self.pack.question(question_id), option, old.option)
        return self._cards.show_accepted(before, after, message, *changes, *noted, likely)

    def confirm(self, conversation: Conversation, message: Message, *, left: bool = False) -> Turn:
        """Records the proposed answer. `left`: the choice was left to the advisor, which then names the answer."""
        proposal = conversation.confirm
        if proposal is None:
            return Turn(conversation, aside=(Notice("outdated"),))
        question = self.prompt(conversation)
        how = AnswerMethod.BUTTON if isinstance(message.content, Press) else AnswerMethod.TYPED
        if question is not None and question.id == proposal.question:
            turn = self._record(conversation, message, question.id, proposal.option, how)
            taken = Notice("then_taken", {"answer": question.option(proposal.option).record})
            return turn._replace(card=(taken, *turn.card)) if left else turn
        return self.correct(conversation, message, {proposal.question: Reading(proposal.option, text_of(message))})

    def reject(self, conversation: Conversation, message: Message) -> Turn:
        """Drops the proposed answer."""
        question, proposal = self.prompt(conversation), conversation.confirm
        after = conversation.replace(confirm=None)
        if question is None or proposal is None:
            return Turn(after, below=(Notice("left_as_it_was"),))
        asked = question.id == proposal.question and self.prompt(after) == question
        after = with_proposal(self.pack, question, after)
        return self._cards.show_again(after, message, Notice("which_then" if asked else "left_as_it_was"))

    def stale_press(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Tells the sender alone what is recorded for that question.

        A person who presses the answer again that they have just given may not have seen the reply: the card is shown
        again.
        """
        question_id = action.arguments[0] if action.arguments else None
        if question_id is None or question_id not in conversation.answers:
            return super().stale_press(conversation, message, action)
        record = recorded(self.pack, conversation, question_id)
        same = action.verb is Verb.ANSWER and action.arguments[1:] == (record.answer.option,)
        age = max(0, message.at - record.answer.at)
        again = is_pressed_again(question_id, record.answer, message)
        card = self.replay(conversation, message.at) if again else ()
        return Turn(conversation, card, aside=() if same else (AlreadyAnswered(record, age),))

    def _resume(self, conversation: Conversation, message: Message) -> Turn:
        """The open question again, in its first form."""
        return self._cards.show(with_proposal(self.pack, None, moved_on(conversation, started=True)), message)

    def _reopen(self, conversation: Conversation, message: Message, question_id: str) -> Turn:
        """Asks a question again; its old answer is kept until another is given."""
        after = moved_on(conversation, started=True).replace(revisit=question_id)
        return self._cards.show(after, message)

    def _record(
        self,
        conversation: Conversation,
        message: Message,
        question_id: str,
        option: str,
        how: AnswerMethod,
        others: Mapping[str, Reading] | None = None,
    ) -> Turn:
        """Records an answer to the open question, and the other answers of the text, which are shown."""
        answers, changes = with_stated(self.pack, conversation, message, others or {})
        answers[question_id] = given_answer(message, Reading(option, ""), how)
        answered = with_proposal(self.pack, self.prompt(conversation), moved_on(conversation, answers=answers))
        new = {q: r for q, r in (others or {}).items() if q not in conversation.answers}
        return with_move(
            self.pack, conversation, self._cards.show_understood(answered, message, new, *changes), changes
        )
