# SPDX-License-Identifier: GPL-3.0-or-later
"""Data frames in and out: every kind gives the numbers that the file gives."""
import io
import json
import subprocess
import sys

import duckdb
from hypothesis import HealthCheck, given, settings, strategies as st
import narwhals
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tradeflow as tf

PARTNERS = "data/belarus/baci_belarus_partners_2000_2020.csv"
REPORTS = "data/belarus/belarus_reports_2014_2021.csv"

pytestmark = pytest.mark.filterwarnings("ignore::tradeflow.DataWarning")

MAKE = {
    "pandas": pd.read_csv,
    "pandas with arrow": lambda p: pd.read_csv(p, dtype_backend="pyarrow"),
    "pandas nullable": lambda p: pd.read_csv(p, dtype_backend="numpy_nullable"),
    "pandas categories": lambda p: pd.read_csv(p).astype({"partner": "category"}),
    "polars": pl.read_csv,
    "polars categories": lambda p: pl.read_csv(p).with_columns(pl.col("partner").cast(pl.Categorical)),
    "polars lazy": pl.scan_csv,
    "pyarrow": lambda p: pa.table(pl.read_csv(p)),
    "pyarrow batches": lambda p: pa.Table.from_batches(pa.table(pl.read_csv(p)).to_batches(7)),
    "pyarrow reader": lambda p: pa.table(pl.read_csv(p)).to_reader(5),
    "duckdb": lambda p: duckdb.sql(f"select * from '{p}'"),
    "narwhals": lambda p: narwhals.from_native(pl.read_csv(p)),
    "narwhals stable": lambda p: nw.from_native(pd.read_csv(p)),
    "mapping": lambda p: pl.read_csv(p).to_dict(as_series=False),
    "arrow stream": lambda p: Stream(pl.read_csv(p)),
    "table": tf.read_csv,
}
BACK = {
    "pandas": pd.DataFrame, "polars": pl.DataFrame, "polars lazy": pl.LazyFrame,
    "pyarrow": pa.Table, "duckdb": pa.Table, "narwhals": narwhals.DataFrame,
    "narwhals stable": nw.DataFrame, "table": tf.Result, "arrow stream": tf.Result,
    "mapping": tf.Result,
}


class Stream:
    """Nothing but the interface."""

    def __init__(self, frame):
        self.__arrow_c_stream__ = frame.__arrow_c_stream__


def as_columns(answer):
    """Any kind of frame, column by column, missing as None."""
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    answer = narwhals.to_native(answer, pass_through=True)
    if isinstance(answer, pd.DataFrame):
        columns = {name: answer[name].astype(object) for name in answer.columns}
        return {n: c.where(c.notna(), None).tolist() for n, c in columns.items()}
    if isinstance(answer, tf.Table):
        answer = answer.to_arrow()
    if isinstance(answer, pl.DataFrame):
        return answer.to_dict(as_series=False)
    answer.validate(full=True)
    return answer.to_pydict()


@pytest.mark.parametrize("path", [PARTNERS, REPORTS])
@pytest.mark.parametrize("kind", MAKE)
def test_numbers_are_those_of_the_file(kind, path):
    wanted = as_columns(tf.growth(path, reporter="BLR"))
    answer = tf.growth(MAKE[kind](path), reporter="BLR")
    if path is REPORTS or kind not in ("duckdb",):
        name = next((name for name in (kind, kind.split()[0]) if name in BACK), kind)
        assert isinstance(answer, BACK[name])
    got = as_columns(answer)
    assert list(got) == list(wanted)
    for name in wanted:
        assert got[name] == wanted[name], name


def test_the_same_result_in_every_kind():
    result = tf.growth(REPORTS, reporter="BLR")
    wanted = as_columns(result.to_arrow())
    assert as_columns(result.to_pandas()) == wanted
    assert as_columns(result.to_polars()) == wanted
    assert as_columns(pa.table(result)) == wanted  # a stream at each call
    reader = pa.RecordBatchReader.from_stream(result)
    del result
    assert as_columns(reader.read_all()) == wanted


def test_numbers_are_not_copied():
    result = tf.read_csv(PARTNERS)
    address = np.frombuffer(result._column(result._find("value")), "f8").ctypes.data
    column = result.to_arrow()["value"].chunk(0)
    assert column.buffers()[1].address == address


