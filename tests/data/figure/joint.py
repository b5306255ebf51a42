# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes joint.txt: what statements on a level, a base, their ratio and their
difference imply together, by Fourier-Motzkin elimination in exact fractions. It shares
no method with the library, which looks at the corners of the polygon in doubles.

One case a line: n, then n times (kind low high low_closed high_closed), then 1 and four
intervals, or 0, the size of a smallest contradiction and its first members. "nan" is no
bound. Kinds: 0 level, 1 base, 2 ratio, 3 difference."""
import itertools
import random
from fractions import Fraction as F


def rows_level_base(kind, s):
    """s as rows (a, b, c, strict): a * level + b * base + c >= 0, or > 0."""
    low, high, lc, hc = s
    out = []
    for end, closed, sign in ((low, lc, 1), (high, hc, -1)):
        if end is None:
            continue
        row = {0: (1, 0, -end), 1: (0, 1, -end), 2: (1, -end, F(0)), 3: (1, -1, -end)}
        a, b, c = row[kind]
        out.append((F(sign * a), F(sign * b), F(sign * c), not closed))
    return out


def rows_ratio_inverse(kind, s):
    """The same with level / base for level and 1 / base for base."""
    low, high, lc, hc = s
    out = []
    for end, closed, sign in ((low, lc, 1), (high, hc, -1)):
        if end is None:
            continue
        row = {0: (1, -end, 0), 1: (0, -end, 1), 2: (1, 0, -end), 3: (1, -end, -1)}
        a, b, c = row[kind]
        out.append((F(sign * a), F(sign * b), F(sign * c), not closed))
    return out


def eliminate_second(rows):
    up, down, rest = [], [], []
    for a, b, c, strict in rows:
        if b > 0:
            up.append((a / b, c / b, strict))
        elif b < 0:
            down.append((a / -b, c / -b, strict))
        else:
            rest.append((a, c, strict))
    for (a, c, s), (d, e, t) in itertools.product(up, down):
        rest.append((a + d, c + e, s or t))
    return rest


def solve_one(rows):
    """The x with a * x + c >= 0 (> 0) for all rows, or None."""
    low = high = None
    lc = hc = False
    for a, c, strict in rows:
        if a == 0:
            if c < 0 or (c == 0 and strict):
                return None
        elif a > 0:
            x = -c / a
            if low is None or x > low or (x == low and strict):
                low, lc = x, not strict
        else:
            x = -c / a
            if high is None or x < high or (x == high and strict):
                high, hc = x, not strict
    if low is not None and high is not None:
        if low > high or (low == high and not (lc and hc)):
            return None
    return low, high, lc, hc


def project(statements, kind):
    rows = []
    if kind == 2:
        for k, s in statements:
            rows += rows_ratio_inverse(k, s)
        rows += [(F(0), F(1), F(0), True), (F(1), F(0), F(0), False)]
    else:
        for k, s in statements:
            rows += rows_level_base(k, s)
        rows += [(F(1), F(0), F(0), False), (F(0), F(1), F(0), True)]
        if kind == 1:  # base first, eliminate level
            rows = [(b, a, c, t) for a, b, c, t in rows]
        elif kind == 3:  # level = difference + base
            rows = [(a, a + b, c, t) for a, b, c, t in rows]
    return solve_one(eliminate_second(rows))


def conflict(statements):
    for size in (1, 2, 3):
        for members in itertools.combinations(range(len(statements)), size):
            if project([statements[i] for i in members], 0) is None:
                return members
    return None


def draw(rng):
    """Coarse grids, so that borders often touch."""
    kind = rng.randrange(4)
    step = F(1, rng.choice((1, 2, 4, 20)))
    top = {0: 8, 1: 6, 2: 4, 3: 4}[kind]
    low = step * rng.randrange(0, int(top / step) + 1)
    if kind == 3 and rng.random() < 0.4:
        low = -low
    width = step * rng.choice((0, 1, 1, 2, 5))
    lc, hc = rng.choice(((1, 0), (1, 0), (0, 1), (1, 1), (0, 0)))
    high = low + width
    if width == 0:
        lc = hc = 1
    r = rng.random()
    if r < 0.06:
        high, hc = None, 0
    elif r < 0.12:
        low, lc = None, 0
    return kind, (low, high, bool(lc), bool(hc))


def text(x):
    return "nan" if x is None else repr(float(x))


def main():
    rng = random.Random(20220515)
    lines, feasible = [], 0
    while len(lines) < 600:
        s = [draw(rng) for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5)))]
        out = [str(len(s))]
        for kind, (low, high, lc, hc) in s:
            out += [str(kind), text(low), text(high), str(int(lc)), str(int(hc))]
        extents = [project(s, k) for k in range(4)]
        if extents[0] is None:
            if feasible * 2 < len(lines):
                continue
            members = conflict(s)
            out += ["0", str(len(members))] + [str(m) for m in members]
        else:
            feasible += 1
            out.append("1")
            for low, high, lc, hc in extents:
                out += [text(low), text(high), str(int(lc)), str(int(hc))]
        lines.append(" ".join(out))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
