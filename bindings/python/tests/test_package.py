# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed: types, symbols, the time that an import takes."""
import importlib.metadata
import pathlib
import shutil
import subprocess
import sys
import time

import pytest

import tradeflow as tf
from conftest import TREE
from tradeflow import _core

CONFIG = str(TREE / "bindings" / "python" / "pyproject.toml")
FOLDER = pathlib.Path(tf.__file__).parent


def run(*words, **more):
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, **more
    )


def test_version(tree):
    assert tf.__version__ == (tree / "VERSION").read_text().strip()
    assert tf.__version__ == importlib.metadata.version("tradeflow")


def test_import_is_quick_and_brings_nothing_along():
    program = "import sys, tradeflow; print([m for m in ('numpy', 'pandas', 'pyarrow', " \
        "'polars', 'narwhals') if m in sys.modules])"
    assert run("-c", program).stdout == "[]\n"
    nothing, ours = (
        min(seconds(["-c", program]) for _ in range(5)) for program in ("0", "import tradeflow")
    )
    assert ours - nothing < 0.2


def seconds(words):
    start = time.perf_counter()
    assert run(*words).returncode == 0
    return time.perf_counter() - start


def test_nothing_but_the_entry_is_seen():
    tool = shutil.which("nm")
    if tool is None:
        pytest.fail("nm is needed: binutils")
    listed = subprocess.run([tool, "-D", "--defined-only", _core.__file__], capture_output=True,
                            text=True, check=True).stdout
    assert [line.split()[-1] for line in listed.splitlines()] == ["PyInit__core"]


def test_limited_interface():
    assert _core.__file__.endswith(".abi3.so")


def test_types_are_shipped_and_hold(tmp_path):
    assert (FOLDER / "py.typed").is_file()
    for name in ("_core", "_kernels", "_operations"):
        assert (FOLDER / f"{name}.pyi").is_file()
    cache = ["--cache-dir", str(tmp_path / "cache"), "--config-file", CONFIG]
    checked = run("-m", "mypy", "--strict", *cache, "-p", "tradeflow", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    user = tmp_path / "user.py"
    user.write_text(
        "import polars as pl\n"
        "import numpy as np\n"
        "from typing import assert_type\n"
        "import tradeflow as tf\n"
        'assert_type(tf.growth("x.csv", reporter="BLR", lag=2), tf.Result)\n'
        "assert_type(tf.growth(pl.DataFrame()), pl.DataFrame)\n"
        "assert_type(tf.cagr(1, 2, 3), float)\n"
        'tf.growth("x.csv", lagg=2)  # type: ignore[call-overload]\n'
        'tf.growth("x.csv", missing="never")  # type: ignore[call-overload]\n'
        "tf.cagr(np.ones(3), 2, 3).mean()\n"
    )
    checked = run("-m", "mypy", "--strict", *cache, str(user), cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_stubs_are_as_the_modules(tmp_path):
    checked = run("-m", "mypy.stubtest", "--mypy-config-file", CONFIG, "tradeflow", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
