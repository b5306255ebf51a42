# SPDX-License-Identifier: GPL-3.0-or-later
"""Trade-flow statistics: growth, shares, concentration and projections.

    import tradeflow as tf

    tf.growth("flows.csv", reporter="BLR", partner="CHN")   # an operation on a file
    tf.growth(frame, reporter="BLR")                        # on a data frame: one comes back
    tf.cagr(100, 121, 2), tf.hhi([3, 2, 1])                 # a kernel on numbers and arrays

Operations take a path, a scan (scan_csv), a Table (read_csv, table) or a data frame, and
keywords; operations() lists them. Kernels are functions on arrays; where an operation has
the same name, the kernel is in tradeflow.kernels.
"""
from __future__ import annotations

from tradeflow import _core

if _core.version != _core.built_with:
    raise ImportError(
        f"tradeflow was built with libtradeflow {_core.built_with}, and found {_core.version}"
    )

from tradeflow import _operations, _statistics, kernels
from tradeflow._errors import (
    ConvergenceError,
    DataWarning,
    DuplicateError,
    Error,
    FileError,
    InternalError,
    InvalidError,
    LimitError,
    LowerBoundWarning,
    MissingError,
    MixedError,
    NegativeError,
    OutOfMemoryError,
    OverlapError,
    ParseError,
    UndefinedWarning,
    UnknownError,
    UnsupportedError,
)
from tradeflow._frames import table
from tradeflow._operations import *
from tradeflow._plot import Chart
from tradeflow._read import Scan, read_csv, scan_csv
from tradeflow._statistics import *
from tradeflow._table import Result, Table

__version__: str = _core.version


def operations() -> dict[str, str]:
    """Each operation with a sentence on it."""
    return {o["name"]: o["summary"] for o in _core.registry()}


def layouts() -> dict[str, str]:
    """Layouts of files that read_csv recognises, with a line on each."""
    return _core.layouts()


__all__ = [
    "Chart", "ConvergenceError", "DataWarning", "DuplicateError", "Error", "FileError",
    "InternalError", "InvalidError", "LimitError", "LowerBoundWarning", "MissingError",
    "MixedError", "NegativeError", "OutOfMemoryError", "OverlapError", "ParseError", "Result",
    "Scan", "Table", "UndefinedWarning", "UnknownError", "UnsupportedError", "kernels",
    "layouts", "operations", "read_csv", "scan_csv", "table",
]
__all__ += _statistics.__all__
__all__ += _operations.__all__
