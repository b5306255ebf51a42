# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations on files: every example gives what the command gives, to the last byte."""
import inspect
import shlex
import warnings

import pytest

import tradeflow as tf
from tradeflow import _core

REGISTRY = {operation["name"]: operation for operation in _core.registry()}
READING = {"bad_rows", "layout", "columns", "unknown", "currency", "allow_negative"}
BELARUS = "data/belarus/belarus_reports_2014_2021.csv"
PARTNERS = "data/belarus/baci_belarus_partners_2000_2020.csv"

pytestmark = pytest.mark.filterwarnings("ignore::tradeflow.UndefinedWarning")


def python_call(words):
    """A command line as a Python call: (function, tables, keywords)."""
    verb, rest = words[0], words[1:]
    flags = {p["name"] for p in REGISTRY[verb]["parameters"] if p["kind"] == 1}
    tables, further, given, read = [], [], {}, {}
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            tables.append(word)
            continue
        name, equals, value = word[2:].partition("=")
        name = name.replace("-", "_")
        if not equals and name in flags and (not rest or rest[0] not in ("yes", "no")):
            value = "yes"
        elif not equals:
            value = rest.pop(0)
        if name in {p["name"] for p in REGISTRY[verb]["parameters"]}:
            given[name] = value
        elif name in ("with", "against"):
            further.append(value)
        else:
            assert name in READING, f"an option of the command that is not known here: {word}"
            read[name] = value
    if read:
        given["read"] = read
    return getattr(tf, verb), [*tables, *further], given


@pytest.mark.parametrize("name", [name for name in REGISTRY if REGISTRY[name]["example"]])
def test_example_is_the_command_s(name, tradeflow):
    words = shlex.split(REGISTRY[name]["example"])
    function, tables, given = python_call(list(words))
    result = function(*tables, **given)
    assert result.to_json().encode() == tradeflow(*words, "--format", "json")
    assert result.to_csv().encode() == tradeflow(*words, "--format", "csv", "--quiet")


@pytest.mark.parametrize("name", REGISTRY)
def test_function_is_as_the_registry_has_it(name):
    function = getattr(tf, name)
    names = [p for p in inspect.signature(function).parameters]
    wanted = [p["name"] for p in REGISTRY[name]["parameters"]]
    assert [p.rstrip("_") for p in names if p not in ("data", "further", "read")] == wanted
    assert REGISTRY[name]["summary"] in function.__doc__


def test_values_of_python():
    one = tf.growth(BELARUS, reporter="BLR", period="2015:2020", lag=2, complete=True)
    two = tf.growth(BELARUS, reporter=["BLR"], period=(2015, 2020), lag=2, complete=True)
    assert one.to_csv() == two.to_csv()
    assert one.recipe["parameters"]["complete"] == "yes"
    assert one.recipe["parameters"]["period"] == "2015:2020"


def test_table_and_scan_and_several_files():
    table = tf.read_csv(BELARUS)
    by_table = tf.growth(table, reporter="BLR")
    assert by_table.to_csv() == tf.growth(tf.scan_csv([BELARUS]), reporter="BLR").to_csv()
    assert table.shape == (8, len(table.columns))


def test_result():
    result = tf.growth(BELARUS, reporter="BLR", partner="CHN")
    assert isinstance(result, tf.Result)
    assert result.recipe["operation"] == "growth"
    assert "Growth of flows" in result.explain() and "reporter = BLR" in result.explain()
    assert result.units["value"] == "USD"
    assert result["period"].tolist()[0] == "2014"
    assert result["value"].base is not None and not result["value"].flags.writeable
    assert "<table>" in result._repr_html_() and "638,993,900" in repr(result)
    with pytest.raises(KeyError, match="no column 'nothing'"):
        result["nothing"]


def test_charts():
    chart = tf.growth(BELARUS, reporter="BLR", partner="CHN").plot(title="Growth")
    assert chart._repr_svg_().startswith("<svg") and ">Growth<" in chart.svg
    assert "2021" in chart.text()
    shares = tf.share(PARTNERS, reporter="BLR", period=2020, top=5).plot()
    assert "RUS" in shares.svg and "2020" in shares.svg
    ahead = tf.project(BELARUS, reporter="BLR", partner="CHN", method="drift", observed=True)
    assert "projection" in ahead.plot().svg
    with pytest.raises(ValueError, match="nothing to draw"):
        tf.describe(BELARUS).plot()


