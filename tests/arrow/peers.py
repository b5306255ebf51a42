# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables handed to and taken from pyarrow, pandas, Polars, DuckDB and nanoarrow.

What is expected is what a CSV file of the same rows gives, or what the rows say."""
import datetime
import decimal
import gc
import os
import subprocess
import sys
import tempfile
import unittest

import duckdb
import nanoarrow as na
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.ipc

from arrow_library import Failure, arrow, table_of, table_of_file

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CHINA = os.path.join(TOP, "data/belarus/china_imports_2010_2022.csv")

ROWS = {
    "reporter": ["BLR", "BLR", "DEU"],
    "partner": ["CHN", "RUS", "FRA"],
    "flow": ["X", "M", "X"],
    "period": [2020, 2021, 2022],
    "value": [1.5, 2.25, 3.0],
}
WANTED = [
    ("BLR", "CHN", "X", "2020", 1.5),
    ("BLR", "RUS", "M", "2021", 2.25),
    ("DEU", "FRA", "X", "2022", 3.0),
]


def rows(table):
    out = arrow(table).to_pydict()
    return list(zip(*(out[n] for n in ("reporter", "partner", "flow", "period", "value"))))


def plain(table):
    """Keys as strings: what a file keeps of them."""
    return pa.table({n: table[n].cast(pa.string())
                     if pa.types.is_dictionary(table[n].type) else table[n]
                     for n in table.column_names})


def with_column(name, values):
    return pa.table({**ROWS, name: values})


class Producers(unittest.TestCase):
    def test_frames(self):
        """The same rows by every producer."""
        frame = pd.DataFrame(ROWS)
        relation = duckdb.from_arrow(pa.table(ROWS))
        for why, source in {
            "pyarrow": pa.table(ROWS),
            "pyarrow, a reader": pa.table(ROWS).to_reader(),
            "pandas": frame,
            "pandas, categories": frame.astype({n: "category" for n in ROWS if n != "value"}),
            "pandas, an index of its own": frame.set_index(pd.Index([7, 8, 9])),
            "Polars: string views": pl.DataFrame(ROWS),
            "Polars, categories": pl.DataFrame(ROWS).with_columns(
                pl.col("reporter", "partner", "flow").cast(pl.Categorical)),
            "Polars, chunks": pl.concat([pl.DataFrame(ROWS)[:1], pl.DataFrame(ROWS)[1:]],
                                        rechunk=False),
            "DuckDB": relation,
            "nanoarrow": na.ArrayStream(pa.table(ROWS)),
        }.items():
            with self.subTest(why):
                self.assertEqual(rows(table_of(source)), WANTED)

    def test_as_csv(self):
        """A frame of a CSV file is what the file is, whatever its layout."""
        for name in ("data/belarus/china_imports_2010_2022.csv",
                     "data/belarus/baci_belarus_partners_2000_2020.csv",
                     "data/comtrade/wood_imports_2018_2022.csv",
                     "data/belarus/belarus_reports_2014_2021.csv"):
            path = os.path.join(TOP, name)
            file = arrow(table_of_file(path))
            for why, frame in {"pandas": pd.read_csv(path),
                               "pandas, text": pd.read_csv(path, dtype=str,
                                                           keep_default_na=False),
                               "Polars": pl.read_csv(path, infer_schema_length=None),
                               "pyarrow": pa.csv.read_csv(path)}.items():
                with self.subTest(name + ", " + why):
                    got = arrow(table_of(frame))
                    self.assertTrue(got.equals(file), "differs from the file")
                    for fact in (b"tradeflow.currency", b"tradeflow.layout",
                                 b"tradeflow.valuation", b"tradeflow.unit_multiplier"):
                        self.assertEqual(got.schema.metadata.get(fact),
                                         file.schema.metadata.get(fact))

    def test_mapping(self):
        renamed = pa.table({{"reporter": "who", "value": "worth"}.get(n, n): v
                            for n, v in ROWS.items()})
        self.assertEqual(rows(table_of(renamed, columns="reporter=who,value=worth")), WANTED)

    def test_types(self):
        """Each type that a column may have."""
        text = ["BLR", "BLR", "DEU"]
        day = [datetime.date(2020, 1, 31), datetime.date(2021, 6, 1), datetime.date(1969, 12, 31)]
        months = ["2020-01", "2021-06", "1969-12"]
        for why, name, values, want in [
            ("u", "reporter", pa.array(text, pa.string()), text),
            ("U", "reporter", pa.array(text, pa.large_string()), text),
            ("vu", "reporter", pa.array(text, pa.string_view()), text),
            ("int8 codes", "reporter",
             pa.array(text).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.string())), text),
            ("uint32 codes, large", "reporter", pa.DictionaryArray.from_arrays(
                pa.array([1, 1, 0], pa.uint32()), pa.array(["DEU", "BLR"], pa.large_string())), text),
            ("blanks around text", "reporter", pa.array([" BLR", "BLR\t", " DEU "]), text),
            ("numeric areas", "reporter", pa.array([112, 112, 276], pa.int16()), text),
            ("int64", "value", pa.array([1, 2, 3], pa.int64()), [1.0, 2.0, 3.0]),
            ("uint64, more than int64 holds", "value",
             pa.array([1, 2, 2**64 - 2048], pa.uint64()), [1.0, 2.0, float(2**64 - 2048)]),
            ("float32", "value", pa.array([0.5, 2.0, 3.0], pa.float32()), [0.5, 2.0, 3.0]),
            ("float16", "value", pa.array(np.array([0.5, 2, 3], np.float16)), [0.5, 2.0, 3.0]),
            ("decimal128", "value",
             pa.array([decimal.Decimal("0.05"), decimal.Decimal("12.30"), None],
                      pa.decimal128(20, 2)), [0.05, 12.3, None]),
            ("decimal256", "value", pa.array([decimal.Decimal(10) ** 50, None, None],
                                             pa.decimal256(60, 0)), [1e50, None, None]),
            ("NaN is missing", "value", pa.array([float("nan"), 2.0, 3.0]), [None, 2.0, 3.0]),
            ("null is missing", "value", pa.array([None, 2.0, 3.0]), [None, 2.0, 3.0]),
            ("numbers as text", "value", pa.array(["1e3", "..", "3"]), [1000.0, None, 3.0]),
            ("years as floats", "period", pa.array([2020.0, 2021.0, 2022.0]),
             ["2020", "2021", "2022"]),
            ("quarters", "period", pa.array(["2020-Q1", "2020Q2", "2022"]),
             ["2020-Q1", "2020-Q2", "2022"]),
            ("date32", "period", pa.array(day, pa.date32()), months),
            ("date64", "period", pa.array(day, pa.date64()), months),
            ("timestamps", "period", pa.array(day, pa.date64()).cast(pa.timestamp("ns")), months),
            ("timestamps of UTC", "period", pa.array(day, pa.date64()).cast(pa.timestamp("s", "UTC")), months),
        ]:
            with self.subTest(why):
                got = arrow(table_of(with_column(name, values))).to_pydict()
                self.assertEqual(got[name], want)

    def test_statuses(self):
        table = pa.table({**ROWS, "value": [None, 2.0, 3.0], "status": ["Q", "E", None]})
        self.assertEqual(arrow(table_of(table)).to_pydict()["status"], ["Q", "E", "A"])

    def test_batches(self):
        """Sliced, empty and differing batches, each with its own dictionary."""
        whole = pa.table(ROWS)
        sliced = pa.table({n: pa.array([v[0]] + v + [v[0]]) for n, v in ROWS.items()}).slice(1, 3)
        self.assertEqual(rows(table_of(sliced)), WANTED)
        batch = whole.to_batches()[0]
        empty = batch.slice(0, 0)
        reader = pa.RecordBatchReader.from_batches(
            batch.schema, [empty, batch.slice(0, 1), empty, batch.slice(1), empty])
        self.assertEqual(rows(table_of(reader)), WANTED)
        keys = pa.dictionary(pa.int32(), pa.string())
        schema = pa.schema([(n, keys if n in ("reporter", "partner") else batch.schema.field(n).type)
                            for n in ROWS])
        def coded(a, b):
            return [pa.DictionaryArray.from_arrays(pa.array([c], pa.int32()), pa.array(d))
                    for c, d in (a, b)]
        batches = []
        for i, keyed in enumerate([coded((0, ["BLR"]), (0, ["CHN"])),
                                   coded((1, ["DEU", "BLR"]), (0, ["RUS", "CHN"])),
                                   coded((0, ["DEU", "FRA"]), (1, ["DEU", "FRA"]))]):
            rest = [pa.array([ROWS[n][i]], schema.field(n).type)
                    for n in ("flow", "period", "value")]
            batches.append(pa.RecordBatch.from_arrays(keyed + rest, schema=schema))
        self.assertEqual(rows(table_of(pa.RecordBatchReader.from_batches(schema, batches))), WANTED)

    def test_offset_of_the_batch(self):
        """A batch that is a slice of structs has an offset of its own."""
        structs = pa.table({n: pa.array([v[0]] + v) for n, v in ROWS.items()}).to_struct_array()
        array = pa.chunked_array(structs).combine_chunks().slice(1)
        stream = na.ArrayStream(na.Array(array))
        self.assertEqual(rows(table_of(stream)), WANTED)

    def test_unread_columns(self):
        """A column that no layout wants may be anything."""
        table = with_column("tags", pa.array([[1], [], None], pa.list_(pa.int8())))
        self.assertEqual(rows(table_of(table)), WANTED)


class Refused(unittest.TestCase):
    def refused(self, source, column, said, **given):
        with self.assertRaises(Failure) as caught:
            table_of(source, **given)
        self.assertIn(said, caught.exception.message)
        if column is not None:
            self.assertEqual(caught.exception.column, column)

    def test_cells(self):
        for why, name, values, said in [
            ("a negative value", "value", [1.0, -2.0, 3.0], "row 2: found \"-2\""),
            ("an infinity", "value", [1.0, 2.0, float("inf")], "row 3: found an infinity"),
            ("no number", "value", ["1", "many", "3"], "row 2: found \"many\""),
            ("no area", "reporter", ["BLR", "Nowhere", "DEU"], "row 2: "),
            ("no area, null", "partner", ["CHN", None, "FRA"], "row 2: the partner is empty"),
            ("NUL", "partner", ["CHN", "R\0US", "FRA"], "row 2: found a NUL byte"),
            ("no period", "period", ["2020", "soon", "2022"], "row 2: found \"soon\""),
            ("no flow", "flow", ["X", "Y", "M"], "row 2: found \"Y\""),
        ]:
            with self.subTest(why):
                self.refused(with_column(name, values), name, said)

    def test_columns(self):
        self.refused(with_column("value", pa.array([[1.0], [2.0], [3.0]])), "value",
                     "found a column of type list")
        self.refused(with_column("reporter", pa.array([b"a", b"b", b"c"])), "reporter",
                     "found a column of type binary")
        zoned = pa.array([datetime.datetime(2020, 1, 1)] * 3, pa.timestamp("us", "Europe/Minsk"))
        self.refused(with_column("period", zoned), "period", "time zone Europe/Minsk")
        self.refused(pa.table({"a": [1], "b": [2]}), None, "")
        self.refused(pa.table(ROWS), None, "", columns="value=worth")
        self.refused(pa.table(ROWS), None, "", layout="none")

    def test_no_rows(self):
        self.refused(pa.table(ROWS).slice(0, 0), None, "no rows")

    def test_failing_stream(self):
        def fails():
            yield pa.table(ROWS).to_batches()[0]
            raise OSError("the disk is gone")
        reader = pa.RecordBatchReader.from_batches(pa.table(ROWS).schema, fails())
        self.refused(reader, None, "the disk is gone")

    def test_no_table(self):
        self.refused(na.ArrayStream(na.Array(pa.array([1, 2]))), None,
                     "found an Arrow stream of \"l\"")

    def test_bad_rows_set_aside(self):
        got = table_of(with_column("value", ["1", "many", "3"]), skip_bad_rows=1)
        self.assertEqual(len(got), 2)
        notes = arrow(got).schema.metadata[b"tradeflow.notes"].decode()
        self.assertIn("row 2", notes)


class Consumers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = table_of_file(CHINA)
        cls.csv = pd.read_csv(CHINA)
        cls.values = [None if v != v else v for v in cls.csv["value_usd"]]

    def test_pyarrow(self):
        got = arrow(self.table)
        self.assertEqual(got["value"].to_pylist(), self.values)
        self.assertEqual(got["partner"].to_pylist(), self.csv["partner"].tolist())
        self.assertEqual(got.schema.metadata[b"tradeflow.currency"], b"USD")

    def test_others(self):
        total = self.csv["value_usd"].sum()
        self.assertEqual(pl.DataFrame(self.table)["value"].sum(), total)
        flows = self.table
        self.assertEqual(duckdb.sql("select sum(value) from flows").fetchall()[0][0], total)
        self.assertEqual(pd.DataFrame.from_arrow(self.table)["value"].sum(), total)
        rows_ = na.ArrayStream(self.table).read_all().to_pylist()
        self.assertEqual([row["value"] for row in rows_], self.values)

    def test_missing(self):
        got = arrow(table_of(pa.table({**ROWS, "value": [None, 2.0, None]})))
        self.assertEqual(got["value"].null_count, 2)
        self.assertEqual(got["value"].to_pylist(), [None, 2.0, None])

    def test_not_copied(self):
        """The numbers that come out are those of the table, which may be freed first."""
        table = table_of_file(CHINA)
        address = table.address("value")
        values = pa.table(table)["value"].chunk(0)
        self.assertEqual(values.buffers()[1].address, address)
        del table
        gc.collect()
        self.assertEqual(values.to_pylist(), self.values)

    def test_periods_in_order(self):
        got = arrow(table_of(pa.table({**ROWS, "period": ["2022", "2020-Q3", "2020"]})))
        self.assertTrue(got["period"].type.ordered)
        self.assertEqual(got["period"].chunk(0).dictionary.to_pylist(),
                         ["2020", "2020-Q3", "2022"])

    def test_again(self):
        """What goes out and comes back is the same, facts and all."""
        once = arrow(self.table)
        twice = arrow(table_of(self.table))
        self.assertTrue(once.equals(twice))
        self.assertEqual(twice.schema.metadata[b"tradeflow.currency"], b"USD")


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.want = arrow(table_of_file(CHINA))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def convert(self, into, name):
        subprocess.run([os.environ["TRADEFLOW"], "convert", CHINA, "--into", into, "-o",
                        self.path(name)], check=True)
        return self.path(name)

    def test_written_file(self):
        path = self.convert("arrow", "china.arrow")
        with pa.ipc.open_file(path) as file:
            got = file.read_all()
        got.validate(full=True)
        self.assertTrue(got.equals(plain(self.want)))
        self.assertEqual(got.schema.metadata[b"tradeflow.currency"], b"USD")
        self.assertTrue(pl.read_ipc(path).to_arrow().cast(got.schema).equals(got))
        self.assertEqual(len(pd.read_feather(path)), len(got))
        self.assertTrue(arrow(table_of_file(path)).equals(self.want))

    def test_written_stream(self):
        path = self.convert("arrow-stream", "china.arrows")
        got = pa.ipc.open_stream(path).read_all()
        got.validate(full=True)
        self.assertTrue(got.equals(plain(self.want)))
        self.assertEqual(pl.read_ipc_stream(path).shape, (got.num_rows, got.num_columns))
        self.assertTrue(na.ArrayStream.from_path(path).read_all().schema is not None)
        self.assertTrue(arrow(table_of_file(path)).equals(self.want))

    def test_read(self):
        """Files by other programs, packed or not, with and without dictionaries."""
        old = pl.CompatLevel.oldest()
        for why, write in {
            "pyarrow": lambda p: pa.feather.write_feather(self.want, p, "uncompressed"),
            "pyarrow, lz4": lambda p: pa.feather.write_feather(self.want, p, "lz4"),
            "pyarrow, zstd": lambda p: pa.feather.write_feather(self.want, p, "zstd"),
            "pyarrow, text": lambda p: pa.feather.write_feather(plain(self.want), p),
            "pyarrow, chunks": lambda p: pa.feather.write_feather(self.want, p, chunksize=100),
            "pandas": lambda p: self.want.to_pandas().to_feather(p),
            "Polars, a stream": lambda p: pl.DataFrame(plain(self.want)).write_ipc_stream(
                p, compat_level=old),
            "Polars, a packed stream": lambda p: pl.DataFrame(plain(self.want)).write_ipc_stream(
                p, compat_level=old, compression="lz4"),
        }.items():
            with self.subTest(why):
                path = self.path("read.feather")
                write(path)
                self.assertTrue(plain(arrow(table_of_file(path))).equals(plain(self.want)))

    def test_refused(self):
        path = self.path("polars.arrow")
        pl.DataFrame(ROWS).write_ipc(path)
        for why, said in {"Polars": "does not begin with its schema"}.items():
            with self.subTest(why), self.assertRaisesRegex(Failure, said):
                table_of_file(path)
        path = self.path("views.arrows")
        pl.DataFrame(ROWS).write_ipc_stream(path)
        with self.assertRaisesRegex(Failure, "Utf8View"):
            table_of_file(path)

    def test_cut_off(self):
        """A file that ends anywhere is refused, or is whole."""
        with open(self.convert("arrow-stream", "cut.arrows"), "rb") as file:
            whole = file.read()
        path = self.path("cut")
        for size in list(range(8, 2000, 97)) + [len(whole) // 2, len(whole) - 9]:
            with self.subTest(size), open(path, "wb") as file:
                file.write(whole[:size])
                file.close()
                with self.assertRaises(Failure):
                    table_of_file(path)


if __name__ == "__main__":
    outcome = unittest.main(exit=False, verbosity=1).result
    bad = len(outcome.failures) + len(outcome.errors)
    print("%d passed, %d failed" % (outcome.testsRun - bad, bad))
    sys.exit(bad != 0 or outcome.testsRun == 0)
