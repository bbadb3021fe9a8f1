"""Which lines a language model is asked about: typed at the advisor, and not understood without judgement."""

from dialogs.addressee import is_for_advisor, takes_part, with_sender
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation, migrate
from dialogs.executor.items import Told
from dialogs.limits import bounded, remark
from dialogs.message import Message, Typed
from dialogs.understanding.exact import exact_command
from dialogs.understanding.parts import Heard, parts_of
from dialogs.understanding.policy import Understood, judged, may_say_more, settled
from dialogs.understanding.thresholds import SURE
from dialogs.understanding.typed_text import TypedText


def line_for_model(advisor: Advisor, conversation: Conversation, message: Message, *, always: bool) -> str:
    """The line that the model is asked about; "" for none. Unless `always`, only what the built-in is unsure of."""
    match message.content:
        case Typed(text, ideas=(), problems=(), commands=None):
            pass
        case _:
            return ""
    if not takes_part(conversation, message) or any(map(conversation.has_seen, message.ids)):
        return ""
    current, whole = migrate(advisor.pack, conversation)[0], bounded(text).text
    if remark(whole) != whole or exact_command(advisor, current, whole, message.at) is not None:
        return ""  # a long text tells an idea, of which all is read
    typed = TypedText.at(advisor, current, whole)
    replied = settled(typed)
    if replied is not None and not may_say_more(typed, replied):
        return ""
    if always and message.addressed:
        return whole
    said = replied or judged(typed)
    given = (message, whole, said.items)
    if not is_for_advisor(advisor, current, with_sender(current, message), *given, plain=said.plain, clear=said.clear):
        return ""
    return whole if always or not _is_sure(typed, said) else ""


def _is_sure(typed: TypedText, said: Understood) -> bool:
    """Whether a line can hardly mean anything else than what was understood."""
    plain = all(
        isinstance(item, Command) or (isinstance(item, Told) and item.command.command is Kind.IDEA)
        for item in said.items
    )
    if not (said.clear and plain):
        return False
    whole = Heard.of(typed.advisor, typed.conversation, typed.text)
    return whole.best[1] >= SURE and len(parts_of(typed.advisor, typed.conversation, whole)) == 1
