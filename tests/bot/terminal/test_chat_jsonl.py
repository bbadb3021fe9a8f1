"""Lines of JSON: whole conversations as a program has them."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.batch.jsonl import BadLine
from bot.storage.stores import Stores
from bot.terminal.chat_jsonl import ChatJsonl
from bot.turns.service import Service
from tests.bot.in_process import in_process
from tests.bot.run import advisor
from tests.shipped import shipped

KEYS = {"open", "answers", "verdict", "title", "confirm", "said", "buttons", "labels", "did", "board"}
REQUEST = "should we fine-tune our support bot?"


@pytest.fixture
def chat(stores: Stores) -> ChatJsonl:
    ids, clock = count(1), count(1_795_000_000, 30)
    service = Service(shipped(), stores)
    return ChatJsonl(shipped(), service, stores, "terminal:ana", lambda: next(clock), lambda: f"id{next(ids)}")


async def test_a_conversation_by_text_and_presses(chat: ChatJsonl) -> None:
    first = await chat.process({"text": REQUEST})
    assert first.keys() == KEYS
    assert (first["open"], first["answers"], first["verdict"]) == ("data", {}, None)
    assert first["title"] == "support bot"
    assert "answer:data:yes" in first["buttons"]
    assert len(first["said"]) == 1
    for question, option in (("data", "yes"), ("volume", "high"), ("domain", "specialised"), ("budget", "flexible")):
        await chat.process({"press": f"answer:{question}:{option}"})
    last = await chat.process({"text": "predictable"})
    assert (last["open"], last["verdict"]) == (None, "fine_tuning")
    assert last["answers"]["consistency"] == "predictable"
    old, result = last["said"]
    assert old.startswith("Consistency: must be predictable")
    assert result.startswith("support bot\nTune the model on your own examples\nFine-tuning")
    assert "edit:data" in last["buttons"]


async def test_a_press_of_what_is_not_shown_is_a_press_on_an_old_card(chat: ChatJsonl) -> None:
    await chat.process({"text": REQUEST})
    await chat.process({"press": "answer:data:yes"})
    late = await chat.process({"press": "answer:data:no"})
    assert late["answers"] == {"data": "yes"}
    assert "already answered" in late["said"][0]
    assert "edit:data" in late["buttons"]
    assert "answer:volume:high" in late["buttons"]
    never = await chat.process({"press": "answer:budget:limited"})
    assert never["answers"] == {"data": "yes"}
    later = await chat.process({"text": "why"})
    assert "edit:data" not in later["buttons"], "it belongs to a message of an earlier turn"
    await chat.process({"new": True})
    await chat.process({"text": REQUEST})
    assert "out of date" in (await chat.process({"press": "back"}))["said"][0]


async def test_an_older_card_says_nothing_again_though_it_changes(chat: ChatJsonl) -> None:
    await chat.process({"text": "triage\nsorting mails for our office\na bot that answers guests of our hotel"})
    await chat.process({"text": "open 1"})
    assert "Noted" in " ".join((await chat.process({"text": "note for 1: legal must agree"}))["said"])
    (shown,) = (await chat.process({"text": "open 2"}))["said"]
    assert shown.startswith("Idea 2. ")


async def test_a_new_conversation_knows_nothing_of_the_old_one(chat: ChatJsonl) -> None:
    await chat.process({"text": REQUEST})
    await chat.process({"press": "answer:data:yes"})
    assert await chat.process({"new": True}) == {
        "open": None,
        "answers": {},
        "verdict": None,
        "title": None,
        "confirm": None,
        "said": [],
        "buttons": [],
        "labels": {},
        "did": [],
        "board": [],
    }
    assert (await chat.process({"text": "start"}))["answers"] == {}


async def test_people_in_one_thread_talk_to_each_other(chat: ChatJsonl) -> None:
    await chat.process({"text": REQUEST, "from": "ana"})
    assert (await chat.process({"text": "anybody up for lunch?", "from": "ben"}))["said"] == []
    told = await chat.process({"text": "how much does fine-tuning cost?", "from": "ben", "mention": True})
    assert "hundreds to thousands" in " ".join(told["said"])
    answered = await chat.process({"text": "yes", "from": "ben"})
    assert answered["answers"] == {"data": "yes"}
    assert "by ben" in " ".join(answered["said"])


async def test_whoever_gives_no_name_is_named_to_nobody(chat: ChatJsonl) -> None:
    await chat.process({"text": REQUEST})
    for answer in ("data:no", "volume:low", "domain:general", "budget:limited", "consistency:tolerant"):
        await chat.process({"press": f"answer:{answer}"})
    shared = " ".join((await chat.process({"press": "share"}))["said"])
    assert "Answers" in shared
    assert "by you" not in shared


async def test_where_people_mention_it_what_they_do_not_say_to_it_is_not_for_it(chat: ChatJsonl) -> None:
    assert (await chat.process({"text": REQUEST, "from": "ana", "mention": False}))["said"] == []
    assert (await chat.process({"text": REQUEST, "from": "ana"}))["said"] == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({}, "either `text` or `press`"),
        ({"text": "hi", "press": "start"}, "either `text` or `press`"),
        ({"text": 5}, "`text` is no text"),
        ({"text": " "}, "`text` is no text"),
        ({"press": "nonsense"}, "`nonsense` is no button"),
        ({"press": "answer:data"}, "`answer:data` is no button"),
        ({"text": "hi", "from": 1}, "`from` is no text"),
        ({"text": "hi", "mention": "yes"}, "`mention` is neither"),
        ({"new": 1}, "`new`, which is true"),
        ({"new": True, "place": ""}, "`place` is no text"),
        ({"new": True, "place": 1}, "`place` is no text"),
        ({"text": "hi", "place": "b"}, "`new`, which is true, and at most `place`"),
        ({"new": True, "text": "hi"}, "at most `place`"),
        ({"text": "hi", "form": "ana"}, "`form` is no key. Known: text, press, from, mention, new, place"),
        ({"new": True, "space": "b"}, "`space` is no key"),
    ],
)
async def test_a_bad_line_says_what_would_be_right(chat: ChatJsonl, line: dict[str, Any], says: str) -> None:
    with pytest.raises(BadLine, match=says):
        await chat.process(line)


def test_an_unknown_key_is_an_error_on_its_place(tmp_path: Path) -> None:
    done = in_process(tmp_path, "chat", "--jsonl", typed='{"text": "start", "form": "ana"}\n{"text": "start"}\n')
    bad, good = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, bad["line"], good["open"]) == (1, 1, "data")
    assert bad["error"].startswith("`form` is no key")


async def test_each_button_has_a_label(chat: ChatJsonl) -> None:
    first = await chat.process({"text": REQUEST})
    assert list(first["labels"]) == first["buttons"]
    data = shipped().pack.questions[0]
    assert {option.label for option in data.options} <= set(first["labels"].values())
    assert first["labels"]["answer:data:no"] == next(option.label for option in data.options if option.id == "no")


def test_the_command_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    done = advisor(tmp_path, "chat", "--jsonl", typed='{"text": "start"}\nnot json\n{"press": "answer:data:no"}\n')
    first, bad, last = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert first["open"] == "data"
    assert bad["line"] == 2
    assert last["answers"] == {"data": "no"}
    assert in_process(tmp_path, "chat", "--jsonl", typed='{"text": "start"}\n').returncode == 0


async def test_a_proposal_is_to_be_confirmed(chat: ChatJsonl) -> None:
    await chat.process({"text": REQUEST})
    await chat.process({"press": "answer:data:yes"})
    likely = await chat.process({"text": "7"})
    assert likely["confirm"] == {"question": "volume", "option": "low"}
    assert "confirm:volume:low" in likely["buttons"]
    taken = await chat.process({"text": "yes"})
    assert (taken["confirm"], taken["answers"]) == (None, {"data": "yes", "volume": "low"})


async def test_ideas_of_one_run_share_a_board_across_conversations(chat: ChatJsonl) -> None:
    await chat.process({"text": "triage\nsorting mails for our office\na bot that answers guests of our hotel"})
    await chat.process({"new": True})
    listed = " ".join((await chat.process({"text": "ideas"}))["said"])
    assert "sorting mails" in listed
    assert "2 ideas" in listed


async def test_each_place_has_a_list_of_its_own(chat: ChatJsonl) -> None:
    async def listed(place: str | None = None) -> str:
        await chat.process({"new": True} if place is None else {"new": True, "place": place})
        return " ".join((await chat.process({"text": "ideas"}))["said"])

    await chat.process({"text": "triage\nsorting mails for our office\na bot that answers guests of our hotel"})
    assert "sorting mails" not in await listed("Büro: 2")
    await chat.process({"text": "triage\nsubtitles for films\na reader of invoices"})
    assert "subtitles" in await listed()
    assert "subtitles" not in await listed("another")
    assert "subtitles" not in await listed("\ud800")
    back = await listed("Büro: 2")
    assert "subtitles" in back
    assert "sorting mails" not in back
