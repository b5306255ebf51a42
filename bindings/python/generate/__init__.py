# SPDX-License-Identifier: GPL-3.0-or-later
"""What the package has of the library without anybody writing it down.

kernels()     from the public headers: each function from numbers to numbers
operations()  from the registry: each operation with its parameters and documentation

Run by setup.py. What it writes is built and shipped, never committed.
"""
import re

from .kernels import kernels
from .operations import LIST_OPERATIONS, operations
from .words import HEAD

__all__ = ["LIST_OPERATIONS", "every", "kernels", "operations", "top"]


def top(kernels_text, operations_text, package, models):
    """Of the package itself: the kernels that stand beside the operations, those of other
    names, and a stub that lists all names one by one, as type checkers want it."""
    both = [
        re.findall(r"^    '(\w+)',$", text, re.M) for text in (kernels_text, operations_text)
    ]
    models = re.findall(r'"(\w+)"', models[models.index("__all__ = [") :])
    names = sorted(set(both[0] + models) - set(both[1]))
    lines = [HEAD % "headers", "from tradeflow.kernels import (", *(f"    {n}," for n in names)]
    listed = ["__all__ = [", *(f'    "{n}",' for n in names), "]\n"]
    imports = re.findall(r"^from tradeflow[\w.]* import (?:\(.*?\)|[^(]*?)$", package, re.M | re.S)
    functions = re.findall(r"^def .*:$", package, re.M)
    own = re.findall(r'"(\w+)"', package[package.index("__all__ = [") :])
    stub = [HEAD % "headers", *imports, "", "__version__: str", *(f + " ..." for f in functions)]
    stub += ["", "__all__ = [", *(f'    "{n}",' for n in own + names + both[1]), "]\n"]
    return {"_statistics.py": "\n".join([*lines, ")\n", *listed]), "__init__.pyi": "\n".join(stub)}


def every(kernels_text, models):
    """The stub of the module of all kernels, which lists them one by one."""
    names = re.findall(r"^    '(\w+)',$", kernels_text, re.M)
    names += re.findall(r'"(\w+)"', models[models.index("__all__ = [") :])
    lines = [HEAD % "headers", "from tradeflow import _kernels, _models"]
    lines += ["from tradeflow._kernels import *", "from tradeflow._models import *", ""]
    lines += ["__all__ = [", *(f'    "{n}",' for n in names), "]\n"]
    return {"kernels.pyi": "\n".join(lines)}
