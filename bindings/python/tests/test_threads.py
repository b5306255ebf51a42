# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads share tables, the interpreter is free, Ctrl-C ends a reading."""
from concurrent.futures import ThreadPoolExecutor
import os
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pyarrow as pa
import pytest

import tradeflow as tf

PARTNERS = "data/belarus/baci_belarus_partners_2000_2020.csv"

pytestmark = pytest.mark.filterwarnings("ignore::tradeflow.DataWarning")


def test_stress():
    flows = tf.read_csv(PARTNERS)
    x = np.random.default_rng(2).lognormal(size=(50, 40))
    wanted = {
        "growth": tf.growth(flows, reporter="BLR").to_csv(),
        "share": tf.share(flows, reporter="BLR", period=2020).to_csv(),
        "hhi": tf.hhi(x).tobytes(),
        "arrow": pa.table(flows),
        "file": tf.concentration(PARTNERS, reporter="BLR").to_csv(),
    }

    def work(seed):
        for i in range(12):
            which = (seed + i) % 6
            if which == 0:
                assert tf.growth(flows, reporter="BLR").to_csv() == wanted["growth"]
            elif which == 1:
                assert tf.share(flows, reporter="BLR", period=2020).to_csv() == wanted["share"]
            elif which == 2:
                assert tf.hhi(x).tobytes() == wanted["hhi"]
            elif which == 3:
                assert pa.table(flows).equals(wanted["arrow"])
            elif which == 4:
                assert tf.concentration(PARTNERS, reporter="BLR").to_csv() == wanted["file"]
            else:
                with pytest.raises(tf.UnknownError, match=f"Nowhere{seed}"):
                    tf.growth(flows, reporter=f"Nowhere{seed}")
        return seed

    # Threads share the filters of warnings: they are set once, outside.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(16))) == list(range(16))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file of some megabytes: read again and again it takes long."""
    path = tmp_path_factory.mktemp("large") / "flows.csv"
    rows = "".join(f"BLR,CHN,X,{1900 + i % 120},{i}.5\n" for i in range(100_000))
    path.write_text("reporter,partner,flow,period,value\n" + rows)
    return str(path)


def test_the_interpreter_is_free(large):
    thread = threading.Thread(target=tf.read_csv, args=([large] * 20,))
    ticks = 0
    thread.start()
    while thread.is_alive():
        time.sleep(0.002)
        ticks += 1
    assert ticks > 5


def test_interrupt(large):
    program = (
        "import sys, tradeflow as tf\n"
        "print('ready', flush=True)\n"
        "try:\n"
        f"    tf.read_csv([{large!r}] * 3000)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as p:
        assert p.stdout.readline() == "ready\n"
        time.sleep(0.5)
        start = time.monotonic()
        os.kill(p.pid, signal.SIGINT)
        assert p.stdout.read() == "interrupted\n"
        assert time.monotonic() - start < 5
    assert p.returncode == 0
