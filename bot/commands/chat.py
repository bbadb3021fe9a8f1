"""`advisor chat`: the conversation in a terminal, or line by line through a pipe."""

import asyncio
import getpass
import os
import secrets
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.assembly import open_advisor, open_model, open_storage, open_stores, open_terminal_service
from bot.batch.jsonl import answer_lines
from bot.commands.output import print_error
from bot.config.environment import ORACLE, read_settings
from bot.server import logs
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.file_lock import private_folder
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.terminal.chat import TerminalChat
from bot.terminal.chat_jsonl import ChatJsonl
from bot.terminal.keyboard import detect_screen, read_lines
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import migrate
from dialogs.message import Person
from dialogs.replies.notices import Greeting
from dialogs.view import View
from dialogs.views import current_view, lay_out

_LEAVE = frozenset({"exit", "quit"})
"""Typed at a keyboard they end the chat, as in any shell; "stop" stops the questions."""


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Chats until the input ends; by lines of JSON, 1 where one was bad."""
    settings = read_settings(environment)
    logs.configure("ERROR", settings.log_text)
    advisor, _ = open_advisor(settings, datetime.now(UTC).date(), print_error)
    # The keyboard is read in the main thread, between turns: a thread that waits for input could not be ended.
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            storage = runner.run(stack.enter_async_context(open_storage(settings)))
            stores = open_stores(settings, storage)
            model = runner.run(stack.enter_async_context(open_model(settings, advisor)))
            service = open_terminal_service(settings, advisor, stores, *model)
            stack.push_async_callback(service.background.join)  # before the storage closes
            if arguments.jsonl:
                return _by_lines(advisor, service, stores, runner, oracle=environment.get(ORACLE) == "1")
            last = settings.state / "last-chat"
            thread = _last_thread(last) if arguments.resume else None
            place = Place(f"terminal:{_user()}", thread or secrets.token_hex(6))
            chat = _chat(advisor, service, place, environment)
            at_keyboard = sys.stdin.isatty() and sys.stdout.isatty()
            first = runner.run(_resumed_view(advisor, stores, place)) if thread else None
            if first or at_keyboard:
                chat.show(first or lay_out(advisor, (Greeting(advisor.pack),), 0))
            if at_keyboard:
                chat.show_line(advisor.catalogue.in_channel("terminal_hint"))
            lines: Iterable[str] = read_lines() if at_keyboard else sys.stdin
            for line in filter(str.strip, lines):
                if at_keyboard and line.strip().lower() in _LEAVE:
                    break
                _save_thread(last, place)
                runner.run(chat.handle_line(line.rstrip("\r\n")))
            if at_keyboard:
                chat.show_line(advisor.catalogue.in_channel("terminal_bye"))
        finally:
            runner.run(stack.aclose())
    return 0


def _by_lines(advisor: Advisor, service: Service, stores: Stores, runner: asyncio.Runner, *, oracle: bool) -> int:
    def clock() -> int:
        return int(time.time())

    chat = ChatJsonl(advisor, service, stores, f"terminal:{_user()}", clock, lambda: secrets.token_hex(6), oracle)
    good = answer_lines(sys.stdin.buffer, sys.stdout.buffer, lambda given: runner.run(chat.process(given)))
    return 0 if good else 1


def _chat(advisor: Advisor, service: Service, place: Place, environment: Mapping[str, str]) -> TerminalChat:
    user = _user()
    return TerminalChat(
        service=service,
        catalogue=advisor.catalogue,
        place=place,
        person=Person(user),  # the login is the id only; it gets no display name, which others could read
        screen=detect_screen(sys.stdout, environment),
        write=lambda shown: print(shown, end="\n\n", flush=True),
        clock=lambda: int(time.time()),
        new_id=lambda: secrets.token_hex(6),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return str(os.getuid())


async def _resumed_view(advisor: Advisor, stores: Stores, place: Place) -> View | None:
    """What the last conversation shows now; None where it is gone or out of reach."""
    try:
        stored = await stores.conversation_at(await stores.sessions.load(place))
    except (StorageUnavailable, CorruptRecord):
        return None
    if stored is None:
        return None
    conversation, _ = migrate(advisor.pack, stored)
    return current_view(advisor, conversation, int(time.time()))


def _last_thread(file: Path) -> str | None:
    """The thread of the last conversation on this machine."""
    try:
        return file.read_text().strip() or None
    except OSError:
        return None


def _save_thread(file: Path, place: Place) -> None:
    with suppress(OSError):  # without it only --resume is lost
        private_folder(file.parent)
        file.write_text(place.thread or "")
