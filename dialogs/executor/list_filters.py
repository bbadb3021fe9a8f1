"""Filters and orders of the list, as they are named."""

import re

from dialogs.commands.command import ALL, LAST, Command
from dialogs.conversation import Conversation
from dialogs.executor import records
from dialogs.executor.targets import Context, resolve
from dialogs.flows.board_cards import ACTIVE, OPEN_AGAIN
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import Listing
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

_NUMBER = re.compile(r"\d{1,6}")


def filtered(context: Context, conversation: Conversation, command: Command) -> Listing:
    board, pack, parameters = board_of(conversation), context.advisor.pack, command.parameters()
    given = parameters.get("filter", "")
    words, day = fold(given), records.day_named(context.advisor.catalogue, given, context.message.day)
    verdict = verdict_in(context, words)
    phrases = context.advisor.catalogue.phrases
    mine = any(word in phrases["board_mine"] for word in words)
    is_open = any(word in phrases["board_open"] for word in words)
    own, sort = conversation.own_order, parameters.get("sort", "")
    named = () if ALL in command.ideas or _NUMBER.search(sort) else command.ideas  # else they come before all others
    answer = f"{command.question}:{command.option}" if pack.has_option(command.question, command.option) else ""
    owner, status = context.message.sender.id if mine else _owner_in(board, words), _status_in(context, given)
    return Listing(
        verdict=verdict,
        owner=owner,
        open=is_open and (not status or status.startswith("-")),
        answer=answer,
        status=status,
        changed=0 if day is None else day.toordinal(),
        order=_order_in(context, board, own, sort) if sort else own,
        only=tuple(sorted(resolve(context, conversation, named).numbers(conversation))) if named else (),
    )


def _owner_in(board: Board, words: tuple[str, ...]) -> str:
    """The id of somebody whose ideas are on the list, by a word of their name."""
    return next((i.by for i in board.shown if i.name and set(words).intersection(fold(i.name))), "")


def _order_in(context: Context, board: Board, before: str, given: str) -> str:
    """The order that is named by its id or in words, reversed after a minus; or by the numbers of what is to be first,
    before those that were, or last, behind all others as they stand.
    """
    numbers = [word for word in _NUMBER.findall(given) if board.find(int(word))]
    if numbers and LAST in fold(given):
        rows = context.advisor.flows.board.cards.rows(board, Listing(order=before))
        return " ".join((*(n for n in (str(row.number) for row in rows) if n not in numbers), *numbers))
    if numbers:
        return " ".join(dict.fromkeys((*numbers, *before.split())))
    orders, words = context.advisor.catalogue.orders, {*fold(given)}
    order = next((o for o, known in orders.items() if o in words or not words.isdisjoint(known[1:])), "")
    return f"-{order}" if order and given.startswith("-") else order


def _status_in(context: Context, given: str) -> str:
    """The statuses that a filter names, by their ids or as they are shown; those that it denies, with a minus, where it
    names no other.
    """
    said, known = f" {' '.join(fold(given))} ", context.advisor.catalogue.statuses
    shown = {name: (name.replace("_", " "), " ".join(fold(label))) for name, label in known.items()}

    told = {
        name: any(f" {no} {label} " in said for no in english().negations for label in labels)
        for name, labels in shown.items()
        if name != OPEN_AGAIN and any(f" {label} " in said for label in labels)
    }
    kept = [name for name, denied in told.items() if not denied] or [f"-{name}" for name in told]
    return " ".join(kept) or (ACTIVE if " active " in said else "")


def verdict_in(context: Context, words: tuple[str, ...]) -> str:
    """The verdict that words name by its id or first word; "" for none."""
    verdicts, first = context.advisor.pack.verdicts, words[0] if words else ""
    return next((v.id for v in verdicts if v.id in words or first.startswith(fold(v.name)[:1])), "")