def test_recipe_goes_with_the_frame():
    frame = pd.read_csv(REPORTS)
    assert tf.growth(frame, reporter="BLR").attrs["recipe"]["operation"] == "growth"
    metadata = tf.growth(pa.table(frame), reporter="BLR").schema.metadata
    assert json.loads(metadata[b"tradeflow.recipe"])["parameters"]["reporter"] == "BLR"


def test_result_goes_on_as_input():
    sums = tf.aggregate(PARTNERS, reporter="BLR", by=["partner", "flow"])
    one = tf.share(sums, reporter="BLR", period=2020) if "reporter" in sums.columns else sums
    assert len(one) > 0


FLOWS = {
    "reporter": ["BLR"] * 4,
    "partner": ["CHN"] * 4,
    "flow": ["X"] * 4,
    "period": [2019, 2020, 2021, 2022],
    "value": [1.0, 2.0, 4.0, 8.0],
}


@pytest.mark.parametrize(
    "period",
    [
        pd.period_range("2019", periods=4, freq="Y"),
        [2019, 2020, 2021, 2022],
        ["2019", "2020", "2021", "2022"],
        pd.Categorical(["2019", "2020", "2021", "2022"]),
        pd.array([2019, 2020, 2021, 2022], "Int64"),
    ],
)
@pytest.mark.parametrize("index", [False, True])
def test_kinds_of_periods(period, index):
    frame = pd.DataFrame(FLOWS | {"period": period})
    frame = frame.set_index(["reporter", "period"]) if index else frame
    got = tf.growth(frame, reporter="BLR")
    assert got["growth"].tolist()[1:] == [1, 1, 1]
    assert got["period"].tolist() == ["2019", "2020", "2021", "2022"]
    assert got["period"].cat.ordered


def test_months():
    months = pd.period_range("2022-01", periods=4, freq="M")
    got = tf.growth(pd.DataFrame(FLOWS | {"period": months}), reporter="BLR")
    assert got["period"].tolist() == ["2022-01", "2022-02", "2022-03", "2022-04"]
    dates = pd.DataFrame(FLOWS | {"period": months.to_timestamp()})
    assert tf.growth(dates, reporter="BLR")["growth"].tolist()[1:] == [1, 1, 1]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, np.nan])
@pytest.mark.parametrize("dtype", [object, "Float64", "float64"])
def test_missing(missing, dtype):
    if dtype == "float64" and missing is pd.NA:
        missing = np.nan
    frame = pd.DataFrame(FLOWS | {"value": pd.Series([1, missing, 4, 8], dtype=dtype)})
    got = tf.growth(frame, reporter="BLR")["growth"]
    assert got.isna().tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        ({"value": ["a", "b", "c", "d"]}, tf.ParseError, "value"),
        ({"value": [1, 2, 4, "x"]}, tf.Error, "value"),
        ({"value": [1, 2, 4, -1]}, tf.NegativeError, "row 4"),
        ({"value": [1, 2, 4, object()]}, tf.Error, "value"),
        ({"value": [[1], [2], [3], [4]]}, tf.Error, "value"),
        ({"period": [2019, 2020, 2021, 10**9]}, tf.ParseError, "row 4"),
        ({"period": ["2019", "2020", "2021", "2021-03"]}, tf.MixedError, "frequenc"),
        ({"period": [2019, 2020, 2021, 2021]}, tf.DuplicateError, "both for BLR CHN X 2021; use duplicates sum"),
        ({"partner": ["CHN", "CHN", "CHN", "Atlantis"]}, tf.UnknownError, "Atlantis"),
    ],
)
def test_bad_frames(columns, error, words):
    with pytest.raises(error, match=words):
        tf.growth(pd.DataFrame(FLOWS | columns), reporter="BLR")


