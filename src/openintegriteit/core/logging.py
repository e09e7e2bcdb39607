"""Logging as JSON lines on standard output, without personal data."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import ExcInfo

# What an error repeats of what was typed stands between quotes, or is a mail address.
REPEATED = re.compile(r"""(?P<quote>['"“‘`]).*(?:(?P=quote)|[”’])|\S+@\S+""", re.DOTALL)
NAME_IN_DATABASE = re.compile(r"[a-z0-9.]*_[a-z0-9_.]*")


def _without_what_was_typed(message: str) -> str:
    """The first line of an error; names of tables, columns and constraints may stay."""

    def replaced(found: re.Match[str]) -> str:
        return found.group() if NAME_IN_DATABASE.fullmatch(found.group().strip("'\"")) else "-"

    return REPEATED.sub(replaced, message.partition("\n")[0])


def _told(exc_info: ExcInfo) -> str:
    """Where it went wrong, and the first line of each error: below it a database repeats what was typed."""
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        message = _without_what_was_typed(str(error))
        where = "".join(traceback.format_tb(error.__traceback__))
        told.insert(0, f"{where}{type(error).__module__}.{type(error).__qualname__}: {message}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(told)


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.ExceptionRenderer(_told),
]


class StandardOutput(logging.Handler):
    """Writes each line to what standard output is at that moment: a stream that was kept may have been closed since."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stdout.write(self.format(record) + "\n")
            sys.stdout.flush()
        except (OSError, ValueError, TypeError):
            self.handleError(record)


def configure(config: dict[str, Any]) -> None:
    """Set up structlog and the standard library's logging alike; called by Django with settings.LOGGING."""
    handler = StandardOutput()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    # Django's own lines for a page that is refused or absent hold the address, which may tell who or what.
    handler.addFilter(_without_address)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config["level"])
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _without_address(record: logging.LogRecord) -> bool:
    if isinstance(record.args, Mapping):
        record.args = {name: _hidden(value) for name, value in record.args.items()}
    else:
        record.args = tuple(_hidden(value) for value in record.args or ())
    return True


def _hidden(value: object) -> object:
    return "-" if isinstance(value, str) and value.startswith("/") else value
