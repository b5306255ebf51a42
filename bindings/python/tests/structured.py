# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of data/conformance.csv on functions of structures: what they take, what counts."""
import math
import warnings

from tradeflow import kernels as k


def numbers(text):
    return [[float(x) for x in part.split(";")] for part in text.split("|")] if text else []


def ends(a):
    """Low, high and whether they belong to it, which nothing says of a failure."""
    return [a.low, a.high] + ([] if math.isnan(a.low) and math.isnan(a.high) else list(a[2:]))


def figure(f):
    return [*f.interval, f.figure, f.tolerance]


def statements(given):
    return k.figure_phrase_parse(given["text"])


def phrase(x, given):
    kinds = ["level", "base", "ratio", "difference"]
    return [v for f in statements(given) for v in (kinds.index(f.kind), f.figure)]


def joint(x, given):
    found = k.figure_joint_solve(statements(given))
    if found.conflict:
        return [len(found.conflict), *found.conflict]
    return [v for a in found[:4] for v in a]


def conflicts(x, given):
    found = k.figure_conflicts(statements(given))
    return [len(found), *(member for one in found for member in one)]


def check(x, given):
    found = k.figure_check(statements(given)[0], x[0][0], x[1][0], x[2])
    verdict = ["undecided", "holds", "contradicted"].index(found.verdict)
    return [found.observed, found.factor, found.gap, verdict]


def series(x, given):
    import numpy as np

    n = int(given["n"])
    prices, quantities = (np.reshape(part, (-1, n)) for part in x)
    more = {"splice": given["text"]} if "text" in given else {}
    return list(
        k.price_index_series(
            prices, quantities, formula=given["method"], chained=given.get("which", "0") != "0",
            base=int(given.get("k", 0)), window=int(given.get("window", 0)), **more,
        )
    )


def options(given):
    words = {name: given[name] for name in ("missing", "interval", "bound") if name in given}
    whole = {name: int(given[name]) for name in ("horizon", "season") if name in given}
    return words | whole | ({"step": float(given["step"])} if "step" in given else {})


def project(x, given):
    p = k.project(given["method"], x[0] if len(x) > 1 else None, x[-1], **options(given))
    return [
        v
        for i in range(len(p.mean))
        for v in (p.mean[i], p.median[i], p.se[i], p.lower[0, i], p.upper[0, i], p.lower[1, i],
                  p.upper[1, i])
    ]


def backtest(x, given):
    more = {name: int(given[name]) for name in ("first", "window") if name in given}
    times = x[0] if len(x) > 1 else None
    b = k.project_backtest(given["method"], times, x[-1], **options(given), **more)
    return [b.mae, b.rmse, b.mape, b.n_pairs]


CALLS = {
    "figure_given": lambda x, given: figure(k.figure_given(given["kind"], x[0])),
    "figure_value_parse": lambda x, given: figure(k.figure_value_parse(given["text"])),
    "figure_change_parse": lambda x, given: figure(k.figure_change_parse(given["text"])),
    "figure_phrase_parse": phrase,
    "figure_base": lambda x, given: ends(k.figure_base(*statements(given))),
    "figure_joint_solve": joint,
    "figure_conflicts": conflicts,
    "figure_break_even": lambda x, given: [
        k.figure_break_even(statements(given), int(given.get("which", 0)))
    ],
    "figure_check": check,
    "price_index_series": series,
    "project": project,
    "project_backtest": backtest,
}


def call(name, row):
    """The numbers that a row speaks of, and the statuses that were warned about."""
    given = dict(p.split("=", 1) for p in row["parameters"].split(";") if p)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        result = CALLS[name](numbers(row["inputs"]), given)
    return tuple(result), [s for w in seen for s in w.message.statuses]
