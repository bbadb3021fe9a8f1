"""The encoder: known files only, the mean of a text's own pieces."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.matching import encoder as module
from knowledge.matching.encoder import MODEL, TOKENIZER, sums_exactly
from knowledge.matching.factory import EncoderError, load_encoder
from tests.bot.run import ROOT
from tests.knowledge.fixtures import encoder


def test_vectors_have_length_one_and_depend_on_their_text_alone() -> None:
    texts = ["how much does it cost", "how much does it cost in the long run, taking hosting and people into account"]
    together = encoder().encode(texts)
    assert together.shape == (2, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert np.array_equal(together[0], encoder().encode(texts[:1])[0])


def test_near_meanings_are_near_so_nothing_is_padded() -> None:
    price, cost, lunch = encoder().encode(["the price of a car", "what a car costs", "we had soup for lunch"])
    assert price @ cost > 0.7 > 0.3 > price @ lunch


def test_an_own_folder_needs_both_files(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        load_encoder(tmp_path)


def test_an_own_folder_serves_and_has_a_digest_of_its_own(tmp_path: Path) -> None:
    for file in (module._packaged(*MODEL), TOKENIZER):
        shutil.copy(file, tmp_path)
    assert load_encoder(tmp_path).digest == encoder().digest
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert load_encoder(tmp_path).digest != encoder().digest


def test_what_is_made_of_the_model_is_kept_for_the_next_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_encoder(None, tmp_path)
    (kept,) = tmp_path.iterdir()
    monkeypatch.setattr(module, "_rewritten", lambda *_: pytest.fail("rewritten again"))
    second = load_encoder(None, tmp_path)
    text = ["we want summaries of radiology reports"]
    assert np.array_equal(first.encode(text), second.encode(text))
    assert np.array_equal(first.encode(text), encoder().encode(text))
    assert first.digest == second.digest
    assert first.digest in kept.name


def test_what_was_kept_and_is_broken_is_made_anew(tmp_path: Path) -> None:
    load_encoder(None, tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1000])
    load_encoder(None, tmp_path)
    assert kept.read_bytes() == whole


def test_no_start_needs_what_is_not_installed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules |= dict.fromkeys(('onnx', 'huggingface_hub'))\n"
        "from pathlib import Path\n"
        "from knowledge.matching.factory import load_encoder\n"
        "load_encoder(None, Path(sys.argv[1]))"
    )

    def start() -> int:
        return subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, cwd=ROOT).returncode

    assert (start(), start()) == (0, 0)


def test_files_that_are_no_model_are_an_encoder_error(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(EncoderError, match="cannot be run"):
        load_encoder(tmp_path)


def test_another_file_in_the_package_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="not the file"):
        load_encoder(None)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MODEL", ("no-such-package", "model.onnx"))
    with pytest.raises(EncoderError, match="no-such-package is not installed"):
        load_encoder(None)


@pytest.mark.parametrize(
    ("machine", "processor", "exactly"),
    [
        ("aarch64", "", True),
        ("x86_64", "flags : fpu avx2 avx512_vnni", True),
        ("AMD64", "flags : fpu avx2 avx_vnni amx", True),
        ("x86_64", "flags : fpu avx2", False),
        ("AMD64", "", False),
    ],
)
def test_sums_that_would_overflow_are_known(machine: str, processor: str, exactly: bool) -> None:
    assert sums_exactly(machine, processor) is exactly
