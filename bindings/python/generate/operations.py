# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations of the registry: a module of Python and its stub."""
import json
import re
import textwrap

from .words import HEAD, identifier, plain

# Run by a Python that has the extension: what the library says about itself, as JSON.
LIST_OPERATIONS = """
import importlib.machinery, importlib.util, json, pathlib, sys
suffixes = importlib.machinery.EXTENSION_SUFFIXES
path = [p for p in pathlib.Path(sys.argv[1]).glob("_core*") if p.name.endswith(tuple(suffixes))]
spec = importlib.util.spec_from_file_location("tradeflow._core", path[0])
core = importlib.util.module_from_spec(spec)
spec.loader.exec_module(core)
print(json.dumps(core.registry()))
"""

FLAG, INTEGER, REAL, TEXT, CHOICE, LIST, PERIODS, NUMBERS = range(1, 9)
TYPES = {
    FLAG: "bool",
    INTEGER: "int",
    REAL: "float",
    TEXT: "str",
    LIST: "str | Sequence[str]",
    PERIODS: "str | int | tuple[int | str | None, int | str | None]",
    NUMBERS: "float | str | Sequence[float]",
}


class OperationText:
    """An operation as a Python function."""

    def __init__(self, description):
        self.o = description
        self.name = identifier(description["name"])

    @staticmethod
    def default(p):
        text = p["default"]
        if text is None:
            return None
        if p["kind"] == FLAG:
            return text == "yes"
        if p["kind"] in (INTEGER, REAL):
            return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
        return text

    @staticmethod
    def annotation(p):
        kind = TYPES.get(p["kind"], "str")
        if p["kind"] == CHOICE and p["domain"]:
            kind = f"Literal[{', '.join(json.dumps(word) for word in p['domain'])}]"
        return kind if p["default"] is not None else kind + " | None"

    def data(self):
        least, most = self.o["inputs_min"], self.o["inputs_max"]
        if most == 0:
            return []
        first = "data: T" if least > 0 else "data: T | None = None"
        return [first + (", /" if least > 0 else ", /")] + (["*further: Any"] if most > 1 else ["*"])

    def parameters(self):
        given = self.data() or ["*"]
        for p in self.o["parameters"]:
            given.append(f"{identifier(p['name'])}: {self.annotation(p)} = {self.default(p)!r}")
        if self.o["inputs_max"] > 0:
            given.append("read: Mapping[str, Any] | None = None")
        return given

    def docstring(self):
        o = self.o
        lines = [o["summary"] + ".", ""]
        for paragraph in o["definition"].split("\n"):
            if paragraph.startswith(" "):
                lines.append("    " + paragraph.strip())
            else:
                lines += textwrap.wrap(paragraph, 84) or [""]
        lines += ["", "Parameters", "----------"]
        if o["inputs_max"] > 0:
            lines.append("data : a path, a scan, a Table, or a data frame of flows")
        for p in o["parameters"]:
            about = p["help"]
            if p["domain"] and p["kind"] != CHOICE:
                about += " (of " + ", ".join(p["domain"]) + ")"
            lines += textwrap.wrap(
                f"{identifier(p['name'])} : {about}", 84, subsequent_indent="    ",
                break_on_hyphens=False,
            )
        if o["inputs_max"] > 0:
            lines.append("read : options of read_csv, for paths")
        lines += ["", "Columns of the result", "---------------------"]
        for c in o["outputs"]:
            unit = f" [{c['unit']}]" if c["unit"] else ""
            lines += textwrap.wrap(f"{c['name']}{unit} : {c['help']}", 84, subsequent_indent="    ")
        if o["reference"]:
            lines += ["", "References", "----------", *textwrap.wrap(o["reference"], 84)]
        return plain("\n".join(("    " + line).rstrip() for line in lines).strip())

    def source(self):
        pairs = ", ".join(
            f"({p['name']!r}, {identifier(p['name'])}, {self.default(p)!r}, {p['kind']})"
            for p in self.o["parameters"]
        )
        text = self.docstring().replace("\\", "\\\\").replace('"""', "'''")
        tables = "[data]" if self.o["inputs_max"] > 0 else "[]"
        if self.o["inputs_max"] > 1:
            tables = "[data, *further]"
        read = "read" if self.o["inputs_max"] > 0 else "None"
        return (
            f"def {self.name}(\n"
            + "".join(f"    {p},\n" for p in self.parameters())
            + f") -> Any:\n"
            f'    """{text}\n    """\n'
            f"    return _run({self.o['name']!r}, {tables}, [{pairs}], {read})\n"
        )

    def stub(self):
        if self.o["inputs_max"] == 0:
            return f"def {self.name}({', '.join(self.parameters())}) -> Result: ...\n"
        rest = ", ".join(self.parameters()[1:])
        first = "data: _Source%s, /"
        least = self.o["inputs_min"]
        source = first % "" if least > 0 else "data: _Source | None = None, /"
        return (
            f"@overload\ndef {self.name}({source}, {rest}) -> Result: ...\n"
            f"@overload\ndef {self.name}(data: T, /, {rest}) -> T: ...\n"
        )


def operations(listed):
    """The module _operations and its stub, from the registry as JSON."""
    texts = [OperationText(o) for o in json.loads(listed)]
    names = "__all__ = [\n" + "".join(f"    {t.name!r},\n" for t in texts) + "]\n"
    source = [
        HEAD % "registry", "from __future__ import annotations\n",
        "from collections.abc import Mapping, Sequence",
        "from typing import Any, Literal, TypeVar\n",
        "from tradeflow._run import run as _run\n",
        'T = TypeVar("T")\n', names,
        *("\n" + t.source() for t in texts),
    ]
    stub = [
        HEAD % "registry", "from collections.abc import Mapping, Sequence",
        "from typing import Any, Literal, TypeVar, overload\n",
        "from tradeflow._read import _Source\nfrom tradeflow._table import Result\n",
        'T = TypeVar("T")\n', names,
        *(t.stub() for t in texts),
    ]
    return {"_operations.py": "\n".join(source), "_operations.pyi": "\n".join(stub)}
