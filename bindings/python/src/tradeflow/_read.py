# SPDX-License-Identifier: GPL-3.0-or-later
"""Files into tables, at once or when an operation wants them."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
import os
from typing import TYPE_CHECKING, Any, TypeAlias

from tradeflow import _core
from tradeflow._errors import Error, NegativeError, ParseError, UnknownError, UnsupportedError
from tradeflow._table import Table

if TYPE_CHECKING:
    #: What names files: one path, or several that make one table.
    _Path: TypeAlias = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]

OPTIONS: dict[str, Any] = {
    "layout": str,
    "columns": (str, Mapping),
    "encoding": str,
    "delimiter": str,
    "decimal": str,
    "thousands": str,
    "unit_multiplier": (str, int),
    "currency": str,
    "valuation": str,
    "area_codes": (str, os.PathLike),
    "unknown": str,
    "bad_rows": str,
    "allow_negative": bool,
    "max_unpacked": int,
    "max_ratio": int,
    "max_members": int,
    "max_layers": int,
    "threads": int,
}


def options_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Options of reading, as the extension takes them."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in OPTIONS:
            raise TypeError(f"no option {name!r} of reading; there are {', '.join(OPTIONS)}")
        if value is None:
            continue
        if not isinstance(value, OPTIONS[name]):
            raise TypeError(f"{name}: found {value!r}")
        if name == "columns" and isinstance(value, Mapping):
            value = ",".join(f"{role}={column}" for role, column in value.items())
        elif name in ("delimiter", "decimal", "thousands"):
            value = {"tab": "\t", "space": " "}.get(value, value)
            if len(value.encode()) != 1:
                raise ValueError(f"{name}: found {value!r}, expected one character")
        elif name in ("unknown", "bad_rows"):
            yes = {"unknown": "keep", "bad_rows": "skip"}[name]
            if value not in ("error", yes):
                raise ValueError(f"{name}: found {value!r}, expected error or {yes}")
            name = {"unknown": "keep_unknown_areas", "bad_rows": "skip_bad_rows"}[name]
            value = value == yes
        elif name in ("unit_multiplier", "area_codes"):
            value = os.fspath(value) if name == "area_codes" else str(value)
        elif isinstance(value, int) and not isinstance(value, bool) and value <= 0:
            raise ValueError(f"{name}: found {value}, expected a number above 0")
        found[name] = value
    return found


def paths_of(path: _Path) -> list[str]:
    """One path or several, as texts."""
    several = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    if not several:
        raise ValueError("no files")
    return [os.fspath(one) for one in several]


class Scan:
    """Files that are read when an operation wants them, added up while they are read.

    An operation that adds up over products anyway needs memory for the sums alone, not
    for the rows. See scan_csv().
    """

    paths: list[str]

    def __init__(self, path: _Path, options: Mapping[str, Any]) -> None:
        self.paths = paths_of(path)
        self._options = options_of(options)

    def collect(self) -> Table:
        """All rows, as read_csv() gives them."""
        return self._read(0, False)

    def _once(self) -> bool:
        """Is one of the files a pipe, which cannot be read again?"""
        return any(
            p == "-" or (os.path.exists(p) and not os.path.isfile(p)) for p in self.paths
        )

    def _read(self, products: int, negative: bool) -> Table:
        options = self._options | ({"allow_negative": True} if negative else {})
        if products == 2 and self._once():
            products = 0
        try:
            return _core.read_files(Table, self.paths, options, products)
        except UnsupportedError:
            # Too large to be added up before rows are selected, perhaps not after.
            if products == 0 or self._once():
                raise
            return _core.read_files(Table, self.paths, options, 0)
        except Error as error:
            remedy(error, options)
            raise

    def __repr__(self) -> str:
        return f"<Scan of {', '.join(self.paths)}>"


def remedy(error: Error, options: Mapping[str, Any]) -> None:
    """Of a row that ends the reading: the option that would have let it pass."""
    if error.line < 2 or options.get("skip_bad_rows"):
        return
    if isinstance(error, NegativeError):
        error.message += '; allow_negative=True takes it, bad_rows="skip" leaves such rows out'
    elif isinstance(error, UnknownError) and error.field:
        error.message += '; unknown="keep" takes it as it is'
    elif isinstance(error, ParseError) and error.column:
        error.message += '; bad_rows="skip" leaves such rows out'


def scan_csv(path: _Path, **options: Any) -> Scan:
    """Files of flows to be read by the operation that they are given to.

    Takes what read_csv() takes. Rows are added up while they are read, as far as the
    operation does without them.
    """
    return Scan(path, options)


def read_csv(path: _Path, **options: Any) -> Table:
    """Read files of flows, one after the other, into one table.

    Packed files (gzip, zstd, xz, bzip2, zip) are read as they are. Ctrl-C ends a long
    reading.

    Parameters
    ----------
    path : name of a file, or several; "archive.zip:member" names members of an archive
    layout : such as "comtrade" or "baci"; "auto", by the header, unless told
    columns : which column is what: {"reporter": "exporter", "value": "value_kusd"}
    encoding : of the text; UTF-8 unless told
    delimiter, decimal, thousands : one character each
    unit_multiplier : values are in units of 10 to this power
    currency, valuation : what the values are, such as "USD" and "FOB"
    area_codes : file of codes of areas, such as BACI's country file
    unknown : "error" or "keep" a country that is not known
    bad_rows : "error" or "skip" a row that cannot be read
    allow_negative : negative values are data
    max_unpacked, max_ratio, max_members, max_layers : bounds on packed files
    threads : most that read at a time
    """
    return Scan(path, options).collect()


if TYPE_CHECKING:
    #: What an operation takes and answers with a Result.
    _Source: TypeAlias = (
        str | os.PathLike[str] | list[str | os.PathLike[str]] | list[str] | Scan | Table
    )
