"""The trained model: classifiers fitted to a pack, stored in a file, refused where anything has changed."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.classifier import Floats, LinearClassifier, as_matrix
from knowledge.matching.embeddings import CachedEncoder, Encoder, write_cache
from knowledge.matching.examples import (
    ANY,
    Labelled,
    answer_examples,
    idea_examples,
    passage_examples,
    plain_examples,
    reply_examples,
    scenario_examples,
)
from knowledge.matching.tfidf import Idf
from knowledge.matching.training import (
    REPLY_WORDS,
    STRENGTH,
    WORDS,
    ErrorLimits,
    TrainingSet,
    fit,
    fit_replies,
    fit_shared,
    rounded,
)
from knowledge.pack import Pack
from knowledge.reading.negations import with_negations
from knowledge.text_normalization import Normaliser

_FORMAT = 5
"""Raise it whenever the features or the fitting change: everything stored before is then stale."""

_ANSWERS = "answers/"
"""What the arrays of the questions' classifiers are named by in a file."""

_REPLIES = "replies/"
"""The same for the classifiers of replies."""

_LEAST = 3
"""Texts that a feature must occur in: rarer ones carry hardly anything from one text to another, and cost memory."""

_ASKED = ErrorLimits(wrong=0.03, foreign=0.12)
_ANSWERED = 0.64
"""Probability from which a question is answered at once. By cost: a wrong title that is offered costs a glance, a menu
instead of an answer a turn, a wrong answer two or three."""

_TOLD = ErrorLimits(wrong=0.05, foreign=0.04)

_IDEAS = ErrorLimits(wrong=0.03, foreign=0.03)

_WRONG_REPLIES = 0.02
"""Share of the replies taken at once that may be wrong, by cross-validation over replies that are mostly harder than
what people type: half of them are mirror images of the other half."""

_COMMON = 3
"""Statements that a word must stand in to count as a feature of theirs."""

_REPEATED = 2
"""Replies that a feature must occur in: they are short, and few."""

_LIKELY = 0.6
"""Probability from which a sentence is taken to imply an answer. Cross-validation cannot choose it: the statements of a
pack are mirror images of each other on purpose, so what is unseen there is harder than anything people say."""


@dataclass(frozen=True, eq=False)
class MatchingModel:
    """Two classifiers over the same features: which passage a text asks for, and which scenario it resembles.

    And a classifier for each question, over features of their own: which of its options a sentence implies.
    """

    key: str
    idf: Idf
    passages: LinearClassifier
    scenarios: LinearClassifier
    answers: dict[str, LinearClassifier]
    answer_idf: Idf
    """The features of the classifiers for answers."""
    ideas: LinearClassifier
    """Whether a text describes an idea at all; over the features of passages and scenarios."""
    replies: dict[str, LinearClassifier]
    """For each question what a reply means while it is open, and under ANY what it means whatever is open."""
    reply_idf: Idf
    """The features of the classifiers of replies, negations marked."""