def test_bad_things():
    frame = pd.DataFrame(FLOWS)
    with pytest.raises(tf.Error):
        tf.growth(frame.drop(columns="value"), reporter="BLR")
    with pytest.raises(tf.Error):
        tf.growth(frame.iloc[:0], reporter="BLR")
    with pytest.raises(tf.InvalidError, match="comes twice"):
        tf.growth(pd.concat([frame, frame[["value"]]], axis=1), reporter="BLR")
    with pytest.raises(tf.InvalidError, match="different lengths"):
        tf.table(FLOWS | {"value": [1]})
    for bad in (7, object(), np.ones(3), b"bytes"):
        with pytest.raises((TypeError, tf.Error)):
            tf.growth(bad)

    class Liar:
        def __arrow_c_stream__(self, requested_schema=None):
            return "no capsule"

    class Spent:
        def __init__(self):
            self.capsule = pl.DataFrame(FLOWS).__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    with pytest.raises(ValueError):
        tf.table(Liar())
    spent = Spent()
    assert len(tf.table(spent)) == 4
    with pytest.raises(tf.InvalidError):
        tf.table(spent)

    def broken():
        yield pa.RecordBatch.from_pylist([{"period": 2020, "value": 1.0}])
        raise OSError("the line is cut")

    schema = pa.schema({"period": pa.int64(), "value": pa.float64()})
    with pytest.raises(tf.FileError, match="the line is cut"):
        tf.table(pa.RecordBatchReader.from_batches(schema, broken()))


def test_pandas_without_pyarrow():
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import warnings; warnings.simplefilter('ignore')\n"
        "import pandas as pd, tradeflow as tf\n"
        f"frame = tf.growth(pd.read_csv({PARTNERS!r}), reporter='BLR')\n"
        "print(frame.to_csv(index=False), end='')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == ""
    wanted = tf.growth(pd.read_csv(PARTNERS), reporter="BLR")
    assert done.stdout == wanted.to_csv(index=False)


def test_columns_are_named():
    frame = pl.DataFrame(FLOWS).rename({"value": "kusd", "reporter": "who"})
    read = {"columns": {"value": "kusd", "reporter": "who"}, "unit_multiplier": 3, "currency": "USD"}
    table = tf.table(frame, **read)
    assert table["value"].tolist() == FLOWS["value"] and table.attribute("currency") == "USD"
    got = tf.growth(frame, reporter="BLR", read=read)
    assert got["growth"].to_list()[1:] == [1, 1, 1]


cells = st.one_of(
    st.none(), st.floats(), st.integers(-(2**70), 2**70), st.booleans(), st.text(max_size=6),
    st.dates(), st.binary(max_size=4), st.lists(st.integers(), max_size=2),
    st.sampled_from(["BLR", "CHN", "World", "X", "M", "2020", "2020-Q1", 2020, 1e300]),
)
names = st.sampled_from([*FLOWS, "status", "quantity", "product", "Reporter ISO", "", "a,b\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(names, st.lists(cells, min_size=3, max_size=3), max_size=6))
def test_any_frame_is_an_answer_or_an_error(columns):
    for frame in (pd.DataFrame(columns), columns):
        try:
            answer = tf.aggregate(frame)
        except (tf.Error, TypeError, ValueError, OverflowError):
            continue
        assert isinstance(answer, (pd.DataFrame, tf.Result))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.floats(0, 1e300) | st.none(), min_size=1, max_size=30), st.data())
def test_any_value_comes_in_as_it_is(values, data):
    n = len(values)
    columns = {"period": list(range(1990, 1990 + n)), "value": values}
    frame = pl.DataFrame(columns, schema_overrides={"value": pl.Float64})
    cut = data.draw(st.integers(0, n - 1))
    pieces = pa.table(frame).slice(cut)
    wanted = [np.nan if v is None else v for v in values]
    for made in (frame, pa.table(frame), frame.to_pandas(), columns):
        np.testing.assert_array_equal(tf.table(made)["value"], wanted)
    np.testing.assert_array_equal(tf.table(pieces)["value"], wanted[cut:])


def test_text_and_bytes_forms(tmp_path):
    result = tf.growth(REPORTS, reporter="BLR")
    result.to_csv(tmp_path / "out.csv")
    result.to_json(tmp_path / "out.json")
    assert len(pd.read_csv(tmp_path / "out.csv")) == len(result)
    assert pd.read_csv(io.StringIO(result.to_csv()))["value"].tolist() == result["value"].tolist()
    assert json.loads((tmp_path / "out.json").read_text())["recipe"]["operation"] == "growth"
