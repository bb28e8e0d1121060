"""Text that is never readable in the database: what a report says, in the words of its reporter."""

from typing import Any

from django.db import models

from core.sealing import seal, unseal


class SealedTextField(models.BinaryField):
    """A text kept under the field key; reads and writes as `str`. It cannot be searched, and must not be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = seal(value, purpose=self.purpose)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value), purpose=self.purpose)

    def get_default(self) -> str:
        return ""

    def value_to_string(self, obj: Any) -> str:
        return "…"  # serialised nowhere in clear
