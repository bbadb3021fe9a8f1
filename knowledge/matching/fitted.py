"""What matching has learnt from a pack with one encoder: built once, stored, and refused where anything has changed."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.encoding import Encoder
from knowledge.matching.examples import passage_examples, scenario_examples
from knowledge.matching.features import Rarity
from knowledge.matching.fitting import STRENGTH, Allowed, Examples, fit, rounded
from knowledge.matching.head import Head, as_matrix
from knowledge.normalising import Normaliser
from knowledge.pack import Pack

_FORMAT = 2
"""Raise it whenever the features or the fitting change: everything stored before is then stale."""

_ASKED = Allowed(wrong=0.02, foreign=0.15)
_TOLD = Allowed(wrong=0.05, foreign=0.02)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Two heads over the same features: which passage a text asks for, and which scenario it resembles."""

    key: str
    rarity: Rarity
    columns: dict[str, int]
    passages: Head
    scenarios: Head


def key_of(pack: Pack, encoder: Encoder) -> str:
    """Names what was fitted: the same for the same examples, encoder and way of fitting."""
    spelling = pack.phrasings.spelling.model_dump(mode="json")
    way = [_FORMAT, STRENGTH, asdict(_ASKED), asdict(_TOLD)]
    content = [way, encoder.digest, spelling, passage_examples(pack), scenario_examples(pack)]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> Fitted:
    """Fits both heads; takes some ten seconds for a thousand examples."""
    normalise = Normaliser(pack.phrasings.spelling)
    asked = [(label, normalise(text)) for label, text in passage_examples(pack)]
    told = [(label, normalise(text)) for label, text in scenario_examples(pack)]
    texts = sorted({text for _, text in asked + told})
    rarity = Rarity.of(texts, least=2)
    columns = {name: at for at, name in enumerate(rarity.rarity)}
    vectors = encoder.encode(texts)
    features = as_matrix([rarity.weigh(text) for text in texts], columns)
    rows = {text: row for row, text in enumerate(texts)}

    def examples(labelled: list[tuple[str, str]]) -> Examples:
        at = [rows[text] for _, text in labelled]
        return Examples(vectors[at], features[at], tuple(label for label, _ in labelled))

    passages, scenarios = fit(examples(asked), _ASKED), fit(examples(told), _TOLD)
    return Fitted(key_of(pack, encoder), rarity, columns, rounded(passages), rounded(scenarios))


def dump(fitted: Fitted) -> bytes:
    """The fitted heads as a file (numpy's compressed .npz, no pickled objects)."""
    arrays: dict[str, np.ndarray] = {
        "key": _bytes(fitted.key),
        "names": _bytes("\n".join(fitted.columns)),
        "rarity": np.fromiter(fitted.rarity.rarity.values(), np.float64),
    }
    for name, head in (("passages", fitted.passages), ("scenarios", fitted.scenarios)):
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
            names = _text(arrays["names"]).split("\n")
            rarity = dict(zip(names, arrays["rarity"].tolist(), strict=True))
            heads = [_head(arrays, name) for name in ("passages", "scenarios")]
    except (KeyError, ValueError, OSError, BadZipFile):
        return None
    return Fitted(key, Rarity(rarity), {name: at for at, name in enumerate(names)}, *heads)


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


def fitted(pack: Pack, encoder: Encoder, cache: Path | None) -> Fitted:
    """The heads that come with the pack or stand in `cache`; fitted, and stored there, where both are stale."""
    key = key_of(pack, encoder)
    stored = [shipped(pack.id)]
    if cache is not None:
        stored.append(cache / f"{key}.npz")
    for file in stored:
        if file.is_file() and (found := parse(file.read_bytes(), key)) is not None:
            return found
    fresh = build(pack, encoder)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        partial = cache / f"{key}.partial"
        partial.write_bytes(dump(fresh))
        partial.replace(cache / f"{key}.npz")
    return fresh
