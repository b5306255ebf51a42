# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures in this folder, computed without the library: run from the top folder."""
import csv
import math
from fractions import Fraction


def flows(path):
    rows = list(csv.DictReader(open(path)))
    name = next(k for k in rows[0] if k.startswith("value"))
    for row in rows:
        row["x"] = float(row[name]) if row[name] else math.nan
    return rows


def t_cdf(x, df, steps=20000):
    """Student's t by Simpson's rule, x >= 0."""
    c = math.gamma((df + 1) / 2) / math.sqrt(df * math.pi) / math.gamma(df / 2)
    h = x / steps
    f = [(1 + (i * h) ** 2 / df) ** (-(df + 1) / 2) for i in range(steps + 1)]
    return 0.5 + c * h / 3 * (f[0] + f[-1] + 4 * sum(f[1:-1:2]) + 2 * sum(f[2:-1:2]))


def t_quantile(p, df):
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
    return low


print("growth")
for first, last, periods in ((1089.64636, 1811.6094, 1), (161.482328, 848.485687, 20)):
    rate = (last / first) ** (1 / periods) - 1
    print(f"  {last / first:.4f} {100 * (last / first - 1):+.2f} %"
          f" {200 * (last - first) / (last + first):+.2f} %"
          f" {100 * rate:+.2f} % doubles in {math.log(2) / math.log1p(rate):.4f}")

print("partial")
print("  %.17g" % float(sum(Fraction(x) for x in (0.1, 0.2, 0.3, 1e20, -1e20))))

print("share")
x = [12857660, 3156225, 848486, 11257974]
total = sum(x)
hhi = sum((v / total) ** 2 for v in x)
print(" ", total, [f"{100 * v / total:.2f}" for v in x], f"{hhi:.4f} {1 / hhi:.2f}")

print("projection: median, 80 and 95 %, log-linear trend of China's imports from Belarus")
rows = [r for r in flows("data/belarus/china_imports_2010_2022.csv") if r["partner"] == "BLR"]
t = [int(r["period"]) for r in rows]
y = [math.log(r["x"]) for r in rows]
n = len(t)
t_mean, y_mean = sum(t) / n, sum(y) / n
sxx = sum((u - t_mean) ** 2 for u in t)
b = sum((u - t_mean) * (v - y_mean) for u, v in zip(t, y)) / sxx
a = y_mean - b * t_mean
s2 = sum((v - a - b * u) ** 2 for u, v in zip(t, y)) / (n - 2)
for year in range(2023, 2026):
    mu = a + b * year
    se = math.sqrt(s2 * (1 + 1 / n + (year - t_mean) ** 2 / sxx))
    ends = [mu + sign * t_quantile(p, n - 2) * se for p in (0.9, 0.975) for sign in (-1, 1)]
    print(" ", year, *(f"{math.exp(v):.0f}" for v in [mu, *ends]))

print("concentration, and the five largest partners of Belarus in 2020")
rows = [r for r in flows("data/belarus/baci_belarus_partners_2000_2020.csv")
        if r["reporter"] == "BLR" and r["period"] == "2020"]
x = sorted((r["x"] for r in rows), reverse=True)
n, total = len(x), sum(x)
hhi = sum((v / total) ** 2 for v in x)
print(f"  {n} {hhi:.4f} {(hhi - 1 / n) / (1 - 1 / n):.4f} {1 / hhi:.2f} {100 * sum(x[:3]) / total:.2f} %")
cumulative = 0
for value, partner in sorted(((r["x"], r["partner"]) for r in rows), reverse=True)[:5]:
    cumulative += value
    print(f"  {partner} {value:,.0f} {total:,.0f} {100 * value / total:.2f} {100 * cumulative / total:.2f}")

print("figure: ends of bases")
print(f"  {1.55 / 2.05:.4f} {1.65 / 1.95:.4f}   {1.605 / 1.775:.4f} {1.615 / 1.765:.4f}   {2 - 1.775:.4g}")
