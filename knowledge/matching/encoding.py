"""What matching asks of an encoder, and how to say that there is none. Imports nothing heavy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray


class EncoderError(Exception):
    """There is no usable encoder. The message says why and what to do, for an operator."""


class Encoder(Protocol):
    """Turns texts into vectors whose nearness is nearness of meaning."""

    @property
    def digest(self) -> str:
        """sha256 (hex) of what the vectors depend on; vectors of different digests never mix."""

    def encode(self, texts: Sequence[str]) -> "NDArray[float32]":
        """One row of length 1 a text, shape (texts, dimensions). A text's row never depends on the other texts."""
