"""Steps through the lessons."""

from dialogs.replies.lessons import LessonCard
from tests.dialogs.talk import Talk
from tests.knowledge.fixtures import pack

PACK = pack()

LESSONS = list(enumerate(PACK.lessons, 1))

REQUEST = "should we fine-tune our support bot?"


def kinds(talk: Talk) -> list[type]:
    return [type(reply) for reply in (*talk.turn.below, *talk.turn.card)]


def right(number: int) -> str:
    return f"lesson:{number}:{PACK.lessons[number - 1].check.right.id}"


def wrong(number: int) -> str:
    options = PACK.lessons[number - 1].check.options
    return f"lesson:{number}:{next(option.id for option in options if not option.right)}"


def lesson_shown(talk: Talk) -> int:
    (shown,) = [reply.number for reply in talk.turn.card if isinstance(reply, LessonCard)]
    return shown


def through(talk: Talk, missed: tuple[int, ...] = ()) -> Talk:
    talk.say("learn")
    for number, _ in LESSONS:
        talk.press(wrong(number) if number in missed else right(number))
    return talk
