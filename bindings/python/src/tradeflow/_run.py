# SPDX-License-Identifier: GPL-3.0-or-later
"""The running of operations."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
import os
from typing import Any
import warnings

from tradeflow import _core
from tradeflow._errors import UndefinedWarning, UnsupportedError
from tradeflow._read import Scan
from tradeflow._table import KEY, Result, Table

FLAG, INTEGER, REAL, TEXT, CHOICE, LIST, PERIODS, NUMBERS = range(1, 9)


def value_text(name: str, value: Any, kind: int) -> str:
    """A value as the library reads it."""
    if isinstance(value, str):
        return value
    if kind == FLAG:
        if not isinstance(value, (bool, int)) and type(value).__name__ != "bool_":
            raise TypeError(f"{name}: found {value!r}, expected True or False")
        return "yes" if value else "no"
    if isinstance(value, bool):
        raise TypeError(f"{name}: found {value!r}")
    if kind == PERIODS and isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise ValueError(f"{name}: found {len(value)} periods, expected two: (first, last)")
        return ":".join("" if end is None else str(end) for end in value)
    if isinstance(value, (list, tuple, set, frozenset)) or hasattr(value, "tolist"):
        if isinstance(value, (set, frozenset)):
            value = sorted(value)
        items = value.tolist() if hasattr(value, "tolist") else value
        if isinstance(items, (list, tuple)):
            between = ";" if kind == TEXT else ","
            return between.join(value_text(name, item, TEXT) for item in items)
        value = items
    if isinstance(value, float):
        return repr(value)
    return str(value)


def run(
    operation: str,
    tables: Sequence[Any],
    parameters: Sequence[tuple[str, Any, Any, int]],
    read: Mapping[str, Any] | None,
) -> Any:
    """Run an operation; the answer is of the kind of the first table."""
    from tradeflow import _frames

    call = _core.Call(operation)
    negative = False
    for name, value, default, kind in parameters:
        if value is not None and not (type(value) is type(default) and value == default):
            call.set(name, value_text(name, value, kind))
            negative |= name == "allow_negative" and value_text(name, value, kind) == "yes"
    sources = [source_of(table, read) for table in tables if table is not None]
    result = run_call(call, sources, negative)
    warn_undefined(operation, result)
    frame = tables[0] if tables else None
    if isinstance(sources[0] if sources else None, Scan) or isinstance(frame, Table):
        return result
    return result if frame is None else _frames.like(frame, result)


def source_of(data: Any, read: Mapping[str, Any] | None) -> Scan | Table:
    """What is to be read, or is a table already."""
    if isinstance(data, (Scan, Table)):
        if read:
            raise TypeError("read= is for paths")
        return data
    if isinstance(data, (str, os.PathLike)):
        return Scan(data, read or {})
    if isinstance(data, (list, tuple)) and data:
        if all(isinstance(one, (str, os.PathLike)) for one in data):
            return Scan(data, read or {})
    from tradeflow import _frames

    return _frames.table(data, **(read or {}))


def run_call(call: Any, sources: Sequence[Scan | Table], negative: bool) -> Result:
    """Products are added up while files are read, as far as the call does without them;
    files that turn out to need them are read again."""
    products = call.products()
    scans = [source for source in sources if isinstance(source, Scan)]
    for source in sources:
        table = source._read(products, negative) if isinstance(source, Scan) else source
        call.input(table)
    try:
        result: Result = call.run(Result)
    except UnsupportedError:
        if products == 0 or not scans or any(scan._once() for scan in scans):
            raise
        call.forget()
        for source in sources:
            call.input(source._read(0, negative) if isinstance(source, Scan) else source)
        result = call.run(Result)
    return result


def warn_undefined(operation: str, result: Result) -> None:
    """One warning a call about results that have a reason in the place of a number."""
    if "reason" not in result.columns:
        return
    import numpy as np

    i = result._find("reason")
    codes = np.frombuffer(result._column(i), "=i4")
    if result._types()[i] != KEY or not (codes >= 0).any():
        return
    labels = result._labels(i)
    found, n = np.unique(codes[codes >= 0], return_counts=True)
    reasons = Counter({labels[c]: int(k) for c, k in zip(found, n)})
    each = "; ".join(f"{k} {reason}" for reason, k in reasons.most_common())
    text = f"{operation}: {sum(reasons.values())} of {len(result)} rows have no result: {each}"
    warnings.warn(UndefinedWarning(text, dict(reasons)), stacklevel=4)
