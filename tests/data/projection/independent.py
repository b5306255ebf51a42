#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes independent.csv (numpy 2.4.6, scipy 1.17.1): projections as best linear unbiased
prediction from the covariance matrix of all values, known and to come (generalised least
squares with explicit inverses), not by the closed forms that the library uses."""
import numpy as np
from scipy import stats

SERIES = {  # label, value; the first label ahead; season
    "gaps": ([2000, 2001, 2003, 2004, 2007, 2008], [10, 12, 11, 15, 21, 20], 2010, 1),
    "plain": ([1, 2, 3, 4, 5, 6, 7], [3, 5, 4, 6, 8, 7, 9], 8, 1),
    "seasons": ([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12],
                [10, 20, 30, 40, 12, 33, 44, 15, 21, 37, 14], 14, 4),
    "china": (list(range(2010, 2023)),
              [473.951116, 599.088879, 662.389375, 580.768852, 738.805131, 1010.510156,
               435.06, 515.380094, 570.98148, 914.62827, 894.84143, 1089.64636,
               1811.6094], 2023, 1),
}
AHEAD = 5


def predict(t, ahead, y, covariance, design):
    """Location, standard error, sigma and degrees of freedom. The values are turned into
    contrasts that do not depend on where a walk began."""
    every = np.concatenate([t, ahead])
    n, v, x = len(t), covariance(every), design(every)
    base = 0.0
    start = x.shape[1] > 0 and np.allclose(x[:, 0], 1) and covariance is not identity
    if start:  # every value less the first one
        c = np.eye(len(every))[1:] - np.eye(len(every))[0]
        v, x, n, base, y = c @ v @ c.T, (c @ x)[:, 1:], n - 1, y[0], y[1:] - y[0]
    inverse = np.linalg.inv(v[:n, :n])
    cross = v[n:, :n] @ inverse
    spread = np.linalg.inv(x[:n].T @ inverse @ x[:n])
    b = spread @ x[:n].T @ inverse @ y
    rest = y - x[:n] @ b
    df = n - x.shape[1]
    s2 = rest @ inverse @ rest / df
    left = x[n:] - cross @ x[:n]
    var = np.diag(v[n:, n:] - cross @ v[:n, n:] + left @ spread @ left.T)
    return base + x[n:] @ b + cross @ rest, np.sqrt(s2 * var), np.sqrt(s2), df


def identity(t):
    return np.eye(len(t))


def walk(t):
    return np.minimum.outer(t, t) - t[0]


def season_walk(season):
    """Each season a walk of its own, one variance a cycle, unknown starts."""
    def covariance(t):
        same = np.equal.outer(t % season, t % season)
        return same * (np.minimum.outer(t // season, t // season) + 1)
    return covariance


def columns(*powers, season=1):
    def design(t):
        if season > 1:
            return np.array([(t % season == s) * 1.0 for s in range(season)]).T
        centred = t - t[0]
        return np.array([centred ** p for p in powers]).T
    return design


METHODS = {
    "mean": (identity, columns(0)),
    "naive": (walk, columns(0)),
    "drift": (walk, columns(0, 1)),
    "linear_trend": (identity, columns(0, 1)),
    "log_linear_trend": (identity, columns(0, 1)),
}


def rows(name, method, interval):
    t, y, first, season = SERIES[name]
    t, y = np.array(t, float), np.array(y, float)
    ahead = first + np.arange(AHEAD, dtype=float)
    logs = method == "log_linear_trend"
    if method == "seasonal_naive":
        covariance, design = season_walk(season), columns(season=season)
    else:
        covariance, design = METHODS[method]
    at, se, sigma, df = predict(t, ahead, np.log(y) if logs else y, covariance, design)
    tail = stats.t(df) if interval == "t" else stats.norm
    back = np.exp if logs else (lambda x: x)
    for k in range(AHEAD):
        limits = [back(at[k] + s * tail.ppf(0.5 + level / 2) * se[k])
                  for level in (0.80, 0.95) for s in (-1, 1)]
        mean = np.exp(at[k] + se[k] ** 2 / 2) if logs else at[k]
        numbers = [sigma, df, mean, back(at[k]), se[k], *limits]
        yield ",".join([name, method, interval, str(k + 1)] +
                       ["%.17g" % x for x in numbers])


with open("independent.csv", "w") as out:
    out.write("series,method,interval,h,sigma,df,mean,median,se,"
              "lower80,upper80,lower95,upper95\n")
    for name in SERIES:
        methods = ["seasonal_naive"] if name == "seasons" else list(METHODS)
        for method in methods:
            for interval in ("t", "normal"):
                for row in rows(name, method, interval):
                    out.write(row + "\n")
