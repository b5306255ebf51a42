# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected values of tests/test_decompositions.c, in exact fractions from the growth
rates of the textbooks (the library works with shares). Run: python3 decompositions.py
ROOT, where ROOT holds data/comtrade."""
import csv
import math
import sys
from fractions import Fraction as F

root = sys.argv[1]
rows = list(csv.DictReader(open(root + "/data/comtrade/wood_imports_2018_2022.csv")))


def value(row, column="value_usd"):
    return F(row[column]) if row[column] else None


def levels(year, reporter=None, column="value_usd"):
    out = {}
    for r in rows:
        if r["period"] == year and r["flow"] == "M" and reporter in (None, r["reporter"]):
            out[r["product"]] = out.get(r["product"], F(0)) + value(r, column)
    return out


def growths(x0, x1, w0, w1):
    """r, r_k and g_k."""
    lines = sorted(set(x0) | set(x1) | set(w0) | set(w1))
    r = sum(w1.values()) / sum(w0.values()) - 1
    rk = {k: w1.get(k, F(0)) / w0[k] - 1 for k in lines}
    gk = {k: x1.get(k, F(0)) / x0[k] - 1 for k in lines}
    return lines, r, rk, gk


def richardson(x0, x1, w0, w1):
    lines, r, rk, gk = growths(x0, x1, w0, w1)
    return [r * sum(x0.values()), sum((rk[k] - r) * x0[k] for k in lines),
            sum((gk[k] - rk[k]) * x0[k] for k in lines)]


def shift_share(x0, x1, w0, w1):
    lines, r, rk, gk = growths(x0, x1, w0, w1)
    all_x, all_w = sum(x0.values()), sum(w0.values())
    h = {k: all_x * w0[k] / all_w for k in lines}
    return richardson(x0, x1, w0, w1) + [
        sum((gk[k] - rk[k]) * h[k] for k in lines),
        sum((gk[k] - rk[k]) * (x0[k] - h[k]) for k in lines)]


def midpoint(x0, x1, w0, w1):
    """The mean of first shares with second markets and second shares with first."""
    a, b = richardson(x0, x1, w0, w1), richardson(x1, x0, w1, w0)
    return [(p - q) / 2 for p, q in zip(a, b)]


def mean(a, b):
    return a if a == b else (b - a) / math.log(b / a)


def lmdi(x0, x1, w0, w1):
    all0, all1 = float(sum(w0.values())), float(sum(w1.values()))
    out = [0.0, 0.0, 0.0]
    for k in x0:
        a, b, p, q = (float(v[k]) for v in (x0, x1, w0, w1))
        factors = (all1 / all0, (q / all1) / (p / all0), (b / q) / (a / p))
        for i, f in enumerate(factors):
            out[i] += mean(a, b) * math.log(f)
    whole = mean(float(sum(x0.values())), float(sum(x1.values())))
    return out + [math.exp(v / whole) for v in out]


def show(name, numbers):
    print(name, ", ".join(repr(float(v)) for v in numbers))


for who in ("ITA", "DEU"):
    four = levels("2018", who), levels("2022", who), levels("2018"), levels("2022")
    show(who + " richardson", richardson(*four))
    show(who + " midpoint", midpoint(*four))
    show(who + " shift-share", shift_share(*four))
    show(who + " lmdi", lmdi(*four))
