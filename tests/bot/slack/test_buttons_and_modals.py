"""What goes into Slack's buttons, menus, modals and messages, and what is read out of its payloads."""

import json

import pytest

from bot.slack.blocks import fallback_text, has_data_table, render_message
from bot.slack.buttons import ActionBlocks
from bot.slack.home_tab import home_view
from bot.slack.limits import MAX_METADATA, MAX_MODAL_BLOCKS, MAX_TEXT
from bot.slack.modals import (
    feedback_modal,
    feedback_note,
    form_fields,
    form_modal,
    message_of,
    notice_modal,
    result_modal,
    share_fields,
    share_modal,
    shown_blocks,
    triage_modal,
    why_button,
    with_notice,
)
from bot.slack.payloads import (
    BlockActions,
    HomeOpened,
    MalformedRequest,
    MessageEvent,
    OtherRequest,
    Shortcut,
    SlashCommand,
    ViewAction,
    ViewSubmission,
    parse_request,
)
from bot.slack.text import utf16_length
from dialogs.advisor import Advisor
from dialogs.message import Action, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Feedback,
    Heading,
    Items,
    Link,
    Note,
    Paragraph,
    Preformatted,
    Table,
    View,
    as_line,
)


def button(number: int, **changes: object) -> Button:
    return Button(Action(Verb.IDEA, (str(number),)), f"Idea {number}", **changes)  # type: ignore[arg-type]


def test_a_select_holds_a_hundred_and_says_what_is_chosen() -> None:
    many = tuple(button(number) for number in range(101))
    (block,) = ActionBlocks(0).render((Buttons(many, menu=True, title="Open <one>"),))
    (select,) = block["elements"]
    assert (select["type"], len(select["options"])) == ("static_select", 100)
    assert select["placeholder"]["text"] == "Open &lt;one&gt;"


def test_what_was_used_above_is_not_used_again() -> None:
    actions = ActionBlocks(0)
    (block,) = actions.render((Buttons((button(1, primary=True), button(2))),))
    assert [b["action_id"] for b in block["elements"]] == ["idea:1", "idea:2"]
    (block,) = actions.render((Buttons((button(2), button(3, primary=True))),))
    assert [(b["action_id"], b.get("style")) for b in block["elements"]] == [("idea:3", None)]
    menus = [Buttons((button(4), button(5)), menu=True), Buttons((button(6), button(7)), menu=True)]
    for number, menu in enumerate(menus, 1):
        (block,) = actions.render((menu,))
        assert block["elements"][0]["action_id"] == f"menu:{number}:0"
    assert list(actions.render((Buttons((button(1),)),))) == []
    assert list(actions.render((Paragraph(as_line("x")),))) == []


def test_one_message_never_has_an_action_twice() -> None:
    blocks = render_message(View((Buttons((button(1),)), Paragraph(as_line("x")), Buttons((button(1), button(2))))))
    pressed = [e["action_id"] for b in blocks.blocks if b["type"] == "actions" for e in b["elements"]]
    assert pressed == ["idea:1", "idea:2"]


