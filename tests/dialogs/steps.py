"""Steps of a conversation that several tests take."""

from tests.dialogs.talk import Talk, kind

REQUEST = "should we fine-tune our support bot?"


def kinds(talk: Talk) -> list[object]:
    return [kind(reply) for reply in (*talk.turn.below, *talk.turn.card, *talk.turn.expanded)]


def with_result(talk: Talk) -> Talk:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    return talk


def finished(talk: Talk) -> Talk:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:high", who="ben")
    return talk.press("answer:domain:general").press("answer:budget:limited").press("answer:consistency:tolerant")
