"""Puts a pack and what understands its text together. What one of the ways needs is imported only when it is taken."""

from pathlib import Path

from knowledge.matching.encoding import Encoder, EncoderError
from knowledge.pack import Pack
from knowledge.reading.reader import PackReader
from knowledge.understanding import Knowledge

__all__ = ["Encoder", "EncoderError", "load_encoder", "understand"]


def load_encoder(folder: Path | None) -> Encoder:
    """The encoder in a folder (model.onnx, tokenizer.json), or without one the encoder that installed packages carry.

    Raises EncoderError, with a message for the operator, where there is none that can be used.
    """
    try:
        from knowledge.matching.encoder import load
    except ImportError as error:
        raise EncoderError(f"The package {error.name} is not installed. Install the advisor's dependencies.") from None
    return load(folder)


def understand(pack: Pack, *, encoder: Encoder | None, cache: Path | None = None) -> Knowledge:
    """The pack with its matcher and reader; without an encoder, the matcher goes by words alone.

    So it does for a pack without `beside` phrasings: heads learn only from such texts what is none of their business.
    Fitting a pack that does not come with the advisor takes some ten seconds; what was fitted is kept in `cache`.
    """
    reader = PackReader(pack)
    if encoder is None or not pack.phrasings.beside:
        from knowledge.lexical import LexicalMatcher

        return Knowledge(pack, LexicalMatcher(pack), reader)
    from knowledge.matching.fitted import fitted
    from knowledge.matching.semantic import SemanticMatcher

    return Knowledge(pack, SemanticMatcher(pack, encoder, fitted(pack, encoder, cache)), reader)
