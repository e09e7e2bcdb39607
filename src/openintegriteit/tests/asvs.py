"""How the product stands to OWASP ASVS 5.0: reads docs/developers/asvs.yaml and writes asvs.md beside it.

`python -m openintegriteit.tests.asvs` writes the page; tests/architecture/test_asvs.py holds both against the code.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

DOCS = Path(__file__).parents[3] / "docs" / "developers"
STATES = {
    "proven": "proven by tests",
    "other": "holds, shown otherwise",
    "partly": "holds in part",
    "open": "does not hold yet",
    "runner": "with who runs it",
    "absent": "does not apply",
}
# The level of each requirement of ASVS 5.0.0, in order, by section.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
LEVEL_OF = {
    f"{section}.{place}": int(level) for section, levels in LEVELS.items() for place, level in enumerate(levels, 1)
}
INTRODUCTION = """\
# OWASP ASVS 5.0, levels 1 and 2

Where the product stands, requirement by requirement, and which test shows it. The wording is ours and short; the
[standard](https://owasp.org/www-project-application-security-verification-standard/) (version 5.0.0, CC BY-SA 4.0) says
what is asked in full. We judge ourselves here: no other party has looked yet. Written from `asvs.yaml` by
`python -m openintegriteit.tests.asvs`; a test keeps the two alike, looks up every test that is named, and sees that no
requirement of levels 1 and 2 is missing. Paths of tests start below `src/openintegriteit`.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the standard asks, and how the product stands to it."""

    number: str
    asks: str
    state: str
    tests: tuple[str, ...] = ()
    how: str = ""


def sections() -> dict[str, list[Requirement]]:
    """The requirements by chapter, as they stand in the file."""
    listed = yaml.load((DOCS / "asvs.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 texts only
    return {
        chapter["section"]: [
            Requirement(**{"number": number, **row, "tests": tuple(row.get("tests", ()))})
            for number, row in chapter["requirements"].items()
        ]
        for chapter in listed
    }


def page() -> str:
    """The page for people."""
    found = sections()
    count = Counter(row.state for rows in found.values() for row in rows)
    parts = [INTRODUCTION, "| State | Requirements |\n|---|---|"]
    parts += [f"| {words} | {count[state]} |" for state, words in STATES.items()]
    parts += ["\n## What does not hold, or only in part\n"]
    parts += [
        f"- **{row.number}** {row.asks}: {row.how}"
        for wanted in ("open", "partly")
        for rows in found.values()
        for row in rows
        if row.state == wanted
    ]
    for chapter, rows in found.items():
        parts += [f"\n## {chapter}\n", "| Number | Level | Asks | State | Shown by |\n|---|---|---|---|---|"]
        parts += [_line(row) for row in rows]
    return "\n".join(parts) + "\n"


def _line(row: Requirement) -> str:
    shown = " ".join([*(f"`{test}`" for test in row.tests), row.how]).strip()
    return f"| {row.number} | {LEVEL_OF[row.number]} | {row.asks} | {STATES[row.state]} | {shown} |"


if __name__ == "__main__":
    (DOCS / "asvs.md").write_text(page(), encoding="utf-8")
