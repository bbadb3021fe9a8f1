"""Models that calculate with their int8 weights: nearly the same results, nothing else is touched."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from knowledge.matching.encoder import MODEL, _packaged, sums_exactly
from knowledge.matching.quantization import with_int8_operators

_WEIGHTS = np.random.default_rng(7).integers(-127, 128, (6, 4), dtype=np.int8)
_SCALES = {
    "column": np.linspace(0.01, 0.04, 4, dtype=np.float32)[None],
    "row": np.linspace(0.01, 0.06, 6, dtype=np.float32)[:, None],
}

_PRODUCT = helper.make_node("MatMul", ["x", "w"], ["y"])
_ROWS = helper.make_node("Gather", ["w", "ids"], ["y"])
_COLUMNS = helper.make_node("Gather", ["w", "ids"], ["y"], axis=1)
_AGAIN = helper.make_node("Identity", ["w"], ["z"])


def _model(folder: Path, scale: str, *uses: NodeProto) -> Path:
    """A model that makes floats of int8 weights for these nodes."""
    floats = [helper.make_node("Cast", ["q"], ["f"], to=TensorProto.FLOAT), helper.make_node("Mul", ["f", "s"], ["w"])]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 6]),
        helper.make_tensor_value_info("ids", TensorProto.INT64, [None]),
    ]
    outputs = [helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, None) for node in uses]
    stored = [numpy_helper.from_array(_WEIGHTS, "q"), numpy_helper.from_array(_SCALES[scale], "s")]
    graph = helper.make_graph([*floats, *uses], "g", inputs, outputs, stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.save(model, folder / "model.onnx")
    return folder / "model.onnx"


def _run(model: bytes) -> NDArray[np.float32]:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", "1")  # the same on any machine
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    given = {"x": np.linspace(-1, 1, 18, dtype=np.float32).reshape(3, 6), "ids": np.array([5, 0, 2], np.int64)}
    wanted = {name.name for name in session.get_inputs()}
    found: NDArray[np.float32] = session.run(None, {name: value for name, value in given.items() if name in wanted})[0]
    return found


@pytest.mark.parametrize(
    ("scale", "use", "operators"),
    [("column", _PRODUCT, ["DynamicQuantizeMatMul"]), ("row", _ROWS, ["Gather", "Gather", "Cast", "Mul"])],
)
def test_what_uses_weights_takes_them_as_they_are(
    tmp_path: Path, scale: str, use: NodeProto, operators: list[str]
) -> None:
    model = _model(tmp_path, scale, use)
    changed = with_int8_operators(model)
    assert [node.op_type for node in changed.graph.node] == operators
    assert _run(changed.SerializeToString()) == pytest.approx(_run(model.read_bytes()), abs=0.1)


@pytest.mark.parametrize(
    ("scale", "uses"),
    [("row", [_PRODUCT]), ("column", [_ROWS]), ("row", [_COLUMNS]), ("column", [_PRODUCT, _AGAIN])],
    ids=["a product scaled by row", "rows scaled by column", "columns looked up", "used twice"],
)
def test_anything_else_stays_as_it_is(tmp_path: Path, scale: str, uses: list[NodeProto]) -> None:
    assert with_int8_operators(_model(tmp_path, scale, *uses)) is None


def test_of_the_encoder_that_comes_along_no_weights_become_floats() -> None:
    changed = with_int8_operators(_packaged(*MODEL))
    graph = changed.graph
    stored = {tensor.name for tensor in graph.initializer if tensor.data_type == TensorProto.INT8}
    assert len(stored) > 30
    assert not [node.name for node in graph.node if node.op_type == "Cast" and stored.intersection(node.input)]


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