def test_columns_outlive_their_table():
    value = tf.read_csv(BELARUS)["value"]
    assert value.sum() > 0


def test_undefined_values_warn_once():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        tf.growth(BELARUS, reporter="BLR")
    assert [w.category for w in seen] == [tf.UndefinedWarning]
    assert seen[0].filename == __file__
    assert seen[0].message.statuses == {"no base period": 1}


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: tf.growth("no_such_file.csv"), tf.FileError, "no_such_file.csv"),
        (lambda: tf.growth(BELARUS, reporter="Atlantis"), tf.UnknownError, "Atlantis"),
        (lambda: tf.growth(BELARUS, missing="never"), tf.Error, "never"),
        (lambda: tf.growth(BELARUS, lag=0), tf.InvalidError, "lag"),
        (lambda: tf.growth(BELARUS, read={"layot": "x"}), TypeError, "layot"),
        (lambda: tf.growth(BELARUS, complete="x"), tf.Error, "complete"),
        (lambda: tf.growth(BELARUS, reporter="a\0b"), ValueError, "NUL"),
        (lambda: tf.growth(7), TypeError, "int"),
        (lambda: tf.read_csv([]), ValueError, "no files"),
    ],
)
def test_errors(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_error_has_its_place(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("reporter,partner,flow,period,value\nBLR,CHN,X,2020,1\nBLR,CHN,X,2021,x\n")
    with pytest.raises(tf.ParseError) as raised:
        tf.read_csv(path)
    assert (raised.value.line, raised.value.column) == (3, "value")
    assert raised.value.file.endswith("bad.csv") and 'bad_rows="skip"' in str(raised.value)
    assert len(tf.read_csv(path, bad_rows="skip")) == 1


def test_one_exception_a_status(tree):
    from tradeflow._errors import EXCEPTIONS

    text = (tree / "lib" / "tradeflow.abi").read_text()
    listed = [line.split(": ")[1] for line in text.splitlines() if "enum tflow_status:" in line]
    wanted = {int(v): n for n, v in (pair.split(" = ") for pair in listed) if int(v) < 0}
    assert sorted(EXCEPTIONS) == sorted(wanted)
    assert len(set(EXCEPTIONS.values())) == len(wanted)
    for status, name in wanted.items():
        assert _core.status_name(status) == name
        assert name in EXCEPTIONS[status].__doc__


def test_other_codes_currency_and_prices(tradeflow, tmp_path):
    wood, pairs = "data/comtrade/wood_imports_2018_2022.csv", tmp_path / "pairs.csv"
    pairs.write_text("from,to,weight\n4401,A,0.3\n4401,B,0.7\n4403,A,1\n4407,C,1\n")
    words = ["aggregate", wood, "--recode", "product", "--recode-table", pairs]
    flows = tf.read_csv(wood).recode(table=pairs)
    wanted = tradeflow(*words, "--by", "reporter,product", "--quiet")
    assert tf.aggregate(flows, by=["reporter", "product"]).to_csv().encode() == wanted
    with pytest.raises(tf.UnknownError, match="heading"):
        tf.read_csv(wood).recode("hs1992", "hs2017", folder="data/concordance")

    rates, index = tmp_path / "rates.csv", tmp_path / "index.csv"
    years = range(2010, 2023)
    rates.write_text("currency,period,rate\n" + "".join(f"USD,{y},0.{y}\n" for y in years))
    index.write_text("period,index\n" + "".join(f"{y},1{y}\n" for y in years))
    words = ["growth", BELARUS, "--rates", rates, "--to", "EUR", "--deflator", index]
    flows = tf.read_csv(BELARUS).convert(rates, "EUR").deflate(index, 2015)
    wanted = tradeflow(*words, "--prices", "2015", "--quiet")
    assert tf.growth(flows).to_csv().encode() == wanted
    with pytest.raises(tf.FileError):
        tf.read_csv(BELARUS).convert("no_such_file.csv", "EUR")
