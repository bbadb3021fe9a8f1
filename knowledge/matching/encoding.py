"""What matching asks of an encoder, and how to say that there is none. Imports nothing heavy."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

_REMEMBERED = 256


class EncoderError(Exception):
    """There is no usable encoder. The message says why and what to do, for an operator."""


def files_in(folder: Path) -> tuple[Path, Path]:
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

    def encode(self, texts: Sequence[str]) -> "NDArray[float32]":
        """One row of length 1 a text, shape (texts, dimensions). A text's row never depends on the other texts."""


class Remembering:
    """An encoder that remembers the last texts: a message is encoded for its passage, its scenario and its answers."""

    def __init__(self, encoder: Encoder) -> None:
        """Takes the encoder that does the work."""
        self.digest = encoder.digest
        self._encode = lru_cache(maxsize=_REMEMBERED)(lambda text: encoder.encode([text]))

    def encode(self, texts: Sequence[str]) -> "NDArray[float32]":
        """See `Encoder`."""
        from numpy import concatenate

        return concatenate([self._encode(text) for text in texts])
