"""Models that are read, stored or handed on: whoever has one may rely on what it says."""

from dataclasses import FrozenInstanceError, fields, is_dataclass

from pydantic import BaseModel, ValidationError


def changes_in_place(model: type) -> bool:
    """Whether a field of such a record can be set to something else."""
    record = model.model_construct() if issubclass(model, BaseModel) else object.__new__(model)
    try:
        setattr(record, _a_field(model), "another")
    except (ValidationError, FrozenInstanceError):
        return False
    return True


def _a_field(model: type) -> str:
    if issubclass(model, BaseModel):
        return next(iter(model.model_fields))
    assert is_dataclass(model)
    return fields(model)[0].name
