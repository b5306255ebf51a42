# SPDX-License-Identifier: GPL-3.0-or-later
"""What doc/python.md shows runs, and prints what it says."""
import contextlib
import io
import re
import warnings

from conftest import TREE


def test_page():
    text = (TREE / "doc" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", text, re.M | re.S)
    assert len(blocks) >= 5
    shared = {}
    for source, wanted in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, "doc/python.md", "exec"), shared)
        if wanted:
            assert out.getvalue() == wanted, source
