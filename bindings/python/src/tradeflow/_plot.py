# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts of results: lines over periods, or shares as bars."""
from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from tradeflow import _core

if TYPE_CHECKING:
    from tradeflow._table import Result

MOST_LINES, MOST_BARS = 8, 20
BAR, FORECAST = 1, 1
RANKING, PERCENT = 1, 2
NOTES = ("reason", "method", "interval")
SINGLE = ("flow", "reporter")
BANDS = ((0.8, "lower_80", "upper_80"), (0.95, "lower_95", "upper_95"))


class Chart:
    """A chart: notebooks show it, `svg` and `text()` give it, `save()` writes it."""

    def __init__(
        self, about: dict[str, Any], labels: list[str], series: list[dict[str, Any]]
    ) -> None:
        self._about = about
        self._labels = labels
        self._series = series

    @property
    def svg(self) -> str:
        """The chart as one self-contained SVG element."""
        return _core.chart(self._about, self._labels, self._series)

    def text(self, width: int = 80, *, ascii: bool = False) -> str:
        """The chart as lines of text for a terminal."""
        return _core.chart(self._about, self._labels, self._series, width=width, ascii=ascii)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the SVG into a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return self.text()


def plot(result: Result, title: str | None) -> Chart:
    """What the command draws of a result."""
    operation = result.recipe.get("operation", "")
    measure = {"share": "share", "growth": "growth"}.get(operation, "value")
    columns = result.columns
    if measure not in columns or "period" not in columns:
        raise ValueError(
            f"a result of {operation} has nothing to draw; growth, share and project have"
        )
    if len(result) == 0:
        raise ValueError("the result has no rows to draw")
    keys = [
        name
        for name, kind in zip(columns, result._types())
        if kind == 1 and name not in NOTES
    ]
    rows = list(result.rows())
    alike = [name for name in keys if len({row[name] for row in rows}) == 1]
    apart = [name for name in keys if name not in alike]
    known = ", ".join(f"{name} {rows[0][name] or ''}".rstrip() for name in alike)
    about = {
        "title": title or operation + (f": {known}" if known else ""),
        "unit": measure if measure != "value" else result.units.get("value", ""),
        "flags": PERCENT if measure != "value" else 0,
    }
    if measure == "share":
        return ranking(rows, apart, about, title is None)
    return lines(rows, apart, measure, about)


def name_of(row: dict[str, Any], keys: list[str]) -> str:
    return " ".join(str(row[key] or "") for key in keys)


def ranking(
    rows: list[dict[str, Any]], keys: list[str], about: dict[str, Any], named: bool
) -> Chart:
    """Shares of the last period, largest first, as they come."""
    for key in keys:
        if key in SINGLE:
            raise ValueError(f"shares of several totals; choose one {key}")
    last = max(row["period"] or "" for row in rows)
    rows = [row for row in rows if row["period"] == last]
    if named:
        about["title"] += f", {last}" + (", the largest" if len(rows) > MOST_BARS else "")
    rows = rows[:MOST_BARS]
    about["flags"] |= RANKING
    values = [row["share"] for row in rows]
    return Chart(about, [name_of(row, keys) for row in rows], [{"values": values, "kind": BAR}])


def lines(
    rows: list[dict[str, Any]], keys: list[str], measure: str, about: dict[str, Any]
) -> Chart:
    """One line for each of what is apart, and what is projected ahead of it."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(name_of(row, keys), []).append(row)
    if len(groups) > MOST_LINES:
        raise ValueError(
            f"{len(groups)} lines are too many for one chart; choose some by reporter, "
            "partner, product or flow"
        )
    periods = sorted({row["period"] for row in rows if row["period"]})
    at = {period: i for i, period in enumerate(periods)}
    series: list[dict[str, Any]] = []
    for name, members in groups.items():
        seen, ahead = [math.nan] * len(periods), [math.nan] * len(periods)
        bands = [(level, ahead.copy(), ahead.copy()) for level, _, _ in BANDS]
        for row in (row for row in members if row["period"]):
            i = at[row["period"]]
            if row.get("status") != "F":
                seen[i] = row[measure]
                continue
            ahead[i] = row[measure]
            for (_, low, high), (_, lower, upper) in zip(bands, BANDS):
                low[i], high[i] = row.get(lower, math.nan), row.get(upper, math.nan)
        known = [i for i, value in enumerate(seen) if not math.isnan(value)]
        if known:
            series.append({"values": seen, "name": name})
        if not all(math.isnan(value) for value in ahead):
            if known:  # the projection hangs on the last observation
                for values in (ahead, *(end for band in bands for end in band[1:])):
                    values[known[-1]] = seen[known[-1]]
            label = f"{name}, projection" if name else "projection"
            series.append({"values": ahead, "name": label, "role": FORECAST, "bands": bands})
    return Chart(about, periods, series)
