"""Puts a pack and what understands its text together. What one of the ways needs is imported only when it is taken."""

from collections.abc import Callable
from pathlib import Path

from knowledge.interfaces import Knowledge
from knowledge.matching.embeddings import Encoder, EncoderError, Remembering, files_in
from knowledge.pack import Pack
from knowledge.reading.reader import PackReader

__all__ = ["Encoder", "EncoderError", "load_encoder", "understand"]


def load_encoder(folder: Path | None) -> Encoder:
    """The encoder in a folder (model.onnx, tokenizer.json), or without one the encoder that installed packages carry.

    Raises EncoderError, with a message for the operator, where there is none that can be used.
    """
    if folder is not None:
        files_in(folder)  # before the libraries are loaded, which take 30 MB
    try:
        from knowledge.matching.encoder import load
    except ImportError as error:
        raise EncoderError(f"The package {error.name} is not installed. Install the advisor's dependencies.") from None
    return load(folder)


def understand(
    pack: Pack, *, encoder: Encoder | None, cache: Path | None = None, fitting: Callable[[], None] | None = None
) -> Knowledge:
    """The pack with its matcher and reader; without an encoder, both go by words alone.

    So they do for a pack without `beside` phrasings: heads learn only from such texts what is none of their business.
    Fitting a pack that does not come with the advisor takes a minute or two: `fitting` is called just before, so that
    somebody can be told. What was fitted is kept in `cache`, and so are the vectors: after a change only new
    texts are encoded.
    """
    if encoder is None or not pack.phrasings.beside:
        from knowledge.matching.lexical import LexicalMatcher

        return Knowledge(pack, LexicalMatcher(pack), PackReader(pack))
    from knowledge.matching.implied_answers import ImpliedAnswerReader
    from knowledge.matching.model_file import fitted
    from knowledge.matching.semantic import SemanticMatcher

    heads = fitted(pack, encoder, cache, fitting)
    remembering = Remembering(encoder)
    matcher = SemanticMatcher(pack, remembering, heads)
    return Knowledge(pack, matcher, ImpliedAnswerReader(pack, remembering, heads.answers, heads.stated))
