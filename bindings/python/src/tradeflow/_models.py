# SPDX-License-Identifier: GPL-3.0-or-later
"""Statistics of more than arrays: figures as published, panels of prices, projections."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tradeflow import _core
from tradeflow._kernels import Range
from tradeflow._numeric import array, choice, warn, whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

MISSING = {"propagate": 0, "skip": 1, "zero": 2, "fail": 3}
KINDS = {"level": 0, "base": 1, "ratio": 2, "difference": 3}
INTERVALS = {
    "default": 0, "t": 1, "normal": 2, "simulation": 3, "empirical": 4, "combined": 5,
}
CRITERIA = {"aicc": 0, "aic": 1, "bic": 2}
TRANSFORMS = {"none": 0, "box-cox": 1, "guerrero": 2}
BOUNDS = {"zero": 0, "none": 1}
POINTS = {"median": 0, "mean": 1}
ZEROS = {"printed": 0, "rounded": 1}
FORMS = ("given", "amount", "percent", "fold", "word")
QUALIFIERS = ("", "about", "nearly", "over", "under", "at least", "at most")


class Figure(NamedTuple):
    """One statement: an interval for one quantity, and how it came about."""

    kind: str
    form: str
    qualifier: str
    decimals: int
    interval: Range
    figure: float
    tolerance: float
    unit: float
    currency: str
    start: int
    length: int


class FigureJoint(NamedTuple):
    """What statements allow together; `conflict` names those that cannot all be true."""

    level: Range
    base: Range
    ratio: Range
    difference: Range
    conflict: tuple[int, ...]


class FigureFinding(NamedTuple):
    """What data say about a statement, and the numbers behind it."""

    verdict: str
    observed: float
    factor: float
    allowed: Range
    gap: float


class Projection(NamedTuple):
    """A projection: arrays by step ahead, intervals by level and step."""

    time: Any
    mean: Any
    median: Any
    se: Any
    lower: Any
    upper: Any
    fitted: Any
    method: str
    interval: str
    n: int
    n_missing: int
    first: float
    last: float
    sigma: float
    df: float
    n_floored: int
    coefficients: dict[str, tuple[float, float]]
    log_likelihood: float
    aic: float
    aicc: float
    bic: float
    lambda_: float
    model: str
    reason: str


class Backtest(NamedTuple):
    """Errors that a method would have made: arrays by origin and step ahead."""

    actual: Any
    forecast: Any
    n_origins: int
    n_refused: int
    n_pairs: int
    mae: float
    rmse: float
    mape: float


def said(name: str, status: int) -> None:
    """One warning a call."""
    if status > 0:
        warn(name, Counter({status: 1}), 1)


def name_of(names: Sequence[str], number: int) -> str:
    return names[number] if 0 <= number < len(names) else str(number)


def figure_out(f: tuple[Any, ...]) -> Figure:
    return Figure(
        name_of(list(KINDS), f[0]), name_of(FORMS, f[1]), name_of(QUALIFIERS, f[2]), f[3],
        Range(*f[4]), *f[5:],
    )


def figure_in(f: Figure) -> tuple[Any, ...]:
    if not isinstance(f, Figure):
        raise TypeError(f"found {type(f).__name__}, expected a Figure: see figure_phrase_parse")
    return (KINDS[f.kind], FORMS.index(f.form), QUALIFIERS.index(f.qualifier), *f[3:])


def options(given: dict[str, Any]) -> dict[str, Any]:
    known = ("word_tolerance", "qualifier_width", "bound_reach", "doubled", "tripled",
             "quadrupled", "halved", "unchanged", "zeros")
    for name in given:
        if name not in known:
            raise TypeError(f"no option {name!r}; there are {', '.join(known)}")
    if "zeros" in given:
        given["zeros"] = choice("zeros", given["zeros"], ZEROS)
    return given


def figure_given(kind: str, interval: Sequence[float]) -> Figure:
    """A statement from an interval, for what was computed or observed rather than printed."""
    return figure_out(_core.figure_given(choice("kind", kind, KINDS), tuple(interval))[1])


def figure_value_parse(text: str, **how: Any) -> Figure:
    """Read a level as printed: "1.6bn", "$540 million", "nearly 6bn".

    Keywords say how words are read: word_tolerance, qualifier_width, bound_reach, doubled,
    tripled, quadrupled, halved, unchanged, zeros ("printed" or "rounded").
    """
    return figure_out(_core.figure_parse(text, 0, options(how))[1])


def figure_change_parse(text: str, **how: Any) -> Figure:
    """Read a change as printed: "practically doubled", "+77 %", "1.8-fold", "up 700 million".

    Keywords as in figure_value_parse.
    """
    return figure_out(_core.figure_parse(text, 1, options(how))[1])


def figure_phrase_parse(text: str, **how: Any) -> list[Figure]:
    """Read one or more statements: "practically doubled and reached 1.6bn".

    Keywords as in figure_value_parse.
    """
    return [figure_out(f) for f in _core.figure_phrase(text, options(how))[1]]


def figure_base(level: Figure, change: Figure) -> Range:
    """The base implied by a level and a change."""
    status, found = _core.figure_base(figure_in(level), figure_in(change))
    said("figure_base", status)
    return Range(*found)


def figure_joint_solve(statements: Sequence[Figure]) -> FigureJoint:
    """Everything that several statements together imply, or the contradiction."""
    status, found = _core.figure_joint([figure_in(f) for f in statements])
    said("figure_joint_solve", status)
    return FigureJoint._make([*(Range(*ends) for ends in found[:4]), found[4]])


def figure_conflicts(statements: Sequence[Figure]) -> list[tuple[int, ...]]:
    """Every smallest set of statements that contradict each other, by position."""
    status, found = _core.figure_conflicts([figure_in(f) for f in statements])
    said("figure_conflicts", status)
    return found


def figure_break_even(statements: Sequence[Figure], which: int) -> float:
    """How far a statement must be stretched before it meets the others."""
    status, found = _core.figure_break_even(
        [figure_in(f) for f in statements], whole("which", which, True)
    )
    said("figure_break_even", status)
    return found


def figure_check(
    statement: Figure, level: float, base: float, band: Sequence[float] = (1.0, 1.0)
) -> FigureFinding:
    """A statement against observed levels; `band` is what valuation may do to an amount."""
    status, found = _core.figure_check(figure_in(statement), level, base, tuple(band))
    said("figure_check", status)
    return FigureFinding._make([*found[:3], Range(*found[3]), found[4]])


def flat(name: str, value: Any, dimensions: int = 1) -> Any:
    """Numbers as one block of C."""
    import numpy as np

    found = np.ascontiguousarray(array(value))
    if found.ndim != dimensions:
        raise ValueError(f"{name}: found {found.ndim} axes, expected {dimensions}")
    return found


def price_index_series(
    prices: ArrayLike,
    quantities: ArrayLike,
    *,
    formula: str = "fisher",
    chained: bool = False,
    base: int = 0,
    window: int = 0,
    splice: str = "mean",
) -> Any:
    """A price index over the periods of a panel: rows are periods, columns products.

    `formula` is one of price_index, or "geks", "geks-tornqvist", "time-product-dummy",
    "time-product-dummy-unweighted"; of a multilateral one `window` is how many periods it
    looks at together (0: all), and `splice` how windows are joined.
    """
    import numpy as np

    p, q = flat("prices", prices, 2), flat("quantities", quantities, 2)
    if p.shape != q.shape:
        raise ValueError(f"prices are {p.shape} and quantities {q.shape}")
    out = np.full(p.shape[0], np.nan)
    status = _core.price_series(
        p, q, formula, chained, whole("base", base, True), whole("window", window, True), splice,
        out,
    )
    said("price_index_series", status)
    return out


def projection_options(
    horizon: int, interval: str, bound: str, season: int, step: float, more: dict[str, Any]
) -> dict[str, Any]:
    known = {
        "model": None, "criterion": "aicc", "transform": "none", "lambda_": 0.0, "paths": 2000,
        "seed": 1,
    }
    for name in more:
        if name not in known:
            raise TypeError(f"no option {name!r}; there are {', '.join(known)}")
    o: dict[str, Any] = known | more
    return {
        "horizon": whole("horizon", horizon, True),
        "interval": choice("interval", interval, INTERVALS),
        "bound": choice("bound", bound, BOUNDS),
        "season": whole("season", season, True),
        "step": float(step),
        "model": None if o["model"] is None else text_of("model", o["model"]),
        "criterion": choice("criterion", o["criterion"], CRITERIA),
        "transform": choice("transform", o["transform"], TRANSFORMS),
        "lambda": float(o["lambda_"]),
        "paths": whole("paths", o["paths"], True),
        "seed": whole("seed", o["seed"], True),
    }


def text_of(name: str, value: Any) -> bytes:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(f"{name}: found {value!r}, expected text")
    return value.encode()


def project(
    method: str,
    times: ArrayLike | None,
    y: ArrayLike,
    *,
    missing: str = "propagate",
    horizon: int = 1,
    levels: Sequence[float] = (0.8, 0.95),
    interval: str = "default",
    bound: str = "zero",
    season: int = 1,
    step: float = 1.0,
    **more: Any,
) -> Projection:
    """Project a series some periods beyond its last label, with a named method.

    times : labels, increasing; None: the values follow each other
    levels : coverage of each interval
    interval : "default", "t", "normal", or another that the method has
    bound : "zero" or "none"
    season : periods in a season's cycle; step : distance of neighbouring periods
    model, criterion ("aicc", "aic", "bic"), transform ("none", "box-cox", "guerrero"),
    lambda_, paths, seed : for methods that fit a model or draw paths

    The methods are those of the operation `project`.
    """
    import numpy as np

    given = projection_options(horizon, interval, bound, season, step, more)
    if given["horizon"] == 0:
        raise ValueError("horizon: found 0, expected 1 or more")
    values = flat("y", y)
    labels = flat("times", [] if times is None else times)
    covered = flat("levels", list(levels))
    if covered.size == 0:
        raise ValueError("levels: found none, expected at least one")
    steps = np.full((4, given["horizon"]), np.nan)
    lower, upper = (np.full((covered.size, given["horizon"]), np.nan) for _ in range(2))
    fitted = np.full(values.size, np.nan)
    status, found = _core.project(
        method, labels, values, choice("missing", missing, MISSING), given, covered, steps, lower,
        upper, fitted,
    )
    said("project", status)
    kind = name_of(list(INTERVALS), found[1])
    return Projection._make(
        [*steps, lower, upper, fitted, found[0] or method, kind, *found[2:]]
    )


def project_backtest(
    method: str,
    times: ArrayLike | None,
    y: ArrayLike,
    *,
    missing: str = "propagate",
    horizon: int = 1,
    interval: str = "default",
    bound: str = "zero",
    season: int = 1,
    step: float = 1.0,
    first: int = 0,
    window: int = 0,
    point: str = "median",
    **more: Any,
) -> Backtest:
    """Errors that a method would have made, fitted to the values before each origin.

    first : values before the first origin, 0: what the method wants
    window : values each fit sees, 0: all before the origin
    point : "median" or "mean", which forecast is judged; the rest as in project
    """
    import numpy as np

    given = projection_options(horizon, interval, bound, season, step, more)
    values = flat("y", y)
    labels = flat("times", [] if times is None else times)
    actual, forecast = (np.full((max(values.size, 1), given["horizon"]), np.nan) for _ in range(2))
    status, found = _core.project_backtest(
        method, labels, values, choice("missing", missing, MISSING), given,
        whole("first", first, True), whole("window", window, True), choice("point", point, POINTS),
        actual, forecast,
    )
    said("project_backtest", status)
    origins = max(found[0], 0)
    return Backtest(actual[:origins], forecast[:origins], *found)


__all__ = [
    "Backtest", "Figure", "FigureFinding", "FigureJoint", "Projection", "figure_base",
    "figure_break_even", "figure_change_parse", "figure_check", "figure_conflicts",
    "figure_given", "figure_joint_solve", "figure_phrase_parse", "figure_value_parse",
    "price_index_series", "project", "project_backtest",
]
