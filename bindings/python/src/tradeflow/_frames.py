# SPDX-License-Identifier: GPL-3.0-or-later
"""Data frames in, by the Arrow PyCapsule interface, and the caller's kind out."""
from __future__ import annotations

from collections.abc import Mapping
import sys
from typing import Any

from tradeflow import _core
from tradeflow._errors import InvalidError
from tradeflow._read import options_of
from tradeflow._table import Result, Table


def table(data: Any, **options: Any) -> Table:
    """A table of the library from flows that are in memory.

    Parameters
    ----------
    data : a pandas, Polars or pyarrow frame, a DuckDB relation, anything with
        `__arrow_c_stream__`, or a mapping of names to columns. Null, NA, NaN and None are
        missing.
    layout, columns, currency, valuation, unit_multiplier, unknown, bad_rows,
    allow_negative : as in read_csv
    """
    if isinstance(data, Table):
        return data
    how = options_of(options)
    data = native(data)
    if is_pandas(data):
        data = prepared(data)
    if isinstance(data, Mapping):
        return by_text(dict(data), how)
    if not hasattr(data, "__arrow_c_stream__"):
        kind = f"{type(data).__module__}.{type(data).__qualname__}".removeprefix("builtins.")
        raise TypeError(
            f"found {kind}, expected a path, a Table, a data frame, or anything else with "
            "__arrow_c_stream__"
        )
    return _core.from_arrow(Table, data.__arrow_c_stream__(), how)


def module(name: str) -> Any:
    """A library, if anybody has imported it: who has not has none of its objects."""
    return sys.modules.get(name)


def is_pandas(data: Any) -> bool:
    pd = module("pandas")
    return pd is not None and isinstance(data, pd.DataFrame)


def native(data: Any) -> Any:
    """What is inside a Narwhals frame; a lazy frame with its rows; else the same."""
    nw = module("narwhals")
    if nw is not None:
        data = nw.to_native(data, pass_through=True)
    stable = module("narwhals.stable.v2")
    if stable is not None:
        data = stable.to_native(data, pass_through=True)
    pl = module("polars")
    if pl is not None and isinstance(data, pl.LazyFrame):
        return data.collect()
    duckdb = module("duckdb")
    if duckdb is not None and isinstance(data, duckdb.DuckDBPyRelation):
        if not hasattr(data, "__arrow_c_stream__"):
            return data.fetch_arrow_reader()
    return data


def prepared(frame: Any) -> Any:
    """A pandas frame as Arrow can have it; its columns as they are without pyarrow."""
    import pandas as pd

    twice = frame.columns[frame.columns.duplicated()]
    if len(twice) > 0:
        raise InvalidError(f"column {twice[0]!r} comes twice")
    periods = [name for name in frame.columns if isinstance(frame[name].dtype, pd.PeriodDtype)]
    if periods:
        frame = frame.assign(**{name: frame[name].astype("string") for name in periods})
    index = [name for name in frame.index.names if name is not None]
    if any(isinstance(frame.index.get_level_values(name).dtype, pd.PeriodDtype) for name in index):
        return prepared(frame.reset_index())
    try:
        import pyarrow as pa
    except ImportError:
        frame = frame.reset_index() if index else frame
        columns = {}
        for name in frame.columns:
            column = frame[name].astype(object)
            columns[str(name)] = column.where(frame[name].notna(), None).tolist()
        return columns
    try:
        return pa.Table.from_pandas(frame, preserve_index=bool(index))
    except (pa.ArrowException, TypeError, ValueError) as error:
        # A column of objects that are no one thing; Arrow says which.
        raise InvalidError(f"this frame cannot be read: {error}") from error


def by_text(columns: dict[str, Any], how: dict[str, Any]) -> Table:
    """Columns without Arrow: as CSV in memory, where numbers keep all their digits."""
    import csv
    import io

    lists = [c.tolist() if hasattr(c, "tolist") else list(c) for c in columns.values()]
    if len({len(c) for c in lists}) > 1:
        raise InvalidError("columns are of different lengths")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*lists):
        writer.writerow([cell(value) for value in row])
    how = {k: v for k, v in how.items() if k not in ("delimiter", "decimal", "thousands")}
    return _core.read_bytes(Table, text.getvalue().encode(), "columns", how | {"delimiter": ","})


def cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return repr(float(value))
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d"))
    return str(value)


def like(frame: Any, result: Result) -> Any:
    """The result as the kind of frame that was given.

    A DuckDB relation belongs to a connection that it does not tell, so that the answer is
    a pyarrow Table, which DuckDB reads by name.
    """
    import narwhals.stable.v2 as nw

    inside = native(frame)
    if isinstance(frame, nw.DataFrame):
        return nw.from_native(like(inside, result), eager_only=True)
    narwhals = module("narwhals")
    if narwhals is not None and isinstance(frame, narwhals.DataFrame):
        return narwhals.from_native(like(inside, result), eager_only=True)
    if is_pandas(inside):
        return result.to_pandas()
    pl, pa, duckdb = module("polars"), module("pyarrow"), module("duckdb")
    if pl is not None and isinstance(inside, pl.DataFrame):
        return result.to_polars().lazy() if is_lazy(frame) else result.to_polars()
    if pa is not None and isinstance(inside, (pa.Table, pa.RecordBatch, pa.RecordBatchReader)):
        return result.to_arrow()
    if duckdb is not None and isinstance(inside, duckdb.DuckDBPyRelation):
        return result.to_arrow()
    wrapped = nw.from_native(inside, eager_only=True, pass_through=True)
    if isinstance(wrapped, nw.DataFrame):  # a frame of another library that Narwhals knows
        return nw.from_arrow(result, backend=wrapped.implementation).to_native()
    return result


def is_lazy(frame: Any) -> bool:
    pl = module("polars")
    return pl is not None and isinstance(frame, pl.LazyFrame)
