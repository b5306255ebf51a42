# SPDX-License-Identifier: GPL-3.0-or-later
"""One exception a status of the library, and the warnings about data."""
from __future__ import annotations

import re


def plain(text: str) -> str:
    """Words of the library, which speaks to the command: an option is a keyword here."""
    return re.sub(r"--([a-z][a-z0-9-]*)", lambda m: m[1].replace("-", "_"), text)


class Error(Exception):
    """A call that failed, with the place where it did.

    Attributes
    ----------
    status : name of the status, such as "TFLOW_EPARSE"
    message : what was found and what was expected
    file, line, field, column : where; "" or 0 when there is no such place
    index : place in a batch of arrays, or None
    """

    status: str
    message: str
    file: str
    line: int
    field: int
    column: str
    index: tuple[int, ...] | None

    def __init__(
        self,
        message: str = "",
        *,
        status: str = "",
        file: str = "",
        line: int = 0,
        field: int = 0,
        column: str = "",
        index: tuple[int, ...] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.file = file
        self.line = line
        self.field = field
        self.column = column
        self.index = index

    def __str__(self) -> str:
        where = self.file + (f":{self.line}" if self.line else "")
        if self.line and not self.file:
            where = f"row {self.line}"
        if self.field:
            where += f"{': ' if where else ''}field {self.field}"
        if self.column:
            where += f" ({self.column})" if where else self.column
        if self.index:
            where += f"{' ' if where else ''}at {list(self.index)}"
        return f"{where}: {self.message}" if where else self.message


class OutOfMemoryError(Error, MemoryError):
    """TFLOW_ENOMEM"""


class InvalidError(Error, ValueError):
    """TFLOW_EINVAL: an argument is outside its domain."""


class FileError(Error, OSError):
    """TFLOW_EIO: a file could not be opened, read or written."""


class ParseError(Error, ValueError):
    """TFLOW_EPARSE: text is not what it should be."""


class UnknownError(Error, LookupError):
    """TFLOW_EUNKNOWN: a name or code is not known."""


class MixedError(Error, ValueError):
    """TFLOW_EMIXED: currencies, valuations or frequencies are mixed."""


class OverlapError(Error, ValueError):
    """TFLOW_EOVERLAP: totals and their parts cannot be told apart."""


class DuplicateError(Error, ValueError):
    """TFLOW_EDUPLICATE: two rows claim the same cell."""


class NegativeError(Error, ValueError):
    """TFLOW_ENEGATIVE: a flow is negative."""


class MissingError(Error, ValueError):
    """TFLOW_EMISSING: a value is missing and the policy is fail."""


class ConvergenceError(Error, ArithmeticError):
    """TFLOW_ECONVERGE: an iteration did not converge."""


class LimitError(Error, ValueError):
    """TFLOW_ELIMIT: input exceeds a stated limit."""


class UnsupportedError(Error, NotImplementedError):
    """TFLOW_EUNSUPPORTED: this build or this kind of input cannot do it."""


class InternalError(Error, RuntimeError):
    """TFLOW_EINTERNAL: a fault of the library itself."""


#: Status of the library to exception.
EXCEPTIONS: dict[int, type[Error]] = {
    -1: OutOfMemoryError,
    -2: InvalidError,
    -3: FileError,
    -4: ParseError,
    -5: UnknownError,
    -6: MixedError,
    -7: OverlapError,
    -8: DuplicateError,
    -9: NegativeError,
    -10: MissingError,
    -11: ConvergenceError,
    -12: LimitError,
    -13: UnsupportedError,
    -14: InternalError,
}


def error_of(
    status: int,
    name: str,
    message: str,
    file: str,
    line: int,
    field: int,
    column: str,
    index: tuple[int, ...] | None,
) -> Error:
    """The exception of a status."""
    return EXCEPTIONS.get(status, Error)(
        plain(message), status=name, file=file, line=line, field=field, column=column, index=index
    )


class DataWarning(UserWarning):
    """Something to know about the data; `statuses` counts the results by status."""

    statuses: dict[str, int]

    def __init__(self, message: str = "", statuses: dict[str, int] | None = None) -> None:
        super().__init__(message)
        self.statuses = statuses or {}


class UndefinedWarning(DataWarning):
    """Results that are not defined for these data: NaN, with a reason."""


class LowerBoundWarning(DataWarning):
    """Missing parts were left out: results are lower bounds."""