def model_key(pack: Pack, encoder: Encoder) -> str:
    """Names what was fitted: the same for the same examples, encoder and way of fitting."""
    spelling = pack.phrasings.spelling.model_dump(mode="json")
    limits = [asdict(limit) for limit in (_ASKED, _TOLD, _IDEAS)]
    way = [_FORMAT, STRENGTH, WORDS, REPLY_WORDS, *limits, _ANSWERED, _LIKELY, _COMMON, _REPEATED, _WRONG_REPLIES]
    answers = {question: answer_examples(pack, question) for question in pack.statements.said}
    examples = [passage_examples(pack), scenario_examples(pack), idea_examples(pack)]
    content = [way, encoder.digest, spelling, *examples, answers, _reply_examples(pack)]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> MatchingModel:
    """Fits all classifiers; takes some forty seconds for six thousand examples, half of them for encoding."""
    normalise = Normaliser(pack.phrasings.spelling)

    def normalised(labelled: Labelled) -> Labelled:
        return [(label, normalise(text)) for label, text in labelled]

    asked, told = normalised(passage_examples(pack)), normalised(scenario_examples(pack))
    ideas = normalised(idea_examples(pack))
    replies = {name: _distinct(normalised(labelled)) for name, labelled in _reply_examples(pack).items()}
    implied = {question: normalised(answer_examples(pack, question)) for question in pack.statements.said}
    known = sorted({text for _, text in asked + told + ideas})
    others = {text for labelled in (*implied.values(), *replies.values()) for _, text in labelled}
    texts = [*known, *sorted(others.difference(known))]
    idf = Idf.of(known, least=_LEAST)
    vectors = encoder.encode(texts)
    features = as_matrix([idf.weigh(text) for text in known], idf.columns)
    rows = {text: row for row, text in enumerate(texts)}

    def examples(labelled: Labelled) -> TrainingSet:
        at = [rows[text] for _, text in labelled]
        return TrainingSet(vectors[at], features[at], tuple(label for label, _ in labelled))

    answer_idf = Idf.of({text for labelled in implied.values() for _, text in labelled}, least=_COMMON)
    answers = _answers(implied, vectors, rows, answer_idf)
    passages, scenarios = fit(examples(asked), _ASKED, _ANSWERED), fit(examples(told), _TOLD)
    reply_idf = Idf.of({with_negations(text) for each in replies.values() for _, text in each}, least=_REPEATED)
    return MatchingModel(
        model_key(pack, encoder),
        idf,
        rounded(passages),
        rounded(scenarios),
        answers,
        answer_idf,
        rounded(fit(examples(ideas), _IDEAS)),
        _replies(replies, vectors, rows, reply_idf),
        reply_idf,
    )


def _reply_examples(pack: Pack) -> dict[str, Labelled]:
    """What the classifiers of replies learn from, by their name; none where the pack has no replies."""
    asked = pack.short_answers.answers
    return {question: reply_examples(pack, question) for question in asked} | (
        {ANY: plain_examples(pack)} if asked else {}
    )


def _distinct(labelled: Labelled) -> Labelled:
    """Each text once: cross-validation is worth nothing where a text stands in two folds."""
    return [(label, text) for text, label in {text: label for label, text in labelled if text}.items()]


def _replies(
    labelled: Mapping[str, Labelled], vectors: Floats, rows: Mapping[str, int], idf: Idf
) -> dict[str, LinearClassifier]:
    found: dict[str, LinearClassifier] = {}
    for name, each in labelled.items():
        features = as_matrix([idf.weigh(with_negations(text)) for _, text in each], idf.columns)
        given = TrainingSet(vectors[[rows[text] for _, text in each]], features, tuple(label for label, _ in each))
        found[name] = rounded(fit_replies(given, _WRONG_REPLIES))
    return found


def _answers(
    implied: Mapping[str, Labelled], vectors: Floats, rows: Mapping[str, int], answer_idf: Idf
) -> dict[str, LinearClassifier]:
    """The classifiers for answers: all of them learn from the same texts in the same order, under their own labels."""
    texts = [text for _, text in next(iter(implied.values()), [])]
    if not texts:
        return {}
    features = as_matrix([answer_idf.weigh(text) for text in texts], answer_idf.columns)
    told = TrainingSet(vectors[[rows[text] for text in texts]], features, ())
    labels = {question: tuple(label for label, _ in labelled) for question, labelled in implied.items()}
    return {question: rounded(fitted) for question, fitted in fit_shared(told, labels, _LIKELY).items()}


