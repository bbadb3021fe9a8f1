"""Answers that a language model words: what is there comes at once, the words once, whatever happens meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.storage.outbox import Lease, Outbox
from bot.storage.record import Card
from bot.turns import listener as listener_module
from bot.turns.channel import SentMessage, TryLater
from bot.turns.service import Service
from bot.turns.worded_answers import in_parts
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, hashed
from dialogs.message import Message
from dialogs.replies.model_answers import Worded
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views.plain_text import plain
from dialogs.wording.draft import Draft, Drafts, Sentence
from dialogs.wording.placement import Words
from tests.bot.accepting import LATER, accepted, away, finish, killed, message, waiting
from tests.bot.harness import ADDRESS, NOON, PLACE, FakeSurface, Harness, pressable
from tests.bot.scripted_listener import BOTH, HEARD_IN_BOTH, WORDS, ScriptedListener, ScriptedSpeaker
from tests.dialogs.executor.lines import ALL_FIVE, explain, set_
from tests.patience import HUNG

IDEA, ASKED, WHY = "should we fine-tune our support bot?", "and its cost?", "it is 30 mails a day by now, why then?"
TABLE = "it is 30 mails a day by now, how do you decide, and all of it as csv please"
HEARD = {
    BOTH: HEARD_IN_BOTH,
    ASKED: (Command(Kind.ASK, value="what does fine-tuning cost?"),),
    WHY: (set_("volume", "low", quote="30 mails a day by now"), explain(What.VERDICT)),
    TABLE: (
        set_("volume", "low", quote="30 mails a day by now"),
        explain(What.RULES),
        Command(Kind.WRITE, What.CSV),
    ),
}
SAID = "Each answer counts for one side. Some count twice."
RECEIPT, OPEN, RULES, COST = "Volume and speed: low", "Still open", "the sum decides", "in the hundreds to thousands"


@dataclass
class Telling(FakeSurface):
    """A platform that tells what is there. A message is posted once `takes` is set; `reached`: one is to be."""

    takes: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, view: View) -> Card:
        self.reached.set()
        await self.takes.wait()
        return await super().post(view)

    async def sent(self, since: int) -> Sequence[SentMessage]:
        shown = self.messages.items()
        return [SentMessage(Card(one, ADDRESS), plain(view), view.revision, pressable(view)) for one, view in shown]

    def count(self, text: str) -> int:
        return sum(text in shown for shown in self.texts())


@pytest.fixture
def speaker(harness: Harness, elsewhere: Service) -> ScriptedSpeaker:
    """Speaks in both processes; both hear what is asked."""
    speaker = ScriptedSpeaker()
    for where in (harness.service, elsewhere):
        where.accepted.listener = ScriptedListener(exact=frozenset((IDEA, "help", "rules")), by_text=HEARD)
        where.worded.speaker = speaker
    return speaker


@pytest.fixture
async def surface(harness: Harness) -> Telling:
    """Where the questions have begun."""
    surface = harness.surface = Telling()
    surface.takes.set()
    await harness.say(IDEA, "e0")
    return surface


async def begun(harness: Harness, text: str, name: str = "e1", at: int = NOON + 50) -> "asyncio.Task[object]":
    return asyncio.create_task(
        finish(harness.service, await accepted(harness.service, message(text, name, at)), harness.surface)
    )


async def until(surface: Telling, text: str) -> None:
    async with asyncio.timeout(HUNG):
        while not surface.count(text):
            await asyncio.sleep(0.01)


async def test_what_is_written_and_open_comes_at_once_and_the_answer_in_its_words_later(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, RECEIPT)
    await until(surface, OPEN)
    assert not task.done()
    assert surface.count(RULES) == 0
    assert [entry.words for entry in await waiting(harness)] == [None]
    speaker.answers.set()
    await task
    assert surface.texts()[-1].startswith(SAID)
    assert "From section two." in surface.texts()[-1]
    assert (surface.count(RECEIPT), surface.count(RULES), speaker.asked) == (1, 0, [BOTH])
    assert len(surface.live()) == 1
    assert await waiting(harness) == []


async def test_where_no_words_come_the_built_in_answer_does(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    speaker.said = None
    speaker.answers.set()
    await (await begun(harness, BOTH))
    assert (surface.count(RECEIPT), surface.count(RULES), surface.count(OPEN)) == (1, 1, 1)
    assert await waiting(harness) == []


async def test_a_speaker_that_never_answers_is_given_up(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener_module, "GRACE", 0.05)
    speaker.limit = 0.0
    await (await begun(harness, BOTH))
    assert (surface.count(RULES), speaker.asked) == (1, [BOTH])


async def test_an_error_of_a_speaker_leaves_the_built_in_answer(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "answers", None)
    await (await begun(harness, BOTH))
    assert (surface.count(RULES), speaker.asked, await waiting(harness)) == (1, [BOTH], [])


async def test_where_the_answer_is_all_one_message_comes(harness: Harness, speaker: ScriptedSpeaker) -> None:
    surface = harness.surface = Telling()
    surface.takes.set()
    task = await begun(harness, ASKED)
    await asyncio.wait_for(speaker.asking.wait(), HUNG)
    assert surface.messages == {}
    speaker.answers.set()
    await task
    assert len(surface.messages) == 1
    assert SAID in surface.texts()[0]
    stored = await harness.sessions.load(PLACE)
    assert (stored.card.message, stored.delivered) == (next(iter(surface.messages)), 1)


async def test_a_text_is_kept_for_the_next_line_and_gone_with_its_conversation(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    mail = Draft((Sentence("We begin.", ()),), by=hashed("ana"), form="mail")
    speaker.said = WORDS._replace(drafts=(mail,))
    speaker.answers.set()
    revision = (await harness.sessions.load(PLACE)).revision
    await (await begun(harness, BOTH))
    stored = await harness.sessions.load(PLACE)
    assert (Drafts.of(stored.draft, mail.by).drafts, stored.revision) == ((mail,), revision + 1)
    assert (await harness.sessions.delete(PLACE), (await harness.sessions.load(PLACE)).draft) == (True, "")
    await harness.sessions.keep_draft(PLACE, stored.draft)
    assert (await harness.sessions.load(PLACE)).document is None


async def test_what_was_not_heard_by_a_model_is_not_worded_by_one(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    await harness.say("rules", "e1")
    assert (surface.count(RULES), speaker.asked) == (1, [])


async def test_a_channel_that_waits_for_the_effect_shows_all_of_it_at_once(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    speaker.answers.set()
    await harness.say(BOTH, "e1")
    told = "\n".join(surface.texts())
    assert told.index(RECEIPT) < told.index(SAID) < told.index(OPEN)
    assert (surface.count(RULES), await waiting(harness)) == (0, [])


async def test_it_is_shown_until_the_words_are_there_that_they_take_a_while(
    harness: Harness, speaker: ScriptedSpeaker
) -> None:
    over = list[bool]()

    class Thinking(Telling):
        async def think(self, said: Message, words: str, ended: asyncio.Event) -> None:
            await ended.wait()
            over.append(speaker.answers.is_set())

    harness.surface = surface = Thinking()
    surface.takes.set()
    task = await begun(harness, ASKED)
    await asyncio.wait_for(speaker.asking.wait(), HUNG)
    await asyncio.sleep(0)
    assert over == []
    speaker.answers.set()
    await task
    await harness.service.background.join()
    assert over == [True]


# A process dies


async def killed_while_posting(harness: Harness, surface: Telling, speaker: ScriptedSpeaker) -> None:
    """The first part is shown, the words are stored, and the process dies while they are posted."""
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    surface.takes.clear()
    surface.reached.clear()
    speaker.answers.set()
    await asyncio.wait_for(surface.reached.wait(), HUNG)
    await killed(task)


async def test_what_was_stored_is_posted_by_another_process_in_the_same_words(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    await killed_while_posting(harness, surface, speaker)
    assert [entry.words for entry in await waiting(harness)] == [WORDS]
    surface.takes.set()
    speaker.said = Words(("Other words.",))
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count("Other"), surface.count(RULES), surface.count(RECEIPT)) == (1, 0, 0, 1)
    assert (speaker.asked, await waiting(harness)) == ([BOTH], [])


async def test_what_was_being_worded_is_answered_in_the_built_in_words(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    await killed(task)
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count(RULES), surface.count(RECEIPT)) == (0, 1, 1)
    assert (len(surface.live()), await waiting(harness)) == (1, [])


@pytest.mark.parametrize("refused", [False, True])
async def test_below_receipts_of_a_result_the_words_are_shown_once(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker, refused: bool
) -> None:
    for answer in ALL_FIVE:
        await harness.press(f"answer:{answer.question}:{answer.option}")
    task = await begun(harness, WHY)
    await until(surface, "is now low")
    assert surface.count(SAID) == 0
    surface.trouble = TryLater("busy") if refused else None
    speaker.answers.set()
    await task
    surface.trouble = None
    assert sum("is now low" in text for text in surface.texts()) == 1
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), await waiting(harness)) == (1, [])


async def test_where_the_first_part_is_refused_half_way_the_answer_is_not_lost(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer in ALL_FIVE:
        await harness.press(f"answer:{answer.question}:{answer.option}")
    post = FakeSurface.post

    async def post_once(on: FakeSurface, view: View) -> Card:
        card = await post(on, view)
        surface.trouble = TryLater("busy")
        return card

    with monkeypatch.context() as patched:
        patched.setattr(FakeSurface, "post", post_once)
        await (await begun(harness, TABLE))
    surface.trouble = None
    assert (surface.count("is now low"), speaker.asked) == (1, [TABLE])
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(RULES), await waiting(harness)) == (1, [])


@pytest.mark.parametrize("text", [BOTH, ASKED])
@pytest.mark.parametrize("said", [WORDS, None])
async def test_what_was_posted_is_not_posted_again(
    harness: Harness,
    elsewhere: Service,
    surface: Telling,
    speaker: ScriptedSpeaker,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    said: Words | None,
) -> None:
    speaker.said, dying = said, asyncio.Event()
    speaker.answers.set()

    async def hang(*_: object) -> None:
        dying.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "acknowledge", hang)
        task = await begun(harness, text)
        await asyncio.wait_for(dying.wait(), HUNG)
        await killed(task)
    before, found = len(surface.messages), [surface.count(SAID), surface.count(RULES), surface.count(COST)]
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert [surface.count(SAID), surface.count(RULES), surface.count(COST)] == found
    assert (sum(found), len(surface.messages), await waiting(harness)) == (1, before, [])


# What happens meanwhile


async def test_a_press_on_what_was_shown_at_once_does_not_wait(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, RECEIPT)
    await until(surface, OPEN)
    await asyncio.wait_for(harness.press("answer:data:yes", "p1"), HUNG)
    assert (await harness.conversation()).answers["data"].option == "yes"
    assert not task.done()
    card = plain(surface.messages[surface.live()[0]])
    speaker.answers.set()
    await task
    assert surface.texts()[-1].startswith(SAID)
    assert card in surface.texts(), "the newer card stays as it is"
    assert (await waiting(harness), len(surface.live())) == ([], 1)


@pytest.mark.parametrize("first", [BOTH, ASKED])
async def test_a_newer_message_neither_loses_nor_doubles_it(
    harness: Harness, surface: Telling, speaker: ScriptedSpeaker, first: str
) -> None:
    task = await begun(harness, first)
    await asyncio.wait_for(speaker.asking.wait(), HUNG)
    await harness.say("help", "e2")
    speaker.answers.set()
    await task
    assert (surface.count(SAID), surface.count(RULES), surface.count(COST)) == (1, 0, 0)
    assert await waiting(harness) == []


async def test_a_newer_message_does_not_overwrite_an_answer_that_is_the_card(
    harness: Harness, elsewhere: Service, speaker: ScriptedSpeaker
) -> None:
    surface = harness.surface = Telling()
    surface.takes.set()
    task = await begun(harness, ASKED)
    await asyncio.wait_for(speaker.asking.wait(), HUNG)
    await harness.say(IDEA, "e2")
    speaker.answers.set()
    await task
    assert (surface.count(SAID), surface.count("Question 1 of"), len(surface.live())) == (1, 1, 1)
    assert await waiting(harness) == []


async def test_after_a_kill_and_a_newer_message_the_words_are_posted_once(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    await killed_while_posting(harness, surface, speaker)
    surface.takes.set()
    await harness.press("answer:data:yes", "p1")
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count(RULES)) == (1, 0)
    assert await waiting(harness) == []


async def test_of_a_conversation_that_was_erased_nothing_is_said(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    await harness.sessions.delete(PLACE)
    speaker.answers.set()
    await task
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count(RULES), await waiting(harness)) == (0, 0, [])


# What goes wrong


def test_words_are_shown_also_where_nobody_can_tell_any_more_what_they_stood_for(advisor: Advisor) -> None:
    turn = in_parts(Turn(Conversation.fresh(advisor.pack)), WORDS)
    assert [type(reply) for reply in turn.below] == [Worded]


async def test_what_the_platform_refuses_is_posted_later_in_the_same_words(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    surface.trouble = TryLater("busy")
    speaker.answers.set()
    await task
    surface.trouble = None
    assert [entry.words for entry in await waiting(harness)] == [WORDS]
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count(RULES), surface.count(RECEIPT)) == (1, 0, 1)
    assert (speaker.asked, await waiting(harness)) == ([BOTH], [])


async def test_words_that_could_not_be_stored_are_not_posted(
    harness: Harness,
    elsewhere: Service,
    surface: Telling,
    speaker: ScriptedSpeaker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    with monkeypatch.context() as patched:
        patched.setattr(Lease, "replace", away)
        speaker.answers.set()
        await task
    assert surface.count(SAID) == 0
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (surface.count(SAID), surface.count(RULES), surface.count(RECEIPT)) == (0, 1, 1)


async def test_an_answer_that_another_process_has_taken_over_is_left_to_it(
    harness: Harness, elsewhere: Service, surface: Telling, speaker: ScriptedSpeaker
) -> None:
    task = await begun(harness, BOTH)
    await until(surface, OPEN)
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert surface.count(RULES) == 1
    speaker.answers.set()
    await task
    assert (surface.count(SAID), surface.count(RULES)) == (0, 1)
