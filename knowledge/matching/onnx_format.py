"""ONNX's file format, as far as a model is rewritten here: messages of protobuf, which keep the fields that are not
named. The package `onnx` brings 33 MB for the same.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from numpy.typing import NDArray

FLOAT, INT8, INT64 = 1, 3, 7
"""Numbers of types of tensors."""

_TYPES: Mapping[np.dtype[Any], int] = {np.dtype(np.float32): FLOAT, np.dtype(np.int8): INT8, np.dtype(np.int64): INT64}
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT = 1, 2

_MESSAGES = {
    "Model": "graph=7 Graph, opset_import=8* Opset",
    "Opset": "domain=1 string, version=2 int64",
    "Graph": "node=1* Node, initializer=5* Tensor, input=11* Value, output=12* Value, value_info=13* Value",
    "Value": "name=1 string",
    "Node": "input=1* string, output=2* string, op_type=4 string, attribute=5* Attribute, domain=7 string",
    "Attribute": "name=1 string, f=2 float, i=3 int64, type=20 int32",
    "Tensor": "dims=1* int64, data_type=2 int32, name=8 string, raw_data=9 bytes",
}
"""Number and type of each field, as onnx.proto has them; a star for many."""

_FIELD = re.compile(r"(\w+)=(\d+)(\*?) (\w+)")


def load(file: Path) -> Any:
    """A model. google.protobuf.message.DecodeError if the file is none."""
    return _message("Model").FromString(file.read_bytes())


def make_node(kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **given: int | float) -> Any:
    """A node with these attributes."""
    node = _message("Node")(op_type=kind, input=inputs, output=outputs, domain=domain or None)
    for name, value in sorted(given.items()):
        field, number = ("f", _ATTRIBUTE_FLOAT) if isinstance(value, float) else ("i", _ATTRIBUTE_INT)
        node.attribute.add(name=name, type=number, **{field: value})
    return node


def to_array(tensor: Any) -> NDArray[Any]:
    """The values of a tensor; StopIteration if it is of another type."""
    kind = next(kind for kind, number in _TYPES.items() if number == tensor.data_type)
    values: NDArray[Any] = np.frombuffer(tensor.raw_data, kind)
    return values.reshape(tensor.dims)


def from_array(values: NDArray[Any], name: str) -> Any:
    """A tensor with these values; KeyError if they are of another type."""
    return _message("Tensor")(
        name=name, dims=values.shape, data_type=_TYPES[values.dtype], raw_data=np.ascontiguousarray(values).tobytes()
    )


@cache
def _message(name: str) -> Any:
    return GetMessageClass(_pool().FindMessageTypeByName(name))


@cache
def _pool() -> Any:
    file = FileDescriptorProto(name="advisor_onnx.proto")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, many, kind in _FIELD.findall(fields):
            label = FieldDescriptorProto.LABEL_REPEATED if many else FieldDescriptorProto.LABEL_OPTIONAL
            added = message.field.add(name=field, number=int(number), label=label)
            if kind in _MESSAGES:
                added.type, added.type_name = FieldDescriptorProto.TYPE_MESSAGE, kind
            else:
                added.type = FieldDescriptorProto.Type.Value(f"TYPE_{kind.upper()}")
    pool = DescriptorPool()
    pool.Add(file)
    return pool
