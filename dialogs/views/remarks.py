"""Layouts of the greeting and of short remarks."""

from dialogs.catalogue import Catalogue
from dialogs.ideas.events import ADDED, NOTE, STATUS
from dialogs.message import Action, Verb
from dialogs.replies.ideas import IdeasAwaited
from dialogs.replies.notices import ConversationGone, ForgettingAsked, Greeting, KnownAboutPerson, Notice, StoredPart
from dialogs.view import Button, Buttons, Check, Element, Items, Line, Note, Paragraph, as_line
from dialogs.views.outside import source_line
from dialogs.views.passages import length, start_button
from dialogs.views.receipts import offer_button
from dialogs.views.result_elements import learn_button


def greeting(catalogue: Catalogue, reply: Greeting) -> tuple[Element, ...]:
    pack = reply.pack
    buttons = [start_button(catalogue)]
    if pack.comparison is not None:
        buttons.append(Button(Action(Verb.COMPARE), catalogue.text("greeting_compare")))
    learn: list[Element] = []
    if pack.lessons:
        buttons.append(learn_button(catalogue))
        learn.append(Paragraph(catalogue.line("greeting_learn", count=len(pack.lessons))))
    key = "greeting_hello" if reply.hello else "greeting"
    return (
        Paragraph(catalogue.line(key, subject=pack.subject, length=length(catalogue, pack))),
        Paragraph(catalogue.line("greeting_examples")),
        Items(tuple(as_line(example) for example in pack.examples)),
        Paragraph(catalogue.line("greeting_triage")),
        *learn,
        Note(source_line(catalogue, "greeting_source", pack)),
        Buttons(tuple(buttons)),
    )


def ideas_awaited(catalogue: Catalogue, reply: IdeasAwaited) -> tuple[Element, ...]:
    """How many ideas there are so far, and how to go on."""
    stop = Button(Action(Verb.CANCEL), catalogue.text("cancel_label"))
    if not reply.count:
        return Paragraph(catalogue.line("list_awaited")), Buttons((stop,), menu=True)
    key = "list_added_one" if reply.count == 1 else "list_added"
    done = Button(Action(Verb.FINISH), catalogue.text("list_done_label"), primary=True)
    return Paragraph(catalogue.line(key, count=reply.count)), Buttons((done,)), Buttons((stop,), menu=True)


def notice(catalogue: Catalogue, reply: Notice) -> tuple[Element, ...]:
    return (Paragraph(catalogue.remark(reply.remark, **reply.values)),)


def forgetting_asked(catalogue: Catalogue, _: ForgettingAsked) -> tuple[Element, ...]:
    """What would be deleted, and the button."""
    check = Check(*(catalogue.text(key) for key in ("forget_check", "forget_yes", "forget_no")))
    button = Button(Action(Verb.FORGET), catalogue.text("forget_label"), check=check)
    return Paragraph(catalogue.remark("forget_asks")), Buttons((button,))


def conversation_gone(catalogue: Catalogue, reply: ConversationGone) -> tuple[Element, ...]:
    """That the conversation is no longer stored, and a button to start again."""
    line = catalogue.remark("conversation_deleted") if reply.erased else catalogue.line("conversation_gone")
    return Paragraph(line), Buttons((start_button(catalogue),))


def known_about_person(catalogue: Catalogue, reply: KnownAboutPerson) -> tuple[Element, ...]:
    """What is stored about a person here, and how to have it removed."""
    elements: list[Element] = []
    if reply.parts:
        lines = tuple(_stored(catalogue, part) for part in reply.shown)
        buttons = [offer_button(catalogue.text("forget_part", number=n), n) for n in range(1, 1 + len(lines))]
        elements += (Paragraph(catalogue.line("known")), Items(lines, numbered=True))
        if len(reply.parts) > len(lines):
            elements.append(Note(catalogue.line("known_more", count=len(reply.parts) - len(lines))))
        elements.append(Buttons(tuple(buttons), menu=True, title=catalogue.text("known_delete")))
    if reply.lessons:
        elements.append(Paragraph(catalogue.line("known_lessons")))
    if not elements:
        elements.append(Paragraph(catalogue.line("known_nothing")))
    return (*elements, Note(catalogue.remark("what_is_stored")))


def _stored(catalogue: Catalogue, part: StoredPart) -> Line:
    key = {ADDED: "known_listed" if part.title else "known_idea", NOTE: "known_note", STATUS: "known_status"}
    of_idea = f" ({part.title})" if part.title else ""
    return catalogue.line(key.get(part.what, "known_answer"), idea=of_idea, text=" ".join(part.text.split()))
