"""The flow that asks the framework's questions and ends in a recommendation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.conversation import (
    EVIDENCE_LIMIT,
    IDEA_LIMIT,
    Answer,
    AnswerMethod,
    Conversation,
    Proposal,
    open_question,
    previous_question,
    read_mark,
    shown_readings,
)
from dialogs.deduplication import is_pressed_again
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.replay import recommend, recorded, replay, summarise
from dialogs.intents import ProgressQuestion, ProgressTopic, ResultTopic
from dialogs.message import Action, Message, Press, Verb, text_of
from dialogs.replies import Reply
from dialogs.replies.notices import NewOrContinue, Notice
from dialogs.replies.questions import (
    AlreadyAnswered,
    AnswerChanged,
    AnswersRead,
    ClosedQuestion,
    InterimResult,
    LikelyChange,
    QuestionCard,
    UnderstoodAnswers,
    WhyAsked,
)
from dialogs.replies.results import (
    Moved,
    OtherResult,
    Recommendation,
    ResultChanges,
    ResultDetails,
    ResultReasons,
    ResultStrength,
    SharedResult,
    ShortResult,
)
from dialogs.turn import Turn
from knowledge.decision import decide, final_verdict
from knowledge.interfaces import PROJECT, Knowledge, Reading
from knowledge.pack import UNSURE, Question


class QuestionsFlow(Flow):
    """See `Flow`. Everybody in the thread may answer."""

    name = ""
    verbs = frozenset({Verb.ANSWER, Verb.CONFIRM, Verb.EDIT, Verb.START, Verb.NEW, Verb.SHOW, Verb.DETAILS})
    never_stale = frozenset({Verb.START, Verb.EDIT, Verb.SHARE})
    accepts_descriptions = True
    waiting_remark = "questions_wait"

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge

    @staticmethod
    def _stopped(conversation: Conversation) -> bool:
        """Whether the questions were stopped and can be continued."""
        return not conversation.started and bool(conversation.answers or conversation.idea)

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """Its own; and to share, while its result is what is shown."""
        if verb is Verb.SHARE:
            return conversation.flow == self.name and conversation.started and self.prompt(conversation) is None
        return super().claims(conversation, verb)

    def under_way(self, conversation: Conversation) -> bool:
        """Since the first question, until it is stopped."""
        return conversation.started

    def prompt(self, conversation: Conversation) -> Question | None:
        """The open question."""
        return open_question(self.pack, conversation)

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The choice between two ideas, the open question, the recommendation, or the greeting."""
        return replay(self._knowledge, conversation, at)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The same, shorter. What was read from a text stays on the card where it was said."""
        return tuple(
            reply._replace(again=True, first=False) if isinstance(reply, QuestionCard) else reply
            for reply in self.replay(conversation, at)
        )

    def progress_topics(self, conversation: Conversation) -> frozenset[ProgressTopic]:
        """Of what is open it tells one thing, whatever is asked; a result stands."""
        if not conversation.started:
            return frozenset()
        if self.prompt(conversation) is None:
            return frozenset({ProgressTopic.STANDING})
        return frozenset(ProgressTopic) - {ProgressTopic.AHEAD}

    def progress(self, conversation: Conversation, at: int, asked: ProgressQuestion) -> Reply | None:
        """The result in short; while a question is open, what it would be so far and how many are."""
        question = self.prompt(conversation)
        if question is None:
            return ShortResult(recommend(self._knowledge, conversation, at))
        given = {name: option for name, option in conversation.chosen.items() if name != question.id}
        decided, certain = decide(self.pack, given), final_verdict(self.pack, given) if given else None
        points = any(reason.towards is not None for reason in decided.reasons)
        return InterimResult(
            verdict=self.pack.verdict(decided.verdict) if points else None,
            left=len(self.pack.questions) - len(given),
            certain=certain is not None,
        )

    def _still_read(self, conversation: Conversation) -> tuple[str, ...]:
        question = self.prompt(conversation)
        return tuple(
            name
            for name in shown_readings(conversation)
            if name in conversation.answers
            and conversation.answers[name].how is AnswerMethod.READ
            and (question is None or question.id != name)
        )

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """An answered question becomes a one-line record, one that was not answered goes; a recommendation stays.

        What was read from a text stays where it was said. Passages that stood with it, as up to the version before,
        stay.
        """
        question = self.prompt(before)
        if question is None:
            return ClosedCard(self.replay(before, at)) if before.started else None
        lead = self.lead(before)
        answered = before.pending is None and self.prompt(after) != question and question.id in after.answers
        record = recorded(self.pack, after, question.id) if answered else None
        read = self._still_read(before) if record is None and before.pending is None else ()
        if read:
            said = UnderstoodAnswers(tuple(recorded(self.pack, before, name) for name in read), closed=True)
            return ClosedCard((*lead, said))
        if lead and record is None:
            return ClosedCard(lead)
        return ClosedCard((*lead, ClosedQuestion(question, record)), deleted=record is None)

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Some words mean one thing while a choice is open and another at any other time."""
        match verb:
            case Verb.CONTINUE if self._stopped(conversation):
                return True
            case Verb.NEW | Verb.CONTINUE:
                return conversation.pending is not None or conversation.revisit is not None
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
        """All but the start needs the questions to be under way, and an answer its own question to be open."""
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
                return None if any(q.id == question_id for q in self.pack.questions) else "outdated"
            case _:
                return None

    def _objection_while_stopped(self, conversation: Conversation, verb: Verb) -> Remark | None:
        if verb is Verb.START or (verb is Verb.CONTINUE and self._stopped(conversation)):
            return None
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
                    return self._show(conversation, message, Notice("at_the_first"))
                return self._reopen(conversation, message, previous.id)
            case Action(Verb.WHY):
                question = self.prompt(conversation)
                if question is None:
                    return self.about_result(conversation, message, ResultTopic.REASONS)
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
                return self._show(_moved_on(conversation, concluded=True), message)
            case Action(Verb.RESTART):
                begun = _moved_on(conversation, started=True, concluded=False, answers={})
                return self._show(begun.replace(likely=()), message)
            case Action(Verb.CANCEL) if self._opened_from_result(conversation):
                return self._resume(conversation, message)
            case Action(Verb.CANCEL):
                ended = _moved_on(conversation, started=False)  # what was said stays, to be continued
                return Turn(ended, (Notice("cancelled"),))
            case Action(Verb.START) if self.prompt(conversation) is not None:
                return self._resume(conversation, message)
            case Action(Verb.START):
                return self.start(conversation, message)
            case Action(Verb.NEW):
                return self.start(conversation, message, conversation.pending or "", conversation.pending_by)
            case _:  # a button of a flow that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def _opened_from_result(self, conversation: Conversation) -> bool:
        """Whether a result was shown before a question was opened again."""
        return conversation.revisit is not None and self.prompt(conversation.replace(revisit=None)) is None

    def start(self, conversation: Conversation, message: Message, idea: str = "", by: str | None = None) -> Turn:
        """A new idea: what its description already says is shown as understood, the first open question is asked.

        `by` is what the conversation holds for whoever wrote it (`Conversation.author`), the sender unless given.
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
            answers=_read_answers(readings, message),
            likely=self._likely(idea),
        )
        if idea:
            self._knowledge.matcher.prepare(begun.idea)
        return self._show_understood(self._proposing(None, begun), message, readings)

    def _likely(self, idea: str) -> tuple[Proposal, ...]:
        """What an idea's description sounds like, of what was not read from it."""
        likely = self._knowledge.reader.likely(idea) if idea else {}
        return tuple(
            Proposal(question=question, option=reading.option, evidence=reading.evidence[:EVIDENCE_LIMIT], told=True)
            for question, reading in likely.items()
            if reading.evidence  # who goes on accepts only what there are words for
        )

    def _proposing(self, before: Question | None, after: Conversation) -> Conversation:
        """With what the description sounds like proposed, once, where its question has just come up."""
        if not after.likely or after.confirm is not None:
            return after
        question = self.prompt(after)
        if question is None or question == before or question.id in after.answers:
            return after
        proposal = next((each for each in after.likely if each.question == question.id), None)
        left = tuple(each for each in after.likely if each is not proposal)
        return after if proposal is None else after.replace(confirm=proposal, likely=left)

    def advise(self, conversation: Conversation, message: Message, idea: str) -> Turn:
        """Advice on an idea is asked for; while the questions are about another the person chooses between the two."""
        question = self.prompt(conversation)
        if question is None or self._idea_awaited(conversation):
            return self.start(conversation, message, idea)
        by = conversation.author(message.sender.id)
        waiting = conversation.replace(pending=idea[:IDEA_LIMIT], pending_by=by)
        return Turn(waiting, (NewOrContinue(idea, question),))

    def _idea_awaited(self, conversation: Conversation) -> bool:
        """Whether the questions began before anything was said about an idea: after "start", or "i have an idea"."""
        said = conversation.confirm is not None and not conversation.confirm.told
        if conversation.answers or said or len(conversation.people) > 1:
            return False
        return not conversation.idea or self._knowledge.matcher.project(conversation.idea) < PROJECT

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """The open question is answered.

        A text that is older than the newest answer was meant for an earlier question: the platform delivered it again
        after the person had moved on.
        """
        question = self.prompt(conversation)
        if question is None:
            raise ValueError("an answer needs an open question")
        if any(message.at < answer.at for answer in conversation.answers.values()):
            return Turn(conversation, aside=(Notice("came_late"),))
        return self._record(conversation, message, question.id, option, AnswerMethod.TYPED, others)

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Recorded answers are replaced; everything else stays."""
        return self._corrected(conversation, self._assuming(conversation, message, readings), message, readings)

    def note(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """The same for what says nothing about the option that waits to be confirmed: it goes on waiting."""
        return self._corrected(conversation, conversation, message, readings)

    def _corrected(
        self, before: Conversation, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
    ) -> Turn:
        answers = dict(conversation.answers)
        changes: list[Reply] = []
        for question_id, reading in readings.items():
            old = answers.get(question_id)
            answers[question_id] = _answer(message, reading.option, AnswerMethod.TYPED, reading.evidence)
            other = old.option if old is not None and old.option != reading.option else None
            changes.append(AnswerChanged(self.pack.question(question_id), reading.option, other))
        revisit = conversation.revisit if conversation.revisit not in readings else None
        proposal = conversation.confirm
        confirm = None if proposal is None or proposal.question in answers else proposal
        after = conversation.replace(answers=answers, revisit=revisit, pending=None, confirm=confirm)
        if self.prompt(before) is None and self.prompt(after) is None and after.chosen == before.chosen:
            verdict = self.pack.verdict(decide(self.pack, before.chosen).verdict)
            return Turn(before, below=(Notice("changes_nothing", {"verdict": verdict.name}),))
        after = self._proposing(self.prompt(before), after)
        return self._with_move(before, self._show_assumed(before, after, message, *changes), changes)

    def _with_move(self, before: Conversation, turn: Turn, changes: Sequence[Reply] = ()) -> Turn:
        """The turn with a line on what the one answer that it changed has moved, where a result was shown before."""
        after = turn.conversation
        had = before.chosen
        shown_before = before.started and (before.concluded or len(had) == len(self.pack.questions))
        moved = [question for question, option in after.chosen.items() if had.get(question, option) != option]
        if not shown_before or len(moved) != 1 or len(after.chosen) != len(had) or self.prompt(after) is not None:
            return turn
        question = self.pack.question(moved[0])
        old = self.pack.verdict(decide(self.pack, had).verdict)
        move = Moved(question, had[question.id], after.chosen[question.id], old)
        card = tuple(
            replace(reply, moved=move) if isinstance(reply, Recommendation) else reply
            for reply in turn.card
            if reply not in changes
        )
        return turn._replace(card=card)

    def propose(
        self,
        conversation: Conversation,
        message: Message,
        question_id: str,
        option: str,
        others: Mapping[str, Reading],
    ) -> Turn:
        """An answer that is likely meant waits to be confirmed; what else is stated counts at once."""
        before, conversation = conversation, self._assuming(conversation, message, {question_id: option, **others})
        answers, changes = self._with_stated(conversation, message, others)
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
            return self._propose_after_result(after, message, *changes, *noted)
        if old is None or open_.id == question_id:
            return self._show_assumed(before, after, message, *changes, *noted)
        likely = LikelyChange(self.pack.question(question_id), option, old.option)
        return self._show_assumed(before, after, message, *changes, *noted, likely)

    def _propose_after_result(self, conversation: Conversation, message: Message, *changes: Reply) -> Turn:
        """The proposal below the result, which is shown anew where something else was taken. Only a yes takes it."""
        proposal = conversation.confirm
        if proposal is None:
            raise ValueError("nothing was proposed")
        recorded_option = conversation.chosen.get(proposal.question, UNSURE)
        likely = LikelyChange(self.pack.question(proposal.question), proposal.option, recorded_option)
        after = conversation.replace(confirm=replace(proposal, evidence=""))
        if not changes:
            return Turn(after, below=(likely,))
        return self._show_again(after, message, *changes)._replace(below=(likely,))

    @staticmethod
    def _assuming(conversation: Conversation, message: Message, said: Collection[str]) -> Conversation:
        """With the answer that waits to be confirmed, where somebody who is alone here goes on about other questions.

        Whoever was understood goes on. It counts as read from their words, and is shown as such, to be changed.
        """
        proposal = conversation.confirm
        if proposal is None or not proposal.evidence or len(conversation.people) > 1:
            return conversation
        if proposal.question in conversation.answers or proposal.question in said:
            return conversation
        answer = _answer(message, proposal.option, AnswerMethod.READ, proposal.evidence)
        return conversation.replace(answers={**conversation.answers, proposal.question: answer}, confirm=None)

    def _show_assumed(self, before: Conversation, after: Conversation, message: Message, *lead: Reply) -> Turn:
        """What was open before, shorter; or, where the proposal was taken, what was taken and the next question."""
        proposal = before.confirm
        if proposal is None or proposal.question in before.answers:
            return self._show_again(after, message, *lead)
        taken = after.answers.get(proposal.question)
        if taken is None or taken.how is not AnswerMethod.READ:
            return self._show_again(after, message, *lead)
        return self._show_understood(
            after, message, {proposal.question: Reading(taken.option, proposal.evidence)}, *lead
        )

    def confirm(self, conversation: Conversation, message: Message, *, left: bool = False) -> Turn:
        """Takes the answer that waits to be confirmed. `left` to the advisor, it says which that is."""
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
        """Forgets the answer that waits to be confirmed."""
        question, proposal = self.prompt(conversation), conversation.confirm
        after = conversation.replace(confirm=None)
        if question is None or proposal is None:
            return Turn(after, below=(Notice("left_as_it_was"),))
        asked = question.id == proposal.question and self.prompt(after) == question
        after = self._proposing(question, after)
        return self._show_again(after, message, Notice("which_then" if asked else "left_as_it_was"))

    def about_result(self, conversation: Conversation, message: Message, topic: ResultTopic) -> Turn:
        """What somebody asks about the result, as a message of its own below it."""
        result = recommend(self._knowledge, conversation, message.at)
        match topic:
            case ResultTopic.REASONS:
                return Turn(conversation, below=(ResultReasons(result),))
            case ResultTopic.CHANGES:
                return Turn(conversation, below=(ResultChanges(result),))
            case ResultTopic.STRENGTH:
                return Turn(conversation, below=(ResultStrength(result),))
            case ResultTopic.SUMMARY:
                return Turn(conversation, below=(summarise(self._knowledge, conversation, message.at, message.link),))
            case ResultTopic.READ:
                read = tuple(r for r in result.records if r.answer.how is AnswerMethod.READ)
                return Turn(conversation, below=(AnswersRead(read),))

    def suppose(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """What the result would be with other answers. A single one can then be changed by a yes."""
        chosen = conversation.chosen
        other = {question: reading.option for question, reading in readings.items()}
        if not other:
            return Turn(conversation, below=(Notice("what_if_unclear"),))
        changed = {question: option for question, option in other.items() if chosen.get(question) != option}
        result = OtherResult(
            tuple((self.pack.question(question), option) for question, option in (changed or other).items()),
            self.pack.verdict(decide(self.pack, {**chosen, **other}).verdict),
            self.pack.verdict(decide(self.pack, chosen).verdict),
            offer=len(changed) == 1,
        )
        offered = [Proposal(question=question, option=option) for question, option in changed.items()]
        confirm = offered[0] if len(offered) == 1 else None
        return Turn(conversation.replace(confirm=confirm), below=(result,))

    def stale_press(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """What is recorded for that question, for the sender alone.

        Whoever presses the answer again that they have just given may not have seen it arrive: the card is shown anew.
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

    def _show(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self.replay(conversation, message.at)))

    def _resume(self, conversation: Conversation, message: Message) -> Turn:
        """What is open is shown again, as it was first put."""
        return self._show(self._proposing(None, _moved_on(conversation, started=True)), message)

    def _show_again(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        """A question that was open before is shorter now."""
        return Turn(conversation, (*lead, *self.reprompt(conversation, message.at, digressed=False)))

    def _reopen(self, conversation: Conversation, message: Message, question_id: str) -> Turn:
        """A question is asked again, its old answer kept until another is given."""
        after = _moved_on(conversation, started=True).replace(revisit=question_id)
        return self._show(after, message)

    def _record(
        self,
        conversation: Conversation,
        message: Message,
        question_id: str,
        option: str,
        how: AnswerMethod,
        others: Mapping[str, Reading] | None = None,
    ) -> Turn:
        """The open question is answered; whatever else was stated counts as well, and is shown."""
        answers, changes = self._with_stated(conversation, message, others or {})
        answers[question_id] = _answer(message, option, how)
        answered = self._proposing(self.prompt(conversation), _moved_on(conversation, answers=answers))
        new = {q: r for q, r in (others or {}).items() if q not in conversation.answers}
        return self._with_move(conversation, self._show_understood(answered, message, new, *changes), changes)

    def _with_stated(
        self, conversation: Conversation, message: Message, stated: Mapping[str, Reading]
    ) -> tuple[dict[str, Answer], tuple[Reply, ...]]:
        """The answers with what is stated besides, and which recorded ones that changes."""
        changes = tuple(
            AnswerChanged(self.pack.question(question_id), reading.option, conversation.answers[question_id].option)
            for question_id, reading in stated.items()
            if question_id in conversation.answers
        )
        return {**conversation.answers, **_read_answers(stated, message)}, changes

    def _show_understood(
        self, conversation: Conversation, message: Message, readings: Mapping[str, Reading], *lead: Reply
    ) -> Turn:
        """What was just read is shown once: the question below does not repeat it among its records."""
        if not readings:
            return self._show(conversation, message, *lead)
        understood = UnderstoodAnswers(tuple(recorded(self.pack, conversation, q) for q in readings))
        below = (
            reply._replace(records=tuple(r for r in reply.records if r.question.id not in readings))
            if isinstance(reply, QuestionCard)
            else reply
            for reply in self.replay(conversation, message.at)
        )
        return Turn(conversation, (*lead, understood, *below), shown=tuple(map(read_mark, readings)))


def _moved_on(conversation: Conversation, **changes: object) -> Conversation:
    """The conversation with these changes, and without what waited to be gone on with. What its idea's description
    sounds like is proposed again, until somebody answers.
    """
    proposal = conversation.confirm
    after = conversation.replace(revisit=None, pending=None, confirm=None, **changes)
    if proposal is None or not proposal.told or proposal.question in after.answers:
        return after
    return after.replace(likely=(proposal, *after.likely))


def _read_answers(readings: Mapping[str, Reading], message: Message) -> dict[str, Answer]:
    return {q: _answer(message, reading.option, AnswerMethod.READ, reading.evidence) for q, reading in readings.items()}


def _answer(message: Message, option: str, how: AnswerMethod, evidence: str | None = None) -> Answer:
    sender = message.sender
    cut = evidence[:EVIDENCE_LIMIT] if evidence else None
    return Answer(option=option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=cut)