def test_the_text_of_a_message_is_as_long_as_slack_takes() -> None:
    def text(length: int) -> str:
        lines = tuple(as_line(f"{number:03d}" + "x" * 36) for number in range(length // 40))
        return fallback_text(View((Items(lines, plain=True),)))

    assert utf16_length(text(MAX_TEXT)) == MAX_TEXT - 1
    cut = text(MAX_TEXT + 400)
    assert utf16_length(cut) <= MAX_TEXT
    assert cut.endswith("…")
    assert "y" * MAX_TEXT not in fallback_text(View((Preformatted("y" * 2 * MAX_TEXT),)))


def test_a_list_that_cannot_be_shortened_ends_at_the_last_line_that_fits() -> None:
    lines = tuple(as_line(f"line {number:04d}") for number in range(600))
    text = fallback_text(View((Items(lines, plain=True),)))
    shown = text.removesuffix("…").split("\n")
    assert shown == [f"line {number:04d}" for number in range(len(shown))]
    assert len(text) + len("\nline 0000") >= MAX_TEXT


def test_a_table_worth_sorting_becomes_one_only_where_that_is_asked_for() -> None:
    table = Table(("n", "x"), (("1", "a"), ("–", "b")), caption="Numbers")
    assert has_data_table(View((table,)))
    assert not has_data_table(View((Table(("n",), (("1",),)),)))
    assert not has_data_table(View((Table(("n",), (), caption="Empty"),)))
    assert [b["type"] for b in render_message(View((table,))).blocks] == ["table"]
    (sortable,) = render_message(View((table,)), data_tables=True).blocks
    assert (sortable["type"], sortable["page_size"], sortable["row_header_column_index"]) == ("data_table", 2, 0)


def test_feedback_tells_what_it_is_about_and_on_which_revision() -> None:
    up, down = (Button(Action(Verb.FEEDBACK, (value,)), value, f"It was {value}") for value in ("up", "down"))
    (block,) = render_message(View((Feedback("result:x", up, down),), 3)).blocks
    assert block["block_id"] == "feedback:3:result:x"
    (element,) = block["elements"]
    assert (element["positive_button"]["value"], element["negative_button"]["value"]) == ("up", "down")
    assert element["positive_button"]["accessibility_label"] == "It was up"
    (long,) = render_message(View((Feedback("y" * 400, up, down),), 3)).blocks
    assert 240 < len(long["block_id"]) <= 255


def test_a_link_stands_in_small_print() -> None:
    (block,) = render_message(View((Link("See & go", "https://x.org"),))).blocks
    assert (block["type"], block["elements"][0]["text"]) == ("context", "<https://x.org|See &amp; go>")


RESULT = View((Heading(as_line("Title")), Note(as_line("note")), Divider(), Choices((button(1),))))


def test_a_result_may_be_posted_where_its_reader_says(advisor: Advisor) -> None:
    modal = result_modal(advisor.catalogue, RESULT)
    assert (modal["type"], modal["callback_id"]) == ("modal", "advice_result")
    where = modal["blocks"][-1]["element"]
    assert (where["default_to_current_conversation"], where["response_url_enabled"]) == (True, True)
    assert [block["type"] for block in modal["blocks"]] == ["section", "context", "divider", "input"]
    shared = share_modal(advisor.catalogue, RESULT, "{}")
    assert [block["type"] for block in shared["blocks"]][:3] == ["input", "input", "divider"]
    assert shared["blocks"][0]["element"]["filter"]["exclude_bot_users"] is True
    note = shared["blocks"][1]
    assert (note["optional"], note["element"]["multiline"], note["element"]["max_length"]) == (True, True, 500)
    assert shared["private_metadata"] == "{}"


def test_a_form_asks_for_the_idea_and_every_question(advisor: Advisor) -> None:
    modal = form_modal(advisor)
    idea, *questions = modal["blocks"]
    assert (idea["optional"], idea["element"]["multiline"], idea["element"]["max_length"]) == (True, True, 1000)
    assert [block["block_id"] for block in questions] == [question.id for question in advisor.pack.questions]
    assert all(block["optional"] for block in questions)
    feedback = feedback_modal(advisor.catalogue, "m")
    assert (feedback["private_metadata"], feedback["blocks"][0]["element"]["multiline"]) == ("m", True)
    assert why_button(advisor.catalogue, "v")["elements"][0]["value"] == "v"


def test_what_was_filled_in_is_read_by_field() -> None:
    values = {
        "idea": {"idea": {"value": "Our bot"}},
        "data": {"data": {"selected_option": {"value": "yes"}}},
        "volume": {"volume": {"selected_option": None}},
        "other": {"elsewhere": {"value": "x"}},
        "odd": "x",
    }
    assert form_fields(values) == {"idea": "Our bot", "data": "yes", "volume": None}
    assert feedback_note({"feedback_note": {"feedback_note": {"value": "Good"}}}) == "Good"
    assert feedback_note({"feedback_note": {"feedback_note": {"value": 3}}}) == ""
    where = {"where": {"where": {"selected_conversation": "C1"}}, "note": {"note": {"value": f"  {'x' * 600}"}}}
    assert share_fields(where) == ("C1", "x" * 500)
    assert share_fields({}) == ("", "")
    assert share_fields({"where": {"where": None}, "note": None}) == ("", "")


def test_what_a_modal_shows_becomes_a_message(advisor: Advisor) -> None:
    modal = with_notice(result_modal(advisor.catalogue, RESULT), advisor.catalogue, "post_failed")
    assert modal["blocks"][0]["block_id"] == "notice"
    again = with_notice(modal, advisor.catalogue, "post_failed")
    assert [block.get("block_id") for block in again["blocks"]].count("notice") == 1
    assert {"type", "title", "submit", "close", "callback_id"} == again.keys() - {"blocks"}
    full = {**modal, "blocks": [{"type": "divider"}] * MAX_MODAL_BLOCKS}
    assert len(with_notice(full, advisor.catalogue, "post_failed")["blocks"]) == MAX_MODAL_BLOCKS
    message = message_of(again["blocks"])
    assert [block["type"] for block in message["blocks"]] == ["section", "context", "divider"]
    assert not any("block_id" in block for block in message["blocks"])
    assert message["text"] == "*Title*\nnote"
    assert message_of([{"type": "divider"}])["text"] == "…"
    two = {"type": "context", "elements": [{"text": "a"}, {"text": "b"}, "x", {"y": 1}]}
    assert message_of([two, {"type": "markdown", "text": "c"}])["text"] == "a b\nc"
    assert len(message_of([{"type": "markdown", "text": "x" * 4000}])["text"]) <= 2900


def test_a_judged_message_can_be_posted_below_it_where_the_way_back_fits(advisor: Advisor) -> None:
    near = triage_modal(advisor.catalogue, RESULT, {"x": "y" * (MAX_METADATA - 9)})
    assert len(near["private_metadata"]) == MAX_METADATA
    assert near["submit"]["text"] == "Post to thread"
    far = triage_modal(advisor.catalogue, RESULT, {"x": "y" * (MAX_METADATA - 8)})
    assert "submit" not in far
    assert "private_metadata" not in far
    assert json.loads(near["private_metadata"])["x"].startswith("y")
    assert "submit" not in notice_modal(advisor.catalogue, "share_posted")


def test_a_table_in_a_modal_becomes_lines() -> None:
    blocks = shown_blocks(View((Table(("a", "b"), (("1", "2"),)),)))
    assert [block["text"]["text"] for block in blocks] == ["• a | b\n• 1 | 2"]


def test_the_home_offers_what_there_is(advisor: Advisor) -> None:
    offered = home_view(advisor, None)["blocks"][-1]["elements"]
    assert [element["action_id"] for element in offered] == ["start", "advice_form", "learn"]
    assert offered[0]["style"] == "primary"


EVENT = {"type": "message", "channel": "C1", "ts": "1.2", "user": "U1"}


def event(**changes: object) -> object:
    return parse_request({"type": "event_callback", "event": {**EVENT, **changes}})


def test_a_message_is_direct_by_its_channel() -> None:
    for channel, kind, direct in (("C1", None, False), ("D1", None, True), ("C1", "im", True)):
        assert event(channel=channel, channel_type=kind).direct is direct  # type: ignore[attr-defined]
    assert isinstance(event(type="app_mention"), MessageEvent)
    for subtype in ("message_changed", "message_deleted", "message_replied"):
        assert isinstance(event(subtype=subtype), OtherRequest)
    assert isinstance(event(subtype="file_share"), MessageEvent)
    assert isinstance(event(type="app_home_opened", user="U1", tab="home"), HomeOpened)
    assert isinstance(event(type="reaction_added"), OtherRequest)


def test_files_are_taken_as_far_as_they_can_be_read() -> None:
    found = event(files=[{"name": "a", "size": 7}, {"name": 3, "url_private": "u"}, "x"])
    assert isinstance(found, MessageEvent)
    assert [(one.name, one.size, one.url_private) for one in found.files] == [("a", 7, "")]


@pytest.mark.parametrize("changes", [{"ts": "1"}, {"ts": "1.2.3"}, {"ts": "12345678901.2"}, {"channel": None}])
def test_a_message_without_its_place_is_malformed(changes: dict[str, object]) -> None:
    with pytest.raises(MalformedRequest):
        event(**changes)


PRESS = {
    "type": "block_actions",
    "user": {"id": "U"},
    "container": {"message_ts": "1.2"},
    "actions": [{"type": "button", "action_id": "why"}],
}


def test_a_press_knows_its_thread() -> None:
    def thread(**changes: object) -> str | None:
        found = parse_request({**PRESS, **changes})
        assert isinstance(found, BlockActions)
        return found.thread_ts

    assert thread() is None
    assert thread(message={"thread_ts": "3.4"}) == "3.4"
    assert thread(container={"thread_ts": "5.6"}, message={"thread_ts": "3.4"}) == "5.6"


def test_each_request_is_told_by_its_type() -> None:
    ids = {"user_id": "U", "channel_id": "C", "trigger_id": "t"}
    assert isinstance(parse_request({"command": "/advise", **ids}), SlashCommand)
    assert parse_request({"ssl_check": "1"}) == OtherRequest(type="ssl_check")
    assert isinstance(parse_request({"type": "url_verification"}), OtherRequest)
    assert isinstance(parse_request({**PRESS, "view": {}, "trigger_id": "t"}), ViewAction)
    asked = {"callback_id": "x", "trigger_id": "t", "user": {"id": "U"}}
    for kind in ("shortcut", "message_action"):
        assert isinstance(parse_request({"type": kind, **asked}), Shortcut)
    assert isinstance(parse_request({"type": "view_submission", "user": {"id": "U"}, "view": {}}), ViewSubmission)


@pytest.mark.parametrize(
    "body",
    [
        {"event": "x"},
        {"type": "event_callback"},
        {},
        {**PRESS, "actions": []},
        {**PRESS, "user": {"id": ""}},
        {"command": "/advise", "user_id": "", "channel_id": "C", "trigger_id": "t"},
        {"command": "/advise", "user_id": "U", "channel_id": "", "trigger_id": "t"},
        {"command": "/advise", "user_id": "U", "channel_id": "C", "trigger_id": ""},
        {"type": "shortcut", "callback_id": "x", "trigger_id": "", "user": {"id": "U"}},
        {**PRESS, "view": {}, "trigger_id": ""},
        {"type": "view_submission", "user": {"id": "U"}, "view": {}, "response_urls": [{"response_url": ""}]},
    ],
)
def test_what_is_none_of_slacks_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(MalformedRequest):
        parse_request(body)
