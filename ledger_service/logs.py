"""Logs: one JSON object a line, with the request's id and nothing personal.

What is logged is chosen field by field: route templates instead of addresses, kinds instead of
messages. Nobody's code, token, number or network address goes in.
"""

import sys
from typing import TextIO

import structlog
from structlog.typing import FilteringBoundLogger


def make_logger(stream: TextIO | None = None) -> FilteringBoundLogger:
    """A logger of one's own, to stderr unless told otherwise."""
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("INFO"),
    )
    return logger


def where(error: BaseException) -> str:
    """Type and place of an exception without its message, which may quote a value."""
    last, place = error.__traceback__, ""
    while last is not None:
        place = f"{last.tb_frame.f_globals.get('__name__', '?')}:{last.tb_lineno}"
        last = last.tb_next
    return f"{type(error).__name__} at {place}"
