"""Embeddings: what an encoder is, and a cache of its last vectors.

numpy is imported where it is used: without an encoder it is not loaded.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from knowledge.matching.classifier import Floats

LONGEST = 128
"""Word pieces that are encoded, and so words at most; the rest of a text does not change its vector."""

_CACHED_TEXTS = 256


class EncoderError(Exception):
    """There is no usable encoder. The message says why and what to do, for an operator."""


def encoder_files(folder: Path) -> tuple[Path, Path]:
    """An encoder's model and its tokenizer in a folder. EncoderError where one of them is not there."""
    files = folder / "model.onnx", folder / "tokenizer.json"
    for file in files:
        if not file.is_file():
            raise EncoderError(f"There is no file {file}. The encoder's folder needs model.onnx and tokenizer.json.")
    return files


class Encoder(Protocol):
    """Turns texts into vectors whose nearness is nearness of meaning."""

    @property
    def digest(self) -> str:
        """sha256 (hex) of what the vectors depend on; vectors of different digests never mix."""

    def encode(self, texts: Sequence[str]) -> "Floats":
        """One row of length 1 a text, shape (texts, dimensions). A text's row never depends on the other texts."""


class MemoizedEncoder:
    """An encoder that caches the last texts: a message is encoded for its passage, its scenario and its answers."""

    def __init__(self, encoder: Encoder, *, texts: int | None = _CACHED_TEXTS) -> None:
        """`texts`: how many are cached, None for all."""
        self.digest = encoder.digest
        self._encode = lru_cache(maxsize=texts)(lambda text: encoder.encode([text]))

    def encode(self, texts: Sequence[str]) -> "Floats":
        import numpy as np

        return np.concatenate([self._encode(" ".join(text.split(maxsplit=LONGEST)[:LONGEST])) for text in texts])


def write_cache(file: Path, content: bytes) -> None:
    """Writes a file of a cache atomically. If that fails, the next process computes the content again."""
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(file)
    except OSError:
        with suppress(OSError):
            partial.unlink()
