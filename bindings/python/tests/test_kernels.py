# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernels: every row of data/conformance.csv, strides, batches, statuses."""
import csv
import ctypes
import math
import re
import warnings

import numpy as np
import pytest

import tradeflow as tf
from tradeflow import _core, _kernels
from conftest import TREE
import structured

# Functions of text and of structures that are no arrays of numbers.
STRUCTURED = {
    "figure_given", "figure_value_parse", "figure_change_parse", "figure_phrase_parse",
    "figure_base", "figure_joint_solve", "figure_conflicts", "figure_break_even", "figure_check",
    "price_index_series", "project", "project_backtest",
}
with open(TREE / "data" / "conformance.csv", encoding="utf-8", newline="") as file:
    ROWS = [row for row in csv.DictReader(file)]
NAMES = {row["function"].removeprefix("tflow_") for row in ROWS}


def numbers(text):
    return [float(x) for x in text.split(";")]


def arguments(row):
    """The arguments of a row: numbers, arrays, a word first, keywords."""
    name = row["function"].removeprefix("tflow_")
    given = dict(p.split("=") for p in row["parameters"].split(";") if p)
    function = getattr(tf.kernels, name)
    inputs = [numbers(part) for part in row["inputs"].split("|")] if row["inputs"] else []
    annotations = list(function.__annotations__.items())
    return function, annotations, inputs, given


def call(row):
    """Call the kernel of a row with arguments by the kind that each parameter has."""
    import inspect

    function, _, inputs, given = arguments(row)
    documented = inspect.getsource(function)
    vectors, singles = re.search(r"_call\(\d+, '\w+', \[(.*?)\], \[(.*?)\], ", documented).groups()
    positional, keywords = [], {}
    words = iter([given.get("method", "")])
    for name, p in inspect.signature(function).parameters.items():
        if name in re.findall(r"\w+", vectors):
            positional.append(inputs.pop(0))
        elif f"'{name}'" in singles:
            positional.append(tuple(inputs.pop(0)))
        elif name in re.findall(r"\w+", singles):
            positional.append(inputs.pop(0)[0])
        elif p.annotation == "str":
            positional.append(next(words))
        elif p.annotation == "int":
            if name in given:
                keywords[name] = int(given[name])
            elif inputs:
                positional.append(int(inputs.pop(0)[0]))
        elif name == "missing":
            keywords["missing"] = given.get("missing", "propagate")
        else:  # an enumeration, by number in the file
            enum = getattr(_kernels, p.annotation.upper() + "_WORDS")
            number = int(given.get("k", 0))
            keywords[name] = {v: k for k, v in enum.items()}[number]
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        result = function(*positional, **keywords)
    statuses = [s for w in seen for s in w.message.statuses]
    return result, statuses


def flat(result):
    if isinstance(result, tuple):
        return [x for part in result for x in flat(part)]
    return [float(x) for x in np.ravel(result)]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_conformance(row):
    name = row["function"].removeprefix("tflow_")
    assert hasattr(tf.kernels, name), f"no kernel {name}: generate.py does not know its shape"
    status, _, values = row["expected"].rpartition(" ")
    if values.startswith("TFLOW_"):
        status, values = values, ""
    negative = {tf_name: error for tf_name, error in exceptions().items()}
    if status in negative:
        with pytest.raises(negative[status]):
            structured.call(name, row) if name in STRUCTURED else call(row)
        return
    result, statuses = structured.call(name, row) if name in STRUCTURED else call(row)
    assert statuses == ([status] if status not in ("", "TFLOW_OK") else [])
    got = flat(result)
    if values:
        wanted = numbers(values)
        tolerance = float(row["tolerance"])
        # Rows may leave out what comes last: counts beside the numbers.
        assert len(got) >= len(wanted)
        for have, want in zip(got, wanted):
            if math.isnan(want):
                assert math.isnan(have)
            else:
                assert abs(have - want) <= tolerance * (abs(want) if want else 1)
    elif not isinstance(result, tuple) and not hasattr(result, "name"):
        assert all(math.isnan(x) for x in got) or isinstance(result, int)


def exceptions():
    from tradeflow._errors import EXCEPTIONS

    return {_core.status_name(s): error for s, error in EXCEPTIONS.items()}


def test_every_function_of_the_file_is_there():
    assert NAMES - STRUCTURED <= set(dir(tf.kernels))
    assert set(structured.CALLS) == STRUCTURED
    assert STRUCTURED <= {name.removeprefix("tflow_") for name in _kernels._OTHERS}


class Vec(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("n", ctypes.c_size_t), ("stride", ctypes.c_ssize_t)]


def signatures():
    """Functions of one number out of numbers or vectors, as the interface keeps them."""
    text = (TREE / "lib" / "tradeflow.abi").read_text()
    for name, args in re.findall(r"^function tflow_(\w+): \((.*)\) -> tflow_status$", text, re.M):
        types = args.split(", ")
        errors = types[-1] == "tflow_error *"
        types = types[:-1] if errors else types
        shape = set(types[:-1])
        if types[-1] == "double *" and shape <= {"double", "tflow_vec", "tflow_missing"}:
            if name in NAMES and "shares" not in name:
                yield name, types[:-1], errors


