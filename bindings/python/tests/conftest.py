# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the tree and its build are: the tests need its data, and compare with its command.

TRADEFLOW_TREE   the checkout; found from here when not set
TRADEFLOW_BUILD  its build; build/ in the tree when not set
"""
import os
import pathlib
import subprocess

import pytest

TREE = pathlib.Path(os.environ.get("TRADEFLOW_TREE", pathlib.Path(__file__).parents[3]))
BUILD = pathlib.Path(os.environ.get("TRADEFLOW_BUILD", TREE / "build"))


@pytest.fixture(autouse=True)
def in_tree(monkeypatch):
    """Paths of data are those of the documentation."""
    monkeypatch.chdir(TREE)


def command(*words):
    """What the command says, as bytes; a failure is an error here."""
    done = subprocess.run([BUILD / "tradeflow", *words], capture_output=True, check=True, cwd=TREE)
    return done.stdout


@pytest.fixture(scope="session")
def tradeflow():
    return command


@pytest.fixture(scope="session")
def tree():
    return TREE


@pytest.fixture(scope="session")
def build():
    return BUILD
