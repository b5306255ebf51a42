#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a peer does with a file, as bench/ingest has it run, one process each time:

peers.py PEER WORK THREADS FILE OUT

PEER  duckdb, polars, polars-memory, pandas, pyarrow
WORK  baci   sums of v by t, i, j to OUT, as CSV
      wide   sums of primaryValue by period, reporterCode, partnerCode to OUT, as CSV
      load   the whole file into a table; its rows and the sum of v to OUT
      start  nothing: what the interpreter and the import take

Each peer gets the way that was the fastest of those that its documentation names: only
the columns that are needed, and no word on types.
"""
import os
import sys

COLUMNS = {
    "baci": (["t", "i", "j"], "v"),
    "wide": (["period", "reporterCode", "partnerCode"], "primaryValue"),
    "load": ([], "v"),
    "start": ([], ""),
}
MISSING = ["", "NA"]


def said(out, rows, total):
    """What a load found."""
    with open(out, "w", encoding="ascii") as file:
        file.write(f"{rows} {float(total)!r}\n")


def duckdb(work, threads, path, out):
    """In SQL: the sums straight from the file, or a table made of it."""
    import duckdb as db

    keys, value = COLUMNS[work]
    base = db.connect()
    base.execute(f"SET threads={threads}")
    source = f"read_csv('{path}', header=true, nullstr=['NA', ''])"
    if work == "load":
        base.execute(f"CREATE TABLE flows AS SELECT * FROM {source}")
        said(out, *base.execute("SELECT count(*), sum(v) FROM flows").fetchone())
    elif work != "start":
        by = ", ".join(keys)
        base.execute(
            f"COPY (SELECT {by}, sum({value}) AS s FROM {source} GROUP BY {by}) "
            f"TO '{out}' (FORMAT csv, HEADER)"
        )


def polars(work, threads, path, out, engine="streaming"):
    """Lazily, by one of the two engines; a table is read at once."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    keys, value = COLUMNS[work]
    if work == "load":
        table = pl.read_csv(path, null_values=MISSING)
        said(out, table.height, table[value].sum())
    elif work != "start":
        flows = pl.scan_csv(path, null_values=MISSING)
        sums = flows.group_by(keys).agg(pl.col(value).sum()).collect(engine=engine)
        sums.write_csv(out)


def polars_memory(work, threads, path, out):
    """By the engine that holds all in memory."""
    polars(work, threads, path, out, "in-memory")


def pandas(work, _threads, path, out):
    """One thread is all that it has."""
    import pandas as pd

    keys, value = COLUMNS[work]
    if work == "load":
        table = pd.read_csv(path)
        said(out, len(table), table[value].sum())
    elif work != "start":
        table = pd.read_csv(path, usecols=keys + [value])
        table.groupby(keys)[value].sum().to_csv(out)


def pyarrow(work, threads, path, out):
    """Read whole, then grouped."""
    import pyarrow as pa
    from pyarrow import compute, csv

    pa.set_cpu_count(threads)
    pa.set_io_thread_count(threads)
    keys, value = COLUMNS[work]
    if work == "start":
        return
    columns = None if work == "load" else keys + [value]
    table = csv.read_csv(
        path,
        parse_options=csv.ParseOptions(newlines_in_values=work == "wide"),
        convert_options=csv.ConvertOptions(include_columns=columns, null_values=MISSING),
    )
    if work == "load":
        said(out, table.num_rows, compute.sum(table[value]).as_py())
    else:
        csv.write_csv(table.group_by(keys).aggregate([(value, "sum")]), out)


PEERS = {
    "duckdb": duckdb,
    "polars": polars,
    "polars-memory": polars_memory,
    "pandas": pandas,
    "pyarrow": pyarrow,
}

if __name__ == "__main__":
    if len(sys.argv) != 6 or sys.argv[1] not in PEERS or sys.argv[2] not in COLUMNS:
        sys.exit(__doc__)
    PEERS[sys.argv[1]](sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5])