@pytest.mark.parametrize(("name", "types", "errors"), list(signatures()), ids=lambda x: str(x)[:40])
@pytest.mark.filterwarnings("ignore::tradeflow.DataWarning")
def test_bits_are_those_of_c(name, types, errors, build):
    """The same call past the package, straight into the shared library."""
    library = ctypes.CDLL(str(build / ".libs" / "libtradeflow.so"))
    function = getattr(library, "tflow_" + name)
    rng = np.random.default_rng(20221231)
    for case in range(20):
        data = [
            rng.lognormal(size=7) if t == "tflow_vec" else float(rng.lognormal())
            for t in types if t != "tflow_missing"
        ]
        if types[:2] == ["tflow_vec", "tflow_vec"] and name == "volatility":
            data[0] = np.arange(7.0)
        out = ctypes.c_double()
        values = iter(data)
        given = []
        for t in types:
            if t == "tflow_missing":
                given.append(ctypes.c_int(0))
            elif t == "tflow_vec":
                x = next(values)
                given.append(Vec(x.ctypes.data, x.size, 1))
            else:
                given.append(ctypes.c_double(next(values)))
        given += [ctypes.byref(out)] + ([None] if errors else [])
        status = function(*given)
        if status < 0:
            with pytest.raises(exceptions()[_core.status_name(status)]):
                getattr(tf.kernels, name)(*data)
            continue
        got = getattr(tf.kernels, name)(*data)
        assert np.float64(got).tobytes() == np.float64(out.value).tobytes(), case


def test_batches_over_the_last_axis():
    x = np.arange(24.0).reshape(2, 3, 4) + 1
    got = tf.hhi(x)
    assert got.shape == (2, 3)
    for i in np.ndindex(2, 3):
        assert got[i] == tf.hhi(x[i])
    assert tf.shares(x).shape == x.shape
    assert np.allclose(tf.shares(x).sum(-1), 1)


def test_strides_are_honoured():
    x = np.random.default_rng(1).lognormal(size=(6, 5, 8))
    for view in (x[::-2, :, ::-1], x[:, 1::3, 2:7:2], x.T, x.swapaxes(0, 2)[..., ::-1], x[0]):
        assert np.array_equal(tf.hhi(view), tf.hhi(view.copy()))
        assert np.array_equal(tf.gini(view), tf.gini(view.copy()))


def test_broadcasting():
    first, last = np.array([[1.0], [2.0]]), np.array([4.0, 8.0, 16.0])
    got = tf.cagr(first, last, 2)
    assert got.shape == (2, 3) and got[1, 2] == tf.cagr(2, 16, 2)
    assert tf.growth_least_squares([0, 1, 2], np.ones((4, 3))).growth.shape == (4,)


@pytest.mark.parametrize(
    "x",
    [
        [1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3], "i2"), np.array([1, 2, 3], ">f8"),
        np.array([1, 2, 3], "f4"), np.ma.array([1, 2, 3]), range(1, 4), [1, 2, True + 2],
        np.array([(0, 1.0), (0, 2.0), (0, 3.0)], "u1,f8")["f1"],
    ],
)
def test_kinds_of_arrays(x):
    assert tf.hhi(x) == tf.hhi([1.0, 2.0, 3.0])


def test_missing_is_nan_whatever_it_is_called():
    for x in ([1, None, 3], [1, float("nan"), 3], np.ma.array([1, 2, 3], mask=[0, 1, 0])):
        with pytest.warns(tf.UndefinedWarning):
            assert math.isnan(tf.hhi(x))
        with pytest.warns(tf.LowerBoundWarning):
            assert tf.hhi(x, missing="skip") == tf.hhi([1, 3])
        with pytest.raises(tf.MissingError):
            tf.hhi(x, missing="fail")


def test_empty():
    with pytest.warns(tf.UndefinedWarning):
        assert math.isnan(tf.hhi([]))
    assert tf.hhi(np.empty((0, 3))).shape == (0,)
    assert tf.cagr([], [], 1).shape == (0,)
    assert tf.shares(np.empty((0, 3))).shape == (0, 3)


def test_one_warning_a_call():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        tf.cagr([0, 1, 0, np.nan], [1, 2, 3, 4], 1)
    assert len(seen) == 1 and seen[0].filename == __file__
    assert seen[0].message.statuses == {"TFLOW_ZERO_BASE": 2, "TFLOW_MISSING_VALUE": 1}
    assert "3 of 4 are NaN" in str(seen[0].message)


def test_errors_say_where():
    with pytest.raises(tf.NegativeError) as raised:
        tf.hhi([[1, 2], [1, -2]])
    assert raised.value.index == (1,)
    for bad in ("abc", ["a"], [1 + 2j], [object()], [[1, 2], [3]]):
        with pytest.raises((TypeError, ValueError)):
            tf.hhi(bad)
    with pytest.raises(ValueError, match="single number"):
        tf.hhi(1.0)
    with pytest.raises(ValueError, match="expected one of"):
        tf.hhi([1], missing="never")
    with pytest.raises(ValueError):
        tf.cagr([1, 2], [1, 2, 3], 1)
    with pytest.raises(ValueError, match="0 or more"):
        tf.concentration_ratio([1, 2], -1)
    with pytest.raises(tf.UnknownError):
        tf.kernels.price_index("nobody", [1], [1], [1], [1])


def test_results_of_several_numbers():
    trend = tf.growth_least_squares([0, 1, 2], [1, 2, 4])
    assert trend.growth == pytest.approx(1) and trend.n == 3 and isinstance(trend.n, int)
    movement = tf.rca_dynamic(1, 2, 3, 4).movement
    assert isinstance(movement, tf.kernels.RcaMovement)
    assert tf.range_add((1, 2), tf.kernels.Range(1, 2, True, False)).high == 4
