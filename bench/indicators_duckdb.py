# SPDX-License-Identifier: GPL-3.0-or-later
"""The same by DuckDB: indicators_duckdb.py FILE THREADS RUNS; see compute.c."""
import sys
import time

import duckdb

file, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
base = duckdb.connect()
base.execute(f"SET threads={threads}")
base.execute(f"CREATE TABLE flows AS SELECT * FROM read_csv('{file}', header=true, nullstr=['NA', ''])")
for _ in range(runs):
    base.execute("DROP TABLE IF EXISTS x; DROP TABLE IF EXISTS m")
    start = time.perf_counter()
    base.execute("""
        CREATE TABLE x AS
        WITH c AS (SELECT t, i, k, sum(v) AS x FROM flows GROUP BY t, i, k),
        r AS (SELECT t, i, sum(x) AS x FROM c GROUP BY t, i),
        p AS (SELECT t, k, sum(x) AS x FROM c GROUP BY t, k),
        w AS (SELECT t, sum(x) AS x FROM c GROUP BY t)
        SELECT c.t, c.i, c.k, c.x, r.x AS total, (c.x / r.x) / (p.x / w.x) AS rca
        FROM c JOIN r USING (t, i) JOIN p USING (t, k) JOIN w USING (t);
        CREATE TABLE m AS
        SELECT t, i, sum(s * s) AS hhi, -sum(s * ln(s)) AS shannon, sum(s * ln(s * n)) AS theil,
               max(s) AS largest, sum((2 * rank - n - 1) * s) / max(n) AS gini
        FROM (SELECT t, i, x / total AS s, count(*) OVER (PARTITION BY t, i) AS n,
                     row_number() OVER (PARTITION BY t, i ORDER BY x) AS rank
              FROM x WHERE x > 0)
        GROUP BY t, i""")
    print(f"{time.perf_counter() - start:.6f}")
print(*(repr(float(base.execute(q).fetchone()[0])) for q in (
    "SELECT sum(rca) FROM x", "SELECT sum(hhi) FROM m", "SELECT sum(shannon) FROM m")))
