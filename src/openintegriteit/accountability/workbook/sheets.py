"""The workbook of a year: its sheets, their columns and the words that a cell may hold, as in content/workbook.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from openintegriteit.accountability.sections import section_choices
from openintegriteit.core.spreadsheets.columns import Column

CONTENT = Path(__file__).parents[1] / "content" / "workbook.yaml"

type Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet of the workbook: its name, what it is for, and its columns."""

    key: str
    name: str
    intro: str
    columns: tuple[Column, ...]


def load_sheets(path: Path) -> tuple[SheetKind, ...]:
    """The sheets of a file, in its order. Raises KeyError for choices that the file does not name."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    choices: dict[str, Choices] = {name: tuple(words.items()) for name, words in content["choices"].items()}
    choices["report_sections"] = section_choices()
    return tuple(
        SheetKind(row["key"], row["name"], row["intro"], tuple(_column(column, choices) for column in row["columns"]))
        for row in content["sheets"]
    )


def _column(row: dict[str, Any], choices: Mapping[str, Choices]) -> Column:
    return Column(**{**row, "choices": choices[row["choices"]] if "choices" in row else ()})


SHEETS = load_sheets(CONTENT)
