"""What matching has learnt from a pack with one encoder: built once, stored, and refused where anything has changed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.classifier import Floats, Head, as_matrix
from knowledge.matching.embeddings import Encoder, KeptVectors, keep, kept
from knowledge.matching.examples import Labelled, answer_examples, passage_examples, scenario_examples
from knowledge.matching.tfidf import Rarity
from knowledge.matching.training import STRENGTH, WORDS, Allowed, Examples, fit, fit_alike, rounded
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_FORMAT = 4
"""Raise it whenever the features or the fitting change: everything stored before is then stale."""

_ANSWERS = "answers/"
"""What the arrays of the questions' heads are named by in a file."""

_LEAST = 3
"""Texts that a feature must occur in: rarer ones carry hardly anything from one text to another, and cost memory."""

_ASKED = Allowed(wrong=0.03, foreign=0.165)
_TOLD = Allowed(wrong=0.05, foreign=0.04)

_COMMON = 3
"""Statements that a word must stand in to count as a feature of theirs."""

_LIKELY = 0.6
"""Probability from which a sentence is taken to imply an answer. Cross-validation cannot choose it: the statements of a
pack are mirror images of each other on purpose, so what is unseen there is harder than anything people say."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """Two heads over the same features: which passage a text asks for, and which scenario it resembles.

    And a head for each question, over features of their own: which of its options a sentence implies.
    """

    key: str
    rarity: Rarity
    columns: dict[str, int]
    passages: Head
    scenarios: Head
    answers: dict[str, Head]
    stated: Rarity
    """The features of the heads for answers; their columns are in its order."""


def key_of(pack: Pack, encoder: Encoder) -> str:
    """Names what was fitted: the same for the same examples, encoder and way of fitting."""
    spelling = pack.phrasings.spelling.model_dump(mode="json")
    way = [_FORMAT, STRENGTH, WORDS, asdict(_ASKED), asdict(_TOLD), _LIKELY, _COMMON]
    answers = {question: answer_examples(pack, question) for question in pack.statements.said}
    content = [way, encoder.digest, spelling, passage_examples(pack), scenario_examples(pack), answers]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> Fitted:
    """Fits all heads; takes some forty seconds for six thousand examples, half of them for encoding."""
    normalise = Normaliser(pack.phrasings.spelling)

    def normalised(labelled: Labelled) -> Labelled:
        return [(label, normalise(text)) for label, text in labelled]

    asked, told = normalised(passage_examples(pack)), normalised(scenario_examples(pack))
    implied = {question: normalised(answer_examples(pack, question)) for question in pack.statements.said}
    known = sorted({text for _, text in asked + told})
    texts = [*known, *sorted({text for labelled in implied.values() for _, text in labelled}.difference(known))]
    rarity = Rarity.of(known, least=_LEAST)
    columns = {name: at for at, name in enumerate(rarity.rarity)}
    vectors = encoder.encode(texts)
    features = as_matrix([rarity.weigh(text) for text in known], columns)
    rows = {text: row for row, text in enumerate(texts)}

    def examples(labelled: Labelled) -> Examples:
        at = [rows[text] for _, text in labelled]
        return Examples(vectors[at], features[at], tuple(label for label, _ in labelled))

    stated = Rarity.of({text for labelled in implied.values() for _, text in labelled}, least=_COMMON)
    answers = _answers(implied, vectors, rows, stated)
    passages, scenarios = fit(examples(asked), _ASKED), fit(examples(told), _TOLD)
    return Fitted(key_of(pack, encoder), rarity, columns, rounded(passages), rounded(scenarios), answers, stated)


def _answers(
    implied: Mapping[str, Labelled], vectors: Floats, rows: Mapping[str, int], stated: Rarity
) -> dict[str, Head]:
    """The heads for answers. All of them learn from the same texts in the same order, under labels of their own."""
    texts = [text for _, text in next(iter(implied.values()), [])]
    features = as_matrix([stated.weigh(text) for text in texts], {name: at for at, name in enumerate(stated.rarity)})
    told = Examples(vectors[[rows[text] for text in texts]], features, ())
    labels = {question: tuple(label for label, _ in labelled) for question, labelled in implied.items()}
    return {question: rounded(head) for question, head in fit_alike(told, labels, _LIKELY).items()} if texts else {}


def dump(fitted: Fitted) -> bytes:
    """The fitted heads as a file (numpy's compressed .npz, no pickled objects)."""
    arrays: dict[str, np.ndarray] = {
        "key": _bytes(fitted.key),
        "names": _bytes("\n".join(fitted.columns)),
        "rarity": np.fromiter(fitted.rarity.rarity.values(), np.float64),
        "stated.names": _bytes("\n".join(fitted.stated.rarity)),
        "stated.rarity": np.fromiter(fitted.stated.rarity.values(), np.float64),
    }
    answers = {f"{_ANSWERS}{question}": head for question, head in fitted.answers.items()}
    for name, head in {"passages": fitted.passages, "scenarios": fitted.scenarios, **answers}.items():
        arrays[f"{name}.labels"] = _bytes("\n".join(head.labels))
        arrays[f"{name}.thresholds"] = np.array([head.surely, head.possibly], np.float64)
        for part in ("dense", "sparse", "bias"):
            arrays[f"{name}.{part}"] = getattr(head, part).astype(np.float16)
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def parse(content: bytes, key: str) -> Fitted | None:
    """What `dump` wrote, or None where it is not for this key or is no such file."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            if _text(arrays["key"]) != key:
                return None
            rarity, stated = _rarity(arrays, ""), _rarity(arrays, "stated.")
            passages, scenarios = _head(arrays, "passages"), _head(arrays, "scenarios")
            named = [name.removesuffix(".labels") for name in arrays.files if name.startswith(_ANSWERS)]
            answers = {
                name.removeprefix(_ANSWERS): _head(arrays, name) for name in named if f"{name}.labels" in arrays.files
            }
    except (KeyError, ValueError, OSError, BadZipFile):
        return None
    columns = {name: at for at, name in enumerate(rarity.rarity)}
    return Fitted(key, rarity, columns, passages, scenarios, answers, stated)


def _rarity(arrays: np.lib.npyio.NpzFile, name: str) -> Rarity:
    names = _text(arrays[f"{name}names"]).split("\n") if len(arrays[f"{name}names"]) else []
    return Rarity(dict(zip(names, arrays[f"{name}rarity"].tolist(), strict=True)))


def _head(arrays: np.lib.npyio.NpzFile, name: str) -> Head:
    surely, possibly = arrays[f"{name}.thresholds"].tolist()
    dense, sparse, bias = (arrays[f"{name}.{part}"].astype(np.float32) for part in ("dense", "sparse", "bias"))
    return Head(tuple(_text(arrays[f"{name}.labels"]).split("\n")), dense, sparse, bias, surely, possibly)


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: np.ndarray) -> str:
    return array.tobytes().decode()


def shipped(pack_id: str) -> Path:
    """Where the heads of a pack that comes with the advisor stand."""
    return Path(__file__).with_name("heads") / f"{pack_id}.npz"


def fitted(pack: Pack, encoder: Encoder, cache: Path | None, fitting: Callable[[], None] | None = None) -> Fitted:
    """The heads that come with the pack or stand in `cache`; fitted, and stored there, where both are stale.

    `fitting` is called before that happens. Where `cache` cannot be written, they serve this process alone.
    """
    key = key_of(pack, encoder)
    stored = [shipped(pack.id)]
    if cache is not None:
        stored.append(_in_cache(cache, key))
    for file in stored:
        content = kept(file)
        if content is not None and (found := parse(content, key)) is not None:
            return found
    if fitting is not None:
        fitting()
    if cache is None:
        return build(pack, encoder)
    fresh = build(pack, KeptVectors(encoder, cache))
    keep(_in_cache(cache, key), dump(fresh))
    return fresh


def is_kept(pack: Pack, encoder: Encoder, cache: Path) -> bool:
    """Whether what was fitted stands in `cache`, so that the next process need not fit."""
    return kept(_in_cache(cache, key_of(pack, encoder))) is not None


def _in_cache(cache: Path, key: str) -> Path:
    return cache / f"{key}.npz"
