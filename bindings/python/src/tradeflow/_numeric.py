# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernels on arrays: broadcasting, batches over the last axis, one warning a call."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
import warnings

from tradeflow import _core
from tradeflow._errors import LowerBoundWarning, UndefinedWarning

LOWER_BOUND = 5


def choice(name: str, word: object, words: dict[str, int]) -> int:
    """The number of a word of an enumeration."""
    number = words.get(word.replace("_", "-")) if isinstance(word, str) else None
    if number is None:
        raise ValueError(f"{name}: found {word!r}, expected one of {', '.join(words)}")
    return number


def whole(name: str, value: object, positive: bool) -> int:
    """A whole number, as C takes it."""
    import operator

    number = operator.index(value)  # type: ignore[arg-type]
    if positive and number < 0:
        raise ValueError(f"{name}: found {number}, expected 0 or more")
    return number


def parts(name: str, value: Any, n: int) -> list[Any]:
    """The numbers of something like a Range; ends belong to it when nothing is said."""
    found = list(value)
    if n == 4 and len(found) == 2:
        found += [1.0, 1.0]
    if len(found) != n:
        raise ValueError(f"{name}: found {len(found)} numbers, expected {n}")
    return found


def array(value: Any) -> Any:
    """Doubles, where they lie when they are doubles already; null and NA are NaN."""
    import numpy as np

    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(np.float64), np.nan)
    elif not isinstance(value, np.ndarray) and hasattr(value, "to_numpy"):
        try:  # pandas: its NA has to be told what it is
            value = value.to_numpy(dtype=np.float64, na_value=np.nan)
        except TypeError:
            value = value.to_numpy()
    found = np.asarray(value)
    if found.dtype.kind not in "fiubO":
        raise TypeError(f"found an array of {found.dtype}, expected numbers")
    try:
        found = np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"found what is no number: {error}") from None
    if not found.flags.aligned or any(step % 8 for step in found.strides):
        found = np.ascontiguousarray(found)
    return found


def warn(name: str, counts: Counter[int], of: int, level: int = 3) -> None:
    """One warning a call on results that are undefined, or lower bounds."""
    undefined = {s: n for s, n in sorted(counts.items()) if s != LOWER_BOUND}
    listed = {_core.status_name(s): n for s, n in sorted(counts.items())}
    bound = counts.get(LOWER_BOUND, 0)
    if undefined:
        if of == 1:
            text = f"{name} is {_core.status_text(next(iter(undefined)))}"
        else:
            each = (f"{n} {_core.status_text(s)}" for s, n in undefined.items())
            text = f"{name}: {sum(undefined.values())} of {of} are NaN: {'; '.join(each)}"
        warnings.warn(UndefinedWarning(text, listed), stacklevel=level + 1)
    elif bound:
        which = "it is a lower bound" if of == 1 else f"{bound} of {of} are lower bounds"
        text = f"{name}: missing parts were left out, so that {which}"
        warnings.warn(LowerBoundWarning(text, listed), stacklevel=level + 1)


def call(
    which: int,
    name: str,
    vectors: Sequence[Any],
    numbers: Sequence[Any],
    integers: list[int],
    texts: list[str],
    outs: Sequence[tuple[int, bool, Any]],
    several: Any,
) -> Any:
    """Run a kernel over everything that its arguments hold."""
    import numpy as np

    v = [array(vector) for vector in vectors]
    for vector in v:
        if vector.ndim == 0:
            raise ValueError(f"{name}: found a single number, expected an array")
    d = [array(number) for number in numbers]
    shape = np.broadcast_shapes(*(x.shape[:-1] for x in v), *(x.shape for x in d))
    v = [np.broadcast_to(x, shape + x.shape[-1:]) for x in v]
    d = [np.broadcast_to(x, shape) for x in d]
    results = [
        np.empty(shape + (v[sized].shape[-1:] if sized >= 0 else ()), np.float64)
        for sized, _, _ in outs
    ]
    statuses = np.zeros(shape, np.int8)
    if statuses.size > 0:
        _core.kernel(which, shape, v, d, integers, texts, results, statuses)
    if statuses.any():
        found, n = np.unique(statuses, return_counts=True)
        counts = Counter({int(s): int(k) for s, k in zip(found, n) if s > 0})
        warn(name, counts, statuses.size)
    finished = [finish(x, integer, enum) for x, (_, integer, enum) in zip(results, outs)]
    return several(*finished) if several is not None else finished[0]


def finish(result: Any, integer: bool, enum: Any) -> Any:
    """Python numbers of what has no axes, whole ones where C has whole ones."""
    if integer:
        result = result.astype("int64")
    if result.ndim > 0:
        return result
    return enum(int(result)) if enum is not None else result.item()
