# SPDX-License-Identifier: GPL-3.0-or-later
"""What the package has of the library without anybody writing it down.

kernels()     from the public headers: each function from numbers to numbers
operations()  from the registry: each operation with its parameters and documentation

Run by setup.py. What it writes is built and shipped, never committed.
"""
from .kernels import kernels
from .operations import LIST_OPERATIONS, operations

__all__ = ["LIST_OPERATIONS", "kernels", "operations"]
