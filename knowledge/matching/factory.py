"""Builds a pack's matcher and readers, with or without an encoder; imports only what the chosen way needs."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from knowledge.interfaces import Knowledge
from knowledge.matching.embeddings import Encoder, EncoderError, MemoizedEncoder, encoder_files
from knowledge.matching.examples import common_words
from knowledge.pack import Pack
from knowledge.reading.reader import PackReader
from knowledge.typed_answers.answer_reader import PackAnswerReader
from knowledge.typed_answers.command_kinds import LearntCommandKinds, stored_kind_weights
from knowledge.typed_answers.features import AnswerClassifier
from knowledge.typed_answers.weights import stored_weights

__all__ = ["MODEL", "Encoder", "EncoderError", "TrainingError", "build_knowledge", "fit_pack", "learns", "load_encoder"]

MODEL = "model.npz"
"""The file of classifiers trained in advance in the folder of a pack; see `fit_pack`."""


class TrainingError(Exception):
    """Nothing can be trained here. The message says why and what to do, for an operator."""


def check_trainable() -> None:
    """TrainingError if scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        raise TrainingError(
            "The package scikit-learn, which trains a pack's classifiers, is not installed. "
            "Install the advisor with its extra `fit`, or train elsewhere: `advisor knowledge learn` writes a file."
        )


def load_encoder(folder: Path | None, cache: Path | None = None) -> Encoder:
    """The encoder in a folder (model.onnx, tokenizer.json), or without one the encoder that installed packages carry.

    `cache`: a folder in which the rewritten model is kept for the next process.
    Raises EncoderError, with a message for the operator, if there is none that can be used.
    """
    if folder is not None:
        encoder_files(folder)  # before the libraries are loaded, which take 30 MB
    try:
        from knowledge.matching.encoder import load
    except ImportError as error:
        raise EncoderError(
            f"The package {error.name} is not installed. Install the advisor with its extra `encoder`."
        ) from None
    return load(folder, cache)


def build_knowledge(
    pack: Pack,
    *,
    encoder: Encoder | None,
    cache: Path | None = None,
    fitting: Callable[[], None] | None = None,
    own: Path | None = None,
    whole: Callable[[], Pack] | None = None,
) -> Knowledge:
    """The pack with its matcher and reader; without an encoder, both go by words alone.

    A pack without `beside` phrasings is also understood by words alone: without them classifiers cannot learn which
    texts have no label. Training a pack that does not come with the advisor takes 5 to 6 minutes; `fitting` is called
    just before. The classifiers are kept in `cache`.
    `own`: the file of classifiers that such a pack may bring; ignored if it is stale. `whole` reads the pack with what
    it is to be learnt from (LEARNT), which is needed only where there are no valid classifiers. TrainingError where
    these cannot be trained.
    """
    model = None
    if encoder is not None:
        from knowledge.matching.model_file import fit_and_keep, load

        model = load(pack, encoder, cache, own)
    if model is None and whole is not None:
        pack = whole()
    if encoder is None or (model is None and not learns(pack)):
        from knowledge.matching.lexical_matcher import LexicalMatcher

        words = PackReader(pack)
        answers = PackAnswerReader(pack, words, AnswerClassifier(), stored_weights())
        near = LexicalMatcher(pack)
        kinds = LearntCommandKinds((words, answers, near), stored_kind_weights())
        return Knowledge(pack, near, words, answers, kinds, common_words(pack))
    if model is None:
        check_trainable()
        if fitting is not None:
            fitting()
        model = fit_and_keep(pack, encoder, cache)
    import numpy as np

    from knowledge.matching.answer_classifiers import answer_classifier
    from knowledge.matching.implied_answers import ImpliedAnswerReader
    from knowledge.matching.phrase_matcher import SemanticPhraseMatcher
    from knowledge.matching.semantic_matcher import SemanticMatcher

    memoized = MemoizedEncoder(encoder)
    matcher = SemanticMatcher(pack, memoized, model)
    classifier = answer_classifier(pack, memoized, model.typed_answers, model.statements, model.statement_idf)
    reader = ImpliedAnswerReader(pack, memoized, model)
    answers = PackAnswerReader(pack, reader, classifier, stored_weights())
    likely = stored_kind_weights()
    rows = np.array(likely.vector, np.float32)

    def by_vector(text: str) -> list[float]:
        vector = memoized.encode([pack.normalise(text)])[0]
        scores: list[float] = (rows @ vector).tolist() if vector.size == rows.shape[1] else []  # else another encoder's
        return scores

    kinds = LearntCommandKinds((reader, answers, matcher), likely, by_vector)
    # Hundreds of phrases would push the last texts out of the cache: each group's vectors are kept by the matcher.
    phrases = SemanticPhraseMatcher(pack, encoder, memoized)
    return Knowledge(pack, matcher, reader, answers, kinds, model.common_words, by_meaning=True, phrases=phrases)


def learns(pack: Pack) -> bool:
    """Whether classifiers are trained for the pack: they need `beside` phrasings."""
    return bool(pack.phrasings.beside)


def fit_pack(pack: Pack, encoder: Encoder, folder: Path) -> Path:
    """Trains a pack's classifiers and writes them into its folder, so that no start has to. OSError if that fails,
    TrainingError where nothing can be trained.
    """
    from knowledge.matching.model_file import build, dump

    check_trainable()
    file = folder / MODEL
    partial = file.with_suffix(".partial")
    partial.write_bytes(dump(build(pack, encoder)))
    partial.replace(file)
    return file
