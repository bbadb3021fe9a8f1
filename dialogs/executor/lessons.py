"""Lessons: begun, chosen, answered, looked at."""

from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import Tour
from dialogs.executor.navigation import anothers, by_flow
from dialogs.executor.targets import Context
from dialogs.flows import lesson_progress
from dialogs.flows.lesson_progress import AtLesson
from dialogs.flows.practice import case_about
from dialogs.message import number_in
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonsToChoose
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged
from dialogs.turn import Effects, Turn
from knowledge.pack import Question


def learn(context: Context, effects: Effects, command: Command) -> Effects:
    conversation, lessons, pack = effects.conversation, context.advisor.flows.lessons, context.advisor.pack
    theirs, tour = anothers(context, effects, lessons), conversation.tour
    if theirs is not None and command.what in (What.ANSWER, What.SCORE, What.HINT):
        return theirs
    told = map(number_in, command.value.split())
    numbers = tuple(number if number <= len(pack.lessons) else 0 for number in told)
    match command.what:
        case What.ANSWER:
            return _lesson_answer(context, effects, command)
        case What.LESSON if len(numbers) == 1:
            return by_flow(context, effects, command)
        case What.LESSON if numbers and all(numbers):
            return effects.told(command, LessonsToChoose(tuple((n, pack.lessons[n - 1]) for n in numbers)))
        case What.FIND if not command.value:
            return effects.told(command, Notice("lesson_ahead_none", {"total": str(len(pack.lessons))}))
        case What.FIND if all(numbers):
            titles = {"number": str(numbers[0]), "title": pack.lessons[numbers[0] - 1].title}
            return effects.told(command, Notice("lesson_ahead", titles))
        case What.SCORE if tour is not None:
            return reviewed(effects, command, tour, lesson_progress.score_told(pack, tour))
        case What.HINT if isinstance(at := lessons.prompt(conversation), AtLesson):
            return effects.told(command, Notice("lesson_explained", {"text": at.lesson.simpler or at.lesson.text}))
        case What.HINT if tour is not None:
            return effects.drawn(command, conversation)
        case What.PRACTICE if isinstance(lessons.prompt(conversation), Question) and lessons.chosen(conversation):
            return effects.drawn(command, lessons.activate(conversation))  # the case that is under way
        case What.LESSON | What.FIND:
            return effects.refused(Notice("no_such_lesson"))
        case What.PRACTICE if command.value and pack.practice and tour is not None:
            closest = context.advisor.knowledge.matcher.scenario(command.value).id
            case = case_about(pack, command.value, closest)
            lead = () if case is not None else (Notice("no_case_on_that"),)
            meant = command.replace(value="" if case is None else case.scenario)
            tried = by_flow(context, effects, meant, command)
            return tried._replace(card=(*lead, *tried.card)) if tried.card else tried
        case What.TEST if tour is not None:  # it starts the lessons over, wherever it is asked for
            active = effects._replace(conversation=lessons.activate(conversation))
            return by_flow(context, active, Command(Kind.GO, What.RESTART), command)
        case What.PRACTICE:
            return by_flow(context, effects, command.replace(value=""), command)
        case What.CONTINUE if tour is not None:
            return by_flow(context, effects, command)
        case _:
            return by_flow(context, effects, Command(Kind.LEARN, What.START), command)


def reviewed(effects: Effects, command: Command, tour: Tour, told: Reply) -> Effects:
    """What was right or wrong; in public for the learner alone."""
    if tour.public:
        return effects.absorbed(command, Turn(effects.conversation, aside=(told,), confidential=True))
    return effects.told(command, told)


def _lesson_answer(context: Context, effects: Effects, command: Command) -> Effects:
    """An answer to a lesson's question by its place, or to the question of a case."""
    conversation, message, lessons = effects.conversation, context.message, context.advisor.flows.lessons
    prompt, pack = lessons.prompt(conversation), context.advisor.pack
    if command.question not in pack.question_of:
        command = command.replace(question=NONE)  # of a lesson, whose question is known by what is open
    option = command.value if command.option == NONE else command.option
    if lessons.chosen(conversation).get(command.question) == option:
        asked = context.asks_about(command.question)
        told = AnswerChanged(pack.question(command.question), option, option, "", command.quote, asked)
        return effects.wrote(command, conversation, told)
    if prompt is None:
        return effects.refused(Notice("nothing_open"))
    active = lessons.activate(conversation)
    if command.question != NONE:
        if not pack.has_option(command.question, option):
            return effects.refused(Notice("no_such_option"))
        tour, question = lesson_progress.tour_of(active), pack.question(command.question)
        old = tour.answers.get(question.id)
        changed = effects.absorbed(command, lessons.answer_case(active, message, {question.id: option}))
        return changed if old is None or tour.public else changed.refused(AnswerChanged(question, option, old))
    ids = [option.id for option in prompt.options]
    place = number_in(command.value)
    option = ids[place - 1] if 0 < place <= len(ids) else command.value
    others = [q.id for q in pack.questions if isinstance(prompt, Question) and pack.has_option(q.id, option)]
    if option not in ids and len(others) == 1:  # it answers another question of the case
        return effects.absorbed(command, lessons.answer_case(active, message, {others[0]: option}))
    if option not in ids and not (option == "unsure" and lessons.takes_unsure(active)):
        return effects.refused(Notice("no_such_option"))
    return effects.absorbed(command, lessons.answer(active, message, option))
