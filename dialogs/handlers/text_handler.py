"""What a typed text does, if it is meant for the advisor."""

import re
from dataclasses import replace

from dialogs.addressee import is_for_advisor, takes_part, with_bystander, with_sender
from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor.executor import execute
from dialogs.executor.items import Items, Told
from dialogs.limits import BoundedText, prose, remark
from dialogs.message import Message
from dialogs.replies.notices import Notice, left_out, text_cut
from dialogs.turn import Turn
from dialogs.understanding.exact import exact_command
from dialogs.understanding.expected_replies import accepted, reply_in
from dialogs.understanding.lists import listed_ideas
from dialogs.understanding.phrases import starts
from dialogs.understanding.policy import Understood, understand
from dialogs.understanding.remarks import foreign_language
from knowledge.typed_answers.word_parser import fold

_SPACES = re.compile(r"[^\S\n]{3,}")
"""Long runs of spaces, which say nothing and take long to cut at."""


def on_text(advisor: Advisor, conversation: Conversation, message: Message, read: BoundedText) -> Turn:
    """What a text does. Of what is neither an idea nor a list of ideas, the beginning is read."""
    if not takes_part(conversation, message):
        return Turn(conversation)
    whole = _SPACES.sub("  ", read.text)
    text = remark(whole)
    exact = exact_command(advisor, conversation, text, message.at)
    if exact is None:
        said = understand(advisor, conversation, text, message.heard)
    else:  # between people, a command counts only as a reply to what was asked
        said = Understood(exact, plain=bool(reply_in(advisor, conversation, text)))
    current = with_sender(conversation, message)
    if not is_for_advisor(
        advisor, conversation, current, message, text, said.items, plain=said.plain, clear=said.clear
    ):
        return Turn(with_bystander(conversation, current, message))
    cut, items = left_out(read), said.items
    if len(text) < len(whole):
        fuller = _with_rest(advisor, conversation, said, whole, len(text))
        items, cut = (fuller, cut) if fuller else (items, (text_cut(text),))
    denies = starts(fold(text), advisor.catalogue.phrases["reject"])
    before = () if denies else accepted(current, items)
    return _with_remarks(advisor, execute(advisor, current, message, (*before, *items)).saying(*cut), message, text)


def _with_remarks(advisor: Advisor, turn: Turn, message: Message, text: str) -> Turn:
    """The turn with what is said once in a thread: that a language model reads along, and that replies are English."""
    after = turn.conversation
    foreign = bool(message.heard and foreign_language(advisor, fold(text)))
    read: Remark = "also_worded" if advisor.speaks else "also_read"
    due: dict[Remark, bool] = {read: bool(advisor.listener), "replies_in_english": foreign}
    new = tuple(remark for remark, said in due.items() if said and remark not in after.told)
    if not new or not turn.shows_something:
        return turn
    turn = turn._replace(conversation=after.replace(told=(*after.told, *new)))
    return turn.saying(*(Notice(remark, {"model": advisor.listener}) for remark in new))


def _with_rest(advisor: Advisor, conversation: Conversation, said: Understood, whole: str, read: int) -> Items:
    """An idea, or a list of ideas, with all that is said of it; of the rest the first `read` characters are enough."""
    if len(said.items) != 1:
        return ()
    told, listed = said.items[0], listed_ideas(advisor, conversation, whole)
    match told:
        case Told(Command(Kind.IDEA | Kind.IDEAS)) | Command(Kind.IDEAS) if listed:
            return listed
        case Told(Command(Kind.IDEA, value=text) as command):
            return (replace(told, command=command.replace(value=text + prose(whole)[read:])),)
        case _:
            return () if said.clear else listed
