# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables and results."""
from __future__ import annotations

from collections.abc import Iterator
import json
import os
from typing import TYPE_CHECKING, Any

from tradeflow import _core

if TYPE_CHECKING:
    from tradeflow._plot import Chart

KEY, PERIOD, FLOAT64, INT64, STATUS, BOOL = range(1, 7)


class Table(_core.Table):
    """Columns of equal length, as the library holds them. A table does not change.

    It gives its columns through the Arrow PyCapsule interface, so that Polars, pyarrow,
    DuckDB and others read it where it lies.
    """

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._names()

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column that has one."""
        return {name: unit for name, unit in zip(self._names(), self._units()) if unit}

    @property
    def notes(self) -> list[str]:
        """Facts that a reader should know."""
        return self._notes()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self), len(self._names())

    def attribute(self, name: str) -> str | None:
        """A fact about the whole table, such as its currency; None when it does not say."""
        return self._attribute(name)

    def _find(self, name: str) -> int:
        try:
            return self._names().index(name)
        except ValueError:
            raise KeyError(f"no column {name!r}; there are {', '.join(self.columns)}") from None

    def __getitem__(self, name: str) -> Any:
        """A column as a NumPy array: numbers where they lie, texts as objects."""
        import numpy as np

        i = self._find(name)
        kind, data = self._types()[i], np.frombuffer(self._column(i), self._dtype(i))
        if kind == KEY:
            return np.array([*self._labels(i), None], dtype=object)[data]
        if kind == PERIOD:
            periods, where = np.unique(data, return_inverse=True)
            labels = [_core.period_label(int(p)) or None for p in periods]
            return np.array([*labels, None], dtype=object)[where]
        if kind == STATUS:
            texts = [chr(code) if code else None for code in range(256)]
            return np.array(texts, dtype=object)[data]
        return data

    def _dtype(self, i: int) -> str:
        return {KEY: "=i4", PERIOD: "=i4", FLOAT64: "=f8", INT64: "=i8", STATUS: "u1", BOOL: "?"}[
            self._types()[i]
        ]

    def to_dict(self) -> dict[str, Any]:
        """Column by column: name to NumPy array."""
        return {name: self[name] for name in self.columns}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Row by row, as Python's own objects; missing numbers are NaN, other things None."""
        names = self.columns
        for row in zip(*(self[name].tolist() for name in names)):
            yield dict(zip(names, row))

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """As CSV, as the command writes it: into a file, or as text when there is none."""
        return self._put(self._write("csv"), path)

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """As JSON with recipe, notes and units: into a file, or as text."""
        return self._put(self._write("json"), path)

    @staticmethod
    def _put(text: str, path: str | os.PathLike[str] | None) -> str | None:
        if path is None:
            return text
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return None

    def to_pandas(self) -> Any:
        """A pandas DataFrame; texts are categories, and `attrs` has recipe and units."""
        import pandas as pd

        columns = {}
        for i, name in enumerate(self.columns):
            kind = self._types()[i]
            if kind == KEY:
                codes = memoryview(self._column(i))
                columns[name] = self._categories(pd, codes, self._labels(i))
            elif kind in (PERIOD, STATUS):
                columns[name] = self._texts(pd, i, self[name])
            else:
                columns[name] = self[name]
        frame = pd.DataFrame(columns, copy=False)
        frame.attrs["units"] = self.units
        frame.attrs["notes"] = self.notes
        recipe = self.attribute("recipe")
        if recipe is not None:
            frame.attrs["recipe"] = json.loads(recipe)
        return frame

    def _texts(self, pd: Any, i: int, texts: Any) -> Any:
        """Periods are categories in time, which need not be the order of their labels."""
        import numpy as np

        if self._types()[i] != PERIOD:
            return pd.Categorical(texts)
        periods = np.unique(np.frombuffer(self._column(i), "=i4"))
        labels = [label for p in periods if (label := _core.period_label(int(p)))]
        return pd.Categorical(texts, labels, ordered=True)

    @staticmethod
    def _categories(pd: Any, codes: Any, labels: list[str]) -> Any:
        import numpy as np

        return pd.Categorical.from_codes(np.frombuffer(codes, "=i4"), labels)

    def to_polars(self) -> Any:
        """A Polars DataFrame; numbers are not copied."""
        import polars as pl

        return pl.DataFrame(self)

    def to_arrow(self) -> Any:
        """A pyarrow Table, its schema with recipe and units; numbers are not copied."""
        import pyarrow as pa

        return pa.table(self)

    def convert(self, rates: str | os.PathLike[str], currency: str) -> Table:
        """The same flows in another currency, by a file of rates."""
        return self._converted(Table, os.fspath(rates), currency)

    def deflate(self, deflator: str | os.PathLike[str], base: str | int) -> Table:
        """The same flows at the prices of one period, by a file of a price index."""
        return self._deflated(Table, os.fspath(deflator), str(base))

    def recode(
        self,
        to: str | None = None,
        from_: str | None = None,
        *,
        column: str = "product",
        table: str | os.PathLike[str] | None = None,
        folder: str | os.PathLike[str] | None = None,
        many: str = "split",
        unmapped: str = "apart",
    ) -> Table:
        """The same flows by other codes, such as recode("sitc2", "hs2022").

        `folder` is where the concordances lie (data/concordance of the library); `table`
        is a file of pairs in their place, which needs no names.
        """
        options = {
            "to": to,
            "from": from_,
            "column": column,
            "table": None if table is None else os.fspath(table),
            "folder": None if folder is None else os.fspath(folder),
            "many": many,
            "unmapped": unmapped,
        }
        return self._recoded(Table, {k: v for k, v in options.items() if v is not None})

    def __repr__(self) -> str:
        rows, columns = self.shape
        text = self._write("table", 100) if rows <= 200 else ""
        return text or f"<{type(self).__name__} of {rows} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from html import escape

        names = self.columns
        shown = [self[name][:20].tolist() for name in names]
        units = self.units
        head = "".join(
            f'<th title="{escape(units.get(name, ""))}">{escape(name)}</th>' for name in names
        )
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell(value))}</td>" for value in row) + "</tr>"
            for row in zip(*shown)
        )
        rows = len(self)
        more = f"<p>{rows} rows, the first 20 of them</p>" if rows > 20 else ""
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}{notes}"


def cell(value: object) -> str:
    """A value as a table shows it."""
    if value is None or value != value:
        return ""
    return f"{value:,.6g}" if isinstance(value, float) and abs(value) < 1e6 else (
        f"{value:,.0f}" if isinstance(value, float) else str(value)
    )


class Result(Table):
    """What an operation gives: a table with its recipe, and ways to look at it."""

    @property
    def recipe(self) -> dict[str, Any]:
        """Operation, each parameter as it was resolved, inputs, and version."""
        found: dict[str, Any] = json.loads(self.attribute("recipe") or "{}")
        return found

    def explain(self) -> str:
        """How the numbers came about, in words."""
        from tradeflow._explain import explain

        return explain(self.recipe, self.notes)

    def plot(self, *, title: str | None = None) -> Chart:
        """The result as a chart, which notebooks show.

        Lines over periods; shares of the last period are bars. Of a projection
        `observed=True` shows what it goes on from.
        """
        from tradeflow._plot import plot

        return plot(self, title)
