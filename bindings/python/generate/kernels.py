# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions from numbers to numbers: a table of them in C, and a module of Python."""
import json
import pathlib
import re
import textwrap

from .headers import Headers
from .words import HEAD, camel, identifier

# ---- kernels in C ----


def kernels_c(headers):
    lines = [
        "/* SPDX-License-Identifier: GPL-3.0-or-later */",
        "/* Made by generate of the headers of libtradeflow. */",
        "#include <string.h>",
        '#include "tradeflow.h"',
        "typedef tflow_status made_call(const tflow_vec *, const double *, const int64_t *,",
        "    const char *const *, double *, double *const *, tflow_error *);",
        "typedef struct made_kernel { const char *name; int n_vec, n_num, n_int, n_text, n_out;",
        "    int scratch; const signed char *sized; made_call *call; } made_kernel;",
    ]
    rows = []
    for k in headers.kernels:
        sized = ", ".join(str(out[3]) for out in k.outs)
        lines += [
            f"static const signed char sized_{k.short}[] = {{{sized}}};",
            f"static tflow_status call_{k.short}(const tflow_vec *v, const double *d,",
            "    const int64_t *i, const char *const *s, double *scratch, double *const *out,",
            "    tflow_error *e)",
            "{",
            "    (void)v, (void)d, (void)i, (void)s, (void)scratch, (void)e;",
            *(f"    {line}" for line in k.before),
            f"    tflow_status status = {k.name}({', '.join(k.arguments)});",
            *(f"    {line}" for line in k.after),
            "    return status;",
            "}",
        ]
        c = k.counts
        rows.append(
            f'    {{"{k.short}", {c["vec"]}, {c["num"]}, {c["int"]}, {c["text"]}, '
            f"{len(k.outs)}, {k.scratch}, sized_{k.short}, call_{k.short}}},"
        )
    lines += ["static const made_kernel made_kernels[] = {", *rows, "};"]
    lines += ["static const size_t made_kernels_n = sizeof made_kernels / sizeof *made_kernels;"]
    return "\n".join(lines) + "\n"


# ---- kernels in Python ----


class KernelText:
    """A kernel as a Python function and as a stub."""

    def __init__(self, headers, kernel):
        self.headers, self.kernel = headers, kernel
        self.scalar = not kernel.counts["vec"]
        self.several = len(kernel.outs) > 1
        self.tuple = None
        if self.several:
            name = kernel.struct.removeprefix("tflow_") if kernel.struct else kernel.short
            self.tuple = camel(name.removesuffix("_parts"))

    def field(self, name):
        return identifier("value" if name == "out" else name)

    def parameters(self, array="ArrayLike"):
        """Positional first, then a star and what has a default."""
        first, later = [], []
        for name, kind, detail in self.kernel.inputs:
            name = identifier(name)
            if kind in ("vec", "num"):
                first.append(f"{name}: {array if kind == 'num' else 'ArrayLike'}")
            elif kind == "struct":
                first.append(f"{name}: {self.struct_type(detail[0])} | Sequence[ArrayLike]")
            elif kind == "text":
                first.append(f"{name}: str")
            elif detail in self.headers.enums:
                usual = [w for w, v in self.headers.words(detail).items() if v == 0]
                usual = usual[0] if usual else next(iter(self.headers.words(detail)))
                later.append(f'{name}: {self.literal(detail)} = "{usual}"')
            elif re.search(r"\b(or 0 for|0: )", self.kernel.doc.params.get(name, "")):
                later.append(f"{name}: int = 0")
            else:
                first.append(f"{name}: int")
        return ", ".join(first + (["*"] + later if later else []))

    def literal(self, enum):
        return "_" + camel(enum.removeprefix("tflow_"))

    def struct_type(self, kind):
        return camel(kind.removeprefix("tflow_").removesuffix("_parts"))

    def result(self, scalar):
        if self.tuple:
            return self.tuple
        if any(out[3] >= 0 for out in self.kernel.outs):
            return "_FloatArray"
        if self.kernel.outs[0][1]:
            return "Any"
        return "float" if scalar else ("_FloatArray" if self.scalar else "Any")

    def docstring(self):
        doc, k = self.kernel.doc, self.kernel
        lines = [*doc.about.splitlines(), "", "Parameters", "----------"]
        for name, kind, detail in k.inputs:
            about = doc.params.get(name, "")
            if kind == "int" and detail in self.headers.enums:
                about += " (" + ", ".join(self.headers.words(detail)) + ")"
            lines += textwrap.wrap(
                f"{identifier(name)} : {about}", 84, subsequent_indent="    ", break_on_hyphens=False
            )
        lines += ["", "Returns", "-------"]
        if self.several:
            lines += textwrap.wrap(
                f"{self.tuple}: " + ", ".join(self.field(out[0]) for out in k.outs), 84
            )
        else:
            lines += textwrap.wrap(doc.params.get(k.outs[0][0], ""), 84) or ["the result"]
        if doc.returns:
            lines += ["", "Statuses", "--------", *doc.returns.splitlines()]
        if doc.reference:
            lines += ["", "References", "----------", *textwrap.wrap(doc.reference, 84)]
        return "\n".join(("    " + line).rstrip() for line in lines).strip()

    def source(self, index):
        k = self.kernel
        groups = {"vec": [], "num": [], "int": [], "text": []}
        for name, kind, detail in k.inputs:
            name = identifier(name)
            if kind == "struct":
                groups["num"].append(f"*_parts({name!r}, {name}, {len(detail[1])})")
            elif kind == "int" and detail in self.headers.enums:
                groups["int"].append(f"_choice({name!r}, {name}, {self.literal(detail).upper()}_WORDS)")
            elif kind == "int":
                groups["int"].append(f"_whole({name!r}, {name}, {detail not in ('int', 'int64_t')})")
            else:
                groups[kind].append(name)
        outs = [
            f"({out[3]}, {out[1]}, {camel(out[2].removeprefix('tflow_')) if out[2] else None})"
            for out in k.outs
        ]
        lists = ", ".join("[" + ", ".join(groups[g]) + "]" for g in groups)
        # A backslash would mean something else in a docstring.
        text = self.docstring().replace("\\", "\\\\").replace('"""', "'''")
        return (
            f"def {k.short}({self.parameters()}) -> {self.result(False)}:\n"
            f'    """{text}\n    """\n'
            f"    return _call({index}, {k.short!r}, {lists}, "
            f"[{', '.join(outs)}], {self.tuple})\n"
        )

    def stub(self):
        k = self.kernel
        if self.scalar and not self.several and not k.outs[0][1]:
            return (
                "@overload\n"
                f"def {k.short}({self.parameters('float')}) -> {self.result(True)}: ...\n"
                "@overload\n"
                f"def {k.short}({self.parameters()}) -> {self.result(False)}: ...\n"
            )
        return f"def {k.short}({self.parameters()}) -> {self.result(False)}: ...\n"


