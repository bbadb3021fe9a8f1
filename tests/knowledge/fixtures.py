"""The built-in pack, and its encoder, loaded once for all tests."""

from functools import cache

from knowledge.interfaces import Knowledge
from knowledge.matching.embeddings import Encoder
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.matching.model_file import MatchingModel, load
from knowledge.pack import Pack
from knowledge.pack_loader import builtin, load_pack, read_pack


@cache
def pack() -> Pack:
    """The built-in pack."""
    return load_pack(builtin())


@cache
def encoder() -> Encoder:
    """The encoder that the installed packages carry."""
    return load_encoder(None)


@cache
def trained() -> MatchingModel:
    """The stored classifiers."""
    found = load(pack(), encoder())
    assert found is not None, "they are stale; run: make fit"
    return found


@cache
def with_encoder() -> Knowledge:
    """The pack understood by meaning."""
    return build_knowledge(pack(), encoder=encoder())


@cache
def by_words() -> Knowledge:
    """The pack understood by words alone: those that people see, since what is only learnt from takes 15 seconds."""
    return build_knowledge(read_pack(builtin(), whole=False)[0], encoder=None)


ODD = [
    "",
    " ",
    "\n\n",
    "😀😀",
    "数据需要多少",
    "Сколько стоит",
    "\x00\x07\x1b",
    "a",
    "?",
    "'",
    "\ud800",
    "1" * 500,
    "no " * 5000,
    "x" * 40_000,
]
"""Texts that nobody should trip over."""
