"""The trained model: classifiers fitted to a pack, stored in a file, refused where anything has changed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.classifier import Floats, LinearClassifier, as_matrix
from knowledge.matching.embeddings import CachedEncoder, Encoder, read_cache, write_cache
from knowledge.matching.examples import Labelled, answer_examples, call_examples, passage_examples, scenario_examples
from knowledge.matching.keywords import CALL, TOPIC, Keywords, feature, keyword_features
from knowledge.matching.tfidf import Idf, Weights
from knowledge.matching.training import STRENGTH, WORDS, ErrorLimits, TrainingSet, fit, fit_inner, fit_shared, rounded
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_FORMAT = 5
"""Raise it whenever the features or the fitting change: everything stored before is then stale."""

_ANSWERS = "answers/"
"""What the arrays of the questions' classifiers are named by in a file."""

OUTSIDE = "outside"
"""The label under which all outside entries and terms are told from passages."""

_ENTRIES = ("out-", "term-")
"""How their ids begin."""

_LEAST = 3
"""Texts that a feature must occur in: rarer ones carry hardly anything from one text to another, and cost memory."""

_ASKED = ErrorLimits(wrong=0.05, foreign=0.165)
_WITHIN = 0.1
"""Wrong among the outside entries and terms that are taken at once; each has a dozen examples, most near another's."""

_CALLED = ErrorLimits(wrong=0.15, foreign=0.03)
_TOLD = ErrorLimits(wrong=0.05, foreign=0.04)

_COMMON = 3
"""Statements that a word must stand in to count as a feature of theirs."""

_LIKELY = 0.6
"""Probability from which a sentence is taken to imply an answer. Cross-validation cannot choose it: the statements of a
pack are mirror images of each other on purpose, so what is unseen there is harder than anything people say."""


@dataclass(frozen=True, eq=False)
class MatchingModel:
    """Classifiers over the same features: which passage a text asks for, or which outside entry or term where its label
    is OUTSIDE; which scenario it resembles; which outside entry a sentence of an idea calls for.

    And a classifier for each question, over features of their own: which of its options a sentence implies.
    """

    key: str
    idf: Idf
    passages: LinearClassifier
    scenarios: LinearClassifier
    entries: LinearClassifier | None
    """None where the pack has none; likewise below."""
    calls: LinearClassifier | None
    answers: dict[str, LinearClassifier]
    answer_idf: Idf
    """The features of the classifiers for answers."""


def model_key(pack: Pack, encoder: Encoder) -> str:
    """Names what was fitted: the same for the same examples, encoder and way of fitting."""
    spelling = pack.phrasings.spelling.model_dump(mode="json")
    way = [_FORMAT, STRENGTH, WORDS, asdict(_ASKED), _WITHIN, asdict(_CALLED), asdict(_TOLD), _LIKELY, _COMMON]
    answers = {question: answer_examples(pack, question) for question in pack.statements.said}
    topics = {entry.id: [entry.topics, entry.keywords] for entry in pack.outside}
    asked = [passage_examples(pack), call_examples(pack), topics]
    content = [way, encoder.digest, spelling, asked, scenario_examples(pack), answers]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> MatchingModel:
    """Fits all classifiers; takes some forty seconds for six thousand examples, half of them for encoding."""
    normalise = Normaliser(pack.phrasings.spelling)

    def normalised(labelled: Labelled) -> Labelled:
        return [(label, normalise(text)) for label, text in labelled]

    asked, told = normalised(passage_examples(pack)), normalised(scenario_examples(pack))
    called = normalised(call_examples(pack))
    implied = {question: normalised(answer_examples(pack, question)) for question in pack.statements.said}
    known = sorted({text for _, text in asked + told})
    others = {text for labelled in (called, *implied.values()) for _, text in labelled}
    texts = [*known, *sorted(others.difference(known))]
    idf = _with_keywords(Idf.of(known, least=_LEAST), pack)
    vectors = encoder.encode(texts)
    rows = {text: row for row, text in enumerate(texts)}

    def examples(labelled: Labelled, keywords: Callable[[str], Weights] = lambda _: {}) -> TrainingSet:
        at = [rows[text] for _, text in labelled]
        features = as_matrix([idf.weigh(text) | keywords(text) for _, text in labelled], idf.columns)
        return TrainingSet(vectors[at], features, tuple(label for label, _ in labelled))

    answer_idf = Idf.of({text for labelled in implied.values() for _, text in labelled}, least=_COMMON)
    answers = _answers(implied, vectors, rows, answer_idf)
    topics, calling = topics_of(pack, normalise), calls_of(pack, normalise)
    inner = [label if label.startswith(_ENTRIES) else None for label, _ in asked]
    outer = [(label if own is None else OUTSIDE, text) for (label, text), own in zip(asked, inner, strict=True)]
    passages, entries = _asked(examples(outer, partial(_keywords, topics, TOPIC)), inner)
    calls = rounded(fit(examples(called, partial(_keywords, calling, CALL)), _CALLED)) if called else None
    scenarios = rounded(fit(examples(told), _TOLD))
    return MatchingModel(
        model_key(pack, encoder), idf, rounded(passages), scenarios, entries, calls, answers, answer_idf
    )


def _asked(examples: TrainingSet, inner: Sequence[str | None]) -> tuple[LinearClassifier, LinearClassifier | None]:
    if not any(inner):
        return fit(examples, _ASKED), None
    passages, entries = fit_inner(examples, inner, OUTSIDE, _ASKED, _WITHIN)
    return passages, rounded(entries)


def topics_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """What makes a question one about an outside entry."""
    return Keywords({entry.id: entry.topics for entry in pack.outside}, normalise)


def calls_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """What makes an idea call for an outside entry."""
    return Keywords({entry.id: entry.keywords for entry in pack.outside}, normalise)


def _keywords(keywords: Keywords, kind: str, text: str) -> Weights:
    return keyword_features(kind, keywords.only(text))


def _with_keywords(idf: Idf, pack: Pack) -> Idf:
    """With a column for each keyword feature, whose weight no text's n-grams give."""
    names = [feature(kind, name) for kind in (TOPIC, CALL) for name in ("", *(entry.id for entry in pack.outside))]
    return Idf({**idf.weights, **dict.fromkeys(names, 1.0)}) if pack.outside else idf


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
    }
    answers = {f"{_ANSWERS}{question}": classifier for question, classifier in model.answers.items()}
    asked = {"passages": model.passages, "scenarios": model.scenarios, "entries": model.entries, "calls": model.calls}
    for name, classifier in {**asked, **answers}.items():
        if classifier is None:
            continue
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
            entries, calls = (_classifier(arrays, n) if f"{n}.labels" in arrays else None for n in ("entries", "calls"))
            labels = [name for name in arrays.files if name.startswith(_ANSWERS) and name.endswith(".labels")]
            named = [name.removesuffix(".labels") for name in labels]
            answers = {name.removeprefix(_ANSWERS): _classifier(arrays, name) for name in named}
    except (KeyError, ValueError, OSError, BadZipFile):
        return None
    return MatchingModel(key, idf, passages, scenarios, entries, calls, answers, answer_idf)


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
        content = read_cache(file)
        if content is not None and (found := parse(content, key)) is not None:
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
    return read_cache(_in_cache(cache, model_key(pack, encoder))) is not None


def _in_cache(cache: Path, key: str) -> Path:
    return cache / f"{key}.npz"