def tuples(headers, texts):
    """Classes of results that are several numbers: {name: [fields]}"""
    found = {}
    for text in texts:
        if text.tuple:
            found[text.tuple] = [text.field(out[0]) for out in text.kernel.outs]
        for _, kind, detail in text.kernel.inputs:
            if kind == "struct":
                found[text.struct_type(detail[0])] = [m.replace(".", "_") for m in detail[1]]
    return dict(sorted(found.items()))


def kernels_py(headers):
    """The module _kernels and its stub."""
    texts = [KernelText(headers, kernel) for kernel in headers.kernels]
    inputs = {d for k in headers.kernels for _, kind, d in k.inputs if kind == "int"}
    named = sorted(e for e in inputs if e in headers.enums)
    results = sorted({out[2] for k in headers.kernels for out in k.outs if out[2]})
    shared = [
        "from __future__ import annotations\n",
        "from collections.abc import Sequence",
        "from enum import IntEnum",
        "from typing import Any, Literal, NamedTuple, TypeAlias%s\n",
        "import numpy as np",
        "from numpy.typing import ArrayLike, NDArray\n",
    ]
    source = [HEAD % "headers", *shared]
    source[4] = source[4] % ""
    source[5:7] = ["from typing import TYPE_CHECKING", "",
                   "from tradeflow._numeric import call as _call, choice as _choice",
                   "from tradeflow._numeric import parts as _parts, whole as _whole", "",
                   "if TYPE_CHECKING:", "    import numpy as np",
                   "    from numpy.typing import ArrayLike, NDArray", "",
                   "    _FloatArray: TypeAlias = NDArray[np.float64]", ""]
    stub = [HEAD % "headers", *shared, "_FloatArray: TypeAlias = NDArray[np.float64]\n"]
    stub[4] = stub[4] % ", overload"
    for enum in named:
        name, words = "_" + camel(enum.removeprefix("tflow_")), headers.words(enum)
        alias = f"{name}: TypeAlias = Literal[{', '.join(json.dumps(w) for w in words)}]"
        source += ["if TYPE_CHECKING:", "    " + alias, f"{name.upper()}_WORDS = {words!r}"]
        stub += [alias, f"{name.upper()}_WORDS: dict[str, int]"]
    for enum in results:
        members = [
            f"    {w.upper().replace('-', '_')} = {v}" for w, v in headers.words(enum).items()
        ]
        both = [f"\nclass {camel(enum.removeprefix('tflow_'))}(IntEnum):", *members, ""]
        source += [both[0], '    """What a number of the result stands for."""', *both[1:]]
        stub += both
    for name, fields in tuples(headers, texts).items():
        source += [f"\nclass {name}(NamedTuple):", '    """Numbers that belong together."""\n']
        source += [*(f"    {field}: Any" for field in fields), ""]
        stub += [f"\nclass {name}(NamedTuple):", *(f"    {field}: Any" for field in fields), ""]
    for index, text in enumerate(texts):
        source.append("\n" + text.source(index))
        stub.append(text.stub())
    names = [t.kernel.short for t in texts] + list(tuples(headers, texts))
    names += [camel(e.removeprefix("tflow_")) for e in results]
    listed = "__all__ = [\n" + "".join(f"    {n!r},\n" for n in names) + "]\n"
    others = "#: Functions of the headers that are no kernels of this form.\n"
    source += [listed, others + f"_OTHERS = {headers.others!r}\n"]
    stub += [listed, "_OTHERS: list[str]\n"]
    return {"_kernels.py": "\n".join(source), "_kernels.pyi": "\n".join(stub)}


def kernels(include, made):
    """Write kernels.h into a folder; the Python modules of the headers, by name."""
    headers = Headers(include)
    pathlib.Path(made, "kernels.h").write_text(kernels_c(headers), encoding="utf-8")
    return kernels_py(headers)
