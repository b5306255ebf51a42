# SPDX-License-Identifier: GPL-3.0-or-later
"""Data frames in and out."""
from __future__ import annotations

from typing import Any

from tradeflow._table import Result, Table


def table(data: Any, **options: Any) -> Table:
    """A table of the library from a data frame."""
    raise TypeError(f"found {type(data).__name__}, expected a path, a scan or a table")


def like(frame: Any, result: Result) -> Any:
    """The result as the kind of frame that was given."""
    return result
