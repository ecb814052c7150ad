"""Where settings are written, the file and the environment; each value as it stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

PREFIX = "YANPAN_"


class Written(PydanticBaseSettingsSource):
    """What a file says, by the names that it uses: «Port» is not «port»."""

    def __init__(self, settings_cls: type[BaseSettings], values: dict[str, Any]) -> None:
        super().__init__(settings_cls)
        self.values = values

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The value of one setting, its name, and whether it is still a text to be read."""
        return self.values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All values, those that are no setting too, so that they are refused."""
        return self.values


class Environment(EnvSettingsSource):
    """``YANPAN_*``; a list that is no JSON is kept as it is, to be refused by its own name."""

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        """The list or section that a text stands for."""
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return value


@dataclass(frozen=True, slots=True)
class Sources:
    """What was set where, as it was written."""

    path: Path
    file: Mapping[str, Any]
    environment: Mapping[str, Any]

    def is_variable(self, *parts: str) -> bool:
        """Whether the environment says it, and not only the file."""
        return _holds(self.environment, parts)

    def of(self, *parts: str) -> str:
        """Where the value of a setting, or of a part of it, comes from; empty: the default."""
        if self.is_variable(*parts):
            return f"环境变量 {PREFIX}{parts[0].upper()}"
        return str(self.path) if _holds(self.file, parts) else ""


def _holds(values: Any, parts: tuple[str, ...]) -> bool:
    for part in parts:
        if not isinstance(values, Mapping) or part not in values:
            return False
        values = values[part]
    return True