def dump(model: MatchingModel) -> bytes:
    """The fitted classifiers as a file (numpy's compressed .npz, no pickled objects)."""
    arrays: dict[str, np.ndarray] = {
        "key": _bytes(model.key),
        "names": _bytes("\n".join(model.idf.weights)),
        "rarity": np.fromiter(model.idf.weights.values(), np.float64),
        "stated.names": _bytes("\n".join(model.answer_idf.weights)),
        "stated.rarity": np.fromiter(model.answer_idf.weights.values(), np.float64),
        "replies.names": _bytes("\n".join(model.reply_idf.weights)),
        "replies.rarity": np.fromiter(model.reply_idf.weights.values(), np.float64),
    }
    answers = {f"{_ANSWERS}{question}": classifier for question, classifier in model.answers.items()}
    replies = {f"{_REPLIES}{name}": classifier for name, classifier in model.replies.items()}
    whole = {"passages": model.passages, "scenarios": model.scenarios, "ideas": model.ideas}
    for name, classifier in {**whole, **answers, **replies}.items():
        arrays[f"{name}.labels"] = _bytes("\n".join(classifier.labels))
        thresholds = [classifier.accept_threshold, classifier.relevance_threshold]
        arrays[f"{name}.thresholds"] = np.array(thresholds, np.float64)
        for part in ("dense", "sparse", "bias"):
            arrays[f"{name}.{part}"] = getattr(classifier, part).astype(np.float16)
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def parse(content: bytes, key: str) -> MatchingModel | None:
    """What `dump` wrote, or None where it is not for this key or is no such file."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            if _text(arrays["key"]) != key:
                return None
            idf, answer_idf = _idf(arrays, ""), _idf(arrays, "stated.")
            passages, scenarios = _classifier(arrays, "passages"), _classifier(arrays, "scenarios")
            ideas, reply_idf = _classifier(arrays, "ideas"), _idf(arrays, "replies.")
            answers, replies = _classifiers(arrays, _ANSWERS), _classifiers(arrays, _REPLIES)
    except (KeyError, ValueError, OSError, BadZipFile):
        return None
    return MatchingModel(key, idf, passages, scenarios, answers, answer_idf, ideas, replies, reply_idf)


def _classifiers(arrays: np.lib.npyio.NpzFile, group: str) -> dict[str, LinearClassifier]:
    labels = [name for name in arrays.files if name.startswith(group) and name.endswith(".labels")]
    named = [name.removesuffix(".labels") for name in labels]
    return {name.removeprefix(group): _classifier(arrays, name) for name in named}


def _idf(arrays: np.lib.npyio.NpzFile, name: str) -> Idf:
    names = _text(arrays[f"{name}names"]).split("\n") if len(arrays[f"{name}names"]) else []
    return Idf(dict(zip(names, arrays[f"{name}rarity"].tolist(), strict=True)))


def _classifier(arrays: np.lib.npyio.NpzFile, name: str) -> LinearClassifier:
    accept, relevance = arrays[f"{name}.thresholds"].tolist()
    dense, sparse, bias = (arrays[f"{name}.{part}"].astype(np.float32) for part in ("dense", "sparse", "bias"))
    return LinearClassifier(tuple(_text(arrays[f"{name}.labels"]).split("\n")), dense, sparse, bias, accept, relevance)


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: np.ndarray) -> str:
    return array.tobytes().decode()


def shipped_model(pack_id: str) -> Path:
    """Where the classifiers of a pack that comes with the advisor stand."""
    return Path(__file__).with_name("models") / f"{pack_id}.npz"


def load_or_fit(
    pack: Pack, encoder: Encoder, cache: Path | None, fitting: Callable[[], None] | None = None
) -> MatchingModel:
    """The classifiers that come with the pack or stand in `cache`; fitted, and stored there, where both are stale.

    `fitting` is called before that happens. Where `cache` cannot be written, they serve this process alone.
    """
    key = model_key(pack, encoder)
    stored = [shipped_model(pack.id)]
    if cache is not None:
        stored.append(_in_cache(cache, key))
    for file in stored:
        with suppress(OSError):
            if (found := parse(file.read_bytes(), key)) is not None:
                return found
    if fitting is not None:
        fitting()
    if cache is None:
        return build(pack, encoder)
    fresh = build(pack, CachedEncoder(encoder, cache))
    write_cache(_in_cache(cache, key), dump(fresh))
    return fresh


def is_cached(pack: Pack, encoder: Encoder, cache: Path) -> bool:
    """Whether what was fitted stands in `cache`, so that the next process need not fit."""
    return _in_cache(cache, model_key(pack, encoder)).is_file()


def _in_cache(cache: Path, key: str) -> Path:
    return cache / f"{key}.npz"
