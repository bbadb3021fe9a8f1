"""Which lines a language model is asked about: typed at the advisor, and not understood without judgement."""

from dialogs.addressee import is_for_advisor, takes_part, with_sender
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, migrate
from dialogs.limits import bounded, remark
from dialogs.message import Message, Typed
from dialogs.understanding.exact import exact_command
from dialogs.understanding.model.arbitration import BuiltIn
from dialogs.understanding.policy import judged, settled
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
    if settled(typed) is not None:
        return ""
    if always and message.addressed:
        return whole
    said = judged(typed)
    given = (message, whole, said.items)
    if not is_for_advisor(advisor, current, with_sender(current, message), *given, plain=said.plain, clear=said.clear):
        return ""
    return whole if always or not BuiltIn.of(typed, said.items, clear=said.clear).sure else ""
