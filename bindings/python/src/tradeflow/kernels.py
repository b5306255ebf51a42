# SPDX-License-Identifier: GPL-3.0-or-later
"""Every statistic as a function on numbers and arrays.

Most of them stand in `tradeflow` itself; here are those too whose name an operation has.
"""
from __future__ import annotations

from tradeflow import _kernels, _models
from tradeflow._kernels import *
from tradeflow._models import *

__all__: list[str] = []
__all__ += _kernels.__all__
__all__ += _models.__all__
