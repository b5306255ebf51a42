#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Multilateral indices of four_products.csv, by other ways than the library's: matrices
of all pairs, Geary-Khamis by iteration, the dummies as a regression with numpy. Product 2
is taken out in periods 3 to 5 and product 4 from period 9 in the second variant."""
import csv
import os
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rows = list(csv.DictReader(open(os.path.join(here, "four_products.csv"))))
P = np.full((12, 4), np.nan)
Q = np.full((12, 4), np.nan)
for r in rows:
    P[int(r["period"]) - 1, int(r["product"]) - 1] = float(r["price"])
    Q[int(r["period"]) - 1, int(r["product"]) - 1] = float(r["quantity"])


def fisher(p, q, a, b):
    ok = ~np.isnan(p[a]) & ~np.isnan(p[b])
    pa, pb, qa, qb = p[a][ok], p[b][ok], q[a][ok], q[b][ok]
    return np.sqrt((pb @ qa) / (pa @ qa) * (pb @ qb) / (pa @ qb))


def tornqvist(p, q, a, b):
    ok = ~np.isnan(p[a]) & ~np.isnan(p[b])
    pa, pb, qa, qb = p[a][ok], p[b][ok], q[a][ok], q[b][ok]
    s = (pa * qa / (pa @ qa) + pb * qb / (pb @ qb)) / 2
    return np.prod((pb / pa) ** s)


def geks(bilateral):
    def index(p, q):
        n = len(p)
        m = np.array([[bilateral(p, q, a, b) for b in range(n)] for a in range(n)])
        return np.array([np.prod(m[0] * m[:, t]) ** (1 / n) for t in range(n)])
    return index


def khamis(p, q):
    v, q = np.nan_to_num(p * q), np.nan_to_num(q)
    level = np.ones(len(p))
    for _ in range(5000):
        b = (v / level[:, None]).sum(0) / q.sum(0)
        level = v.sum(1) / (q @ b)
        level /= level[0]
    return level


def dummies(weighted):
    def index(p, q):
        n, k = p.shape
        x, y, w = [], [], []
        share = np.nan_to_num(p * q)
        share /= share.sum(1, keepdims=True)
        for t in range(n):
            for i in range(k):
                if not np.isnan(p[t, i]):
                    row = np.zeros(n - 1 + k)
                    if t:
                        row[t - 1] = 1
                    row[n - 1 + i] = 1
                    x.append(row)
                    y.append(np.log(p[t, i]))
                    w.append(share[t, i] if weighted else 1)
        root = np.sqrt(w)
        b = np.linalg.lstsq(np.array(x) * root[:, None], np.array(y) * root, rcond=None)[0]
        return np.exp(np.concatenate([[0], b[: n - 1]]))
    return index


def spliced(method, p, q, w, how):
    first = method(p[:w], q[:w])
    out, before = list(first), first
    for t in range(w, len(p)):
        now = method(p[t - w + 1: t + 1], q[t - w + 1: t + 1])
        overlap = {"movement": [t - 1], "window": [t - w + 1], "half": [t - w // 2],
                   "mean": range(t - w + 1, t)}[how.split("-")[0]]
        new = []
        for s in overlap:
            move = now[-1] / now[s - (t - w + 1)]
            if how.endswith("published"):
                new.append(out[s] * move)
            else:
                new.append(out[t - 1] * before[s - (t - w)] / before[-1] * move)
        out.append(np.exp(np.mean(np.log(new))))
        before = now
    return np.array(out)


methods = {"geks": geks(fisher), "geks-tornqvist": geks(tornqvist), "geary-khamis": khamis,
           "time-product-dummy": dummies(True), "time-product-dummy-unweighted": dummies(False)}
holes_p, holes_q = P.copy(), Q.copy()
for m in (holes_p, holes_q):
    m[2:5, 1] = np.nan
    m[8:, 3] = np.nan
print("formula,holes,window,splice,period,value")
for name, method in methods.items():
    for holes, (p, q) in enumerate([(P, Q), (holes_p, holes_q)]):
        for t, value in enumerate(method(p, q)):
            print(f"{name},{holes},0,mean,{t + 1},{float(value)!r}")
    for how in ["movement", "window", "half", "mean", "window-published", "half-published",
                "mean-published"]:
        for w in (5, 6):
            for t, value in enumerate(spliced(method, holes_p, holes_q, w, how)):
                print(f"{name},1,{w},{how},{t + 1},{float(value)!r}")
