"""Models that are read, stored or handed on: whoever has one may rely on what it says."""

from pydantic import BaseModel, ValidationError


def changes_in_place(model: type[BaseModel]) -> bool:
    """Whether a field of such a record can be set to something else."""
    record = model.model_construct()
    try:
        setattr(record, next(iter(model.model_fields)), "another")
    except ValidationError:
        return False
    return True
