"""A conversation as JSON Lines: `advisor chat --jsonl`, with the same turns as every other channel."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.batch.jsonl import BadLine, Object
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Surface, said
from bot.turns.failure_notice import failure_notice
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.executor.targets import in_focus
from dialogs.flows.board_position import board_of
from dialogs.flows.replay import open_question
from dialogs.ideas.board import Idea
from dialogs.message import Message, Person, Press, Typed, Verb, parse_action
from dialogs.view import Buttons, Choices, Feedback, Heading, View
from dialogs.views.plain_text import plain
from knowledge.decision import decide

_KEYS = ("text", "press", "from", "mention", "new", "place")
_DEFAULT_NAME = "you"
_DELETED = -1
_ORACLE = "commands"


@dataclass(eq=False)
class ChatJsonl:
    """One thread at a time. `clock` gives seconds since 1970; `new_id` an id that no message or thread has had.

    `oracle`: a line may say by itself which commands it asks for, for tests.
    """

    advisor: Advisor
    service: Service
    stores: Stores
    chat: str
    clock: Callable[[], int]
    new_id: Callable[[], str]
    oracle: bool = False

    def __post_init__(self) -> None:
        self._did: tuple[Command, ...] = ()
        self._run = f"{self.chat}:{self.new_id()}"
        self._thread = self._new_thread(self._run)

    async def process(self, given: Object) -> Object:
        """The conversation after a line, and what was said. BadLine if the object is malformed."""
        known = (*_KEYS, _ORACLE) if self.oracle else _KEYS
        for key in given:
            if key not in known:
                raise BadLine(f"`{key}` is no key. Known: {', '.join(known)}.")
        self._did = ()
        if "new" in given or "place" in given:
            self._thread = self._new_thread(self._space(given))
        else:
            await self._process(self._message(given))
        return await self._state()

    def _space(self, given: Object) -> str:
        """Where a new thread begins: in the place that is named, else in that of the thread before."""
        if given.get("new") is not True or given.keys() - {"new", "place"}:
            raise BadLine('To begin anew a line has `new`, which is true, and at most `place`: {"new": true}.')
        _check_text(given, "place")
        if "place" not in given:
            return self._thread.place.space
        return f"{self._run}:{given['place']}".encode(errors="replace").decode()  # keys hold no unpaired surrogates

    def _new_thread(self, space: str) -> "_Thread":
        """In the same place as others, whose ideas it shares. Another run has places of its own."""
        return _Thread(Place(space, self.new_id()))

    def _message(self, given: Object) -> Message:
        if ("text" in given) == ("press" in given):
            raise BadLine('A line has either `text` or `press`, such as {"text": "…"}; {"new": true} begins anew.')
        for key in ("text", "press", "from"):
            _check_text(given, key)
        if not isinstance(given.get("mention", True), bool):
            raise BadLine("`mention` is neither true nor false.")
        content = self._typed(given) if "text" in given else self._press(given["press"])
        name = given.get("from", _DEFAULT_NAME)
        addressed = isinstance(content, Press) or self._thread.is_addressed(name, given.get("mention"))
        person = Person(name, name if "from" in given else "")
        return Message(self.new_id(), person, self.clock(), content, addressed, private="from" not in given)

    def _typed(self, given: Object) -> Typed:
        if _ORACLE not in given:
            return Typed(given["text"])
        try:
            return Typed(given["text"], commands=tuple(map(Command.from_json, given[_ORACLE])))
        except (TypeError, ValueError) as error:
            raise BadLine(f"`{_ORACLE}` is no list of commands.") from error

    def _press(self, button: str) -> Press:
        action = parse_action(button)
        if action is None:
            raise BadLine(f"`{button}` is no button.")
        view = self._thread.newest_with(button)
        return Press(action, view.revision, view.about if action.verb is Verb.FEEDBACK else "")

    async def _process(self, message: Message) -> None:
        thread = self._thread
        thread.turn += 1
        try:
            processed = await self.service.process(thread.place, message, channel="terminal", address={})
            self._did = processed.turn.did
            await self.service.delivery.deliver(processed, thread)
        except Exception as error:
            sorry = failure_notice(self.advisor.catalogue, error, message.id, message)
            if sorry is not None:
                await thread.whisper(said(sorry))

    async def _state(self) -> Object:
        try:
            stored = await self.stores.sessions.load(self._thread.place)
            conversation = conversation_in(stored) or Conversation.fresh(self.advisor.pack)
            conversation = await self.stores.with_board(conversation, self._thread.place)
        except StorageUnavailable as error:
            raise BadLine(f"Redis does not answer: {error}") from error
        labels = self._thread.labels(stored.card.message if stored.card else None)
        return {
            **state_of(self.advisor, conversation),
            "said": self._thread.said(),
            "buttons": list(labels),
            "labels": labels,
            "did": [command.as_json() for command in self._did],
            "board": [_listed(self.advisor, idea) for idea in board_of(conversation).shown],
        }


def _check_text(given: Object, key: str) -> None:
    if key in given and not (isinstance(given[key], str) and given[key].strip()):
        raise BadLine(f"`{key}` is no text, or an empty one.")


def _listed(advisor: Advisor, idea: Idea) -> Object:
    verdict = advisor.flows.board.judge.row(idea).verdict
    return {
        "number": idea.number,
        "title": idea.title,
        "answers": idea.chosen,
        "verdict": None if verdict is None else verdict.id,
        "status": idea.status or None,
        "notes": [note.text for note in idea.kept_notes],
    }


def state_of(advisor: Advisor, conversation: Conversation) -> Object:
    """The state of a conversation, as in the JSON Lines: of the idea in focus."""
    target = in_focus(advisor, conversation)
    listed = None if target is None or target.idea is None else _listed(advisor, target.idea)
    question = open_question(advisor.pack, conversation)
    finished = conversation.started and question is None
    listing = conversation.listing if conversation.flow == advisor.flows.board.name else None
    asked = question.id if question else None
    proposal = conversation.confirm
    own = {
        "answers": conversation.chosen if conversation.started else {},
        "verdict": decide(advisor.pack, conversation.chosen).verdict if finished else None,
        "title": conversation.title or None,
    }
    return {
        **own,
        "open": asked if listing is None else listing.ask or None,
        **({} if listed is None else {key: listed[key] for key in ("answers", "verdict", "title")}),
        "confirm": {"question": proposal.question, "option": proposal.option} if proposal else None,
    }


@dataclass(slots=True)
class _Shown:
    """A message of the advisor. `views`: all that it showed, the newest last. `turn`: the turn that last changed it."""

    views: list[View]
    turn: int


@dataclass(slots=True)
class _Thread(Surface):
    """A thread, and the surface on which the replies appear."""

    can_whisper = True
    can_expand = False
    names_subject = True

    place: Place
    _messages: list[_Shown] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _mentioned: bool = False
    turn: int = 0

    def is_addressed(self, name: str, mention: bool | None) -> bool:
        """Whether a text is for the advisor: one person speaks to it directly, others mention it."""
        self._names.add(name)
        self._mentioned = self._mentioned or mention is not None
        if mention is not None:
            return mention
        return name == _DEFAULT_NAME or (len(self._names) == 1 and not self._mentioned)

    def newest_with(self, button: str) -> View:
        """The newest view with the button; an empty one, older than any, where none has had it."""
        views = [view for shown in self._messages for view in shown.views if button in _buttons(view)]
        return max(views, key=lambda view: view.revision, default=View(()))

    def said(self) -> list[str]:
        """What this turn posted or changed, oldest first."""
        return [plain(shown.views[-1]) for shown in self._new()]

    def _new(self) -> list[_Shown]:
        return [shown for shown in self._messages if self.turn and shown.turn == self.turn]

    def labels(self, live: str | None) -> dict[str, str]:
        """The buttons of the live card, then of what this turn posted or changed, and what stands on each."""
        of_live = [shown for number, shown in enumerate(self._messages) if str(number) == live]
        views = (shown.views[-1] for shown in (*of_live, *self._new()))
        return {button: label for view in views for button, label in _buttons(view).items()}

    async def post(self, view: View) -> Card:
        self._messages.append(_Shown([view], self.turn))
        return Card(str(len(self._messages) - 1))

    async def update(self, card: Card, view: View) -> Card:
        shown = self._messages[int(card.message)]
        if shown.views[-1] != view:
            lost = set(plain(view).splitlines()) <= set(plain(shown.views[-1]).splitlines())
            past = not _buttons(view) and any(isinstance(element, Heading) for element in view.elements)
            shown.views.append(view)
            shown.turn = shown.turn if lost or past else self.turn  # an older card, or what only loses, says nothing
        return card

    async def edit(self, card: Card, view: View) -> None:
        await self.update(card, view)

    async def delete(self, card: Card, record: View) -> None:
        self._messages[int(card.message)].turn = _DELETED

    async def whisper(self, view: View) -> None:
        await self.post(view)


def _buttons(view: View) -> dict[str, str]:
    """The ids of its buttons, and what stands on each."""
    buttons = [b for element in view.elements if isinstance(element, Buttons | Choices) for b in element.buttons]
    asked = [b for element in view.elements if isinstance(element, Feedback) for b in (element.up, element.down)]
    return {button.action.id: button.label for button in (*buttons, *asked)}
