# SPDX-License-Identifier: GPL-3.0-or-later
"""A recipe in words."""
from __future__ import annotations

import textwrap
from typing import Any

from tradeflow import _core
from tradeflow._errors import plain

FACTS = ("layout", "rows", "unit_multiplier", "currency", "valuation")


def wrapped(text: str, indent: str = "  ") -> list[str]:
    lines: list[str] = []
    for line in plain(text).split("\n"):
        if line.startswith(" "):
            lines.append(indent + line)
        else:
            lines += textwrap.wrap(
                line, 80, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
            )
    return lines


def inputs(recipe: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for i, source in enumerate(recipe.get("inputs", [])):
        lines.append("\nFrom" if i == 0 else "and")
        lines += ["  " + name for name in (source.get("source") or "a table").split("\n")]
        facts = [f"{name} {source[name]}" for name in FACTS if source.get(name) is not None]
        facts += [
            f"{name.removeprefix('read.')} {value}"
            for name, value in source.items()
            if name.startswith("read.")
        ]
        if facts:
            lines.append("  " + ", ".join(facts))
    return lines


def parameters(recipe: dict[str, Any], known: dict[str, Any] | None) -> list[str]:
    about = {p["name"]: p for p in (known or {}).get("parameters", [])}
    lines = ["\nParameters"]
    for name, value in recipe.get("parameters", {}).items():
        if value is None:
            continue
        usual = about.get(name, {}).get("default") == value
        lines.append(f"  {name} = {value}{' (default)' if usual else ''}")
        lines += wrapped(about.get(name, {}).get("help", ""), "      ")
    return lines


def explain(recipe: dict[str, Any], notes: list[str]) -> str:
    """Operation, inputs, parameters, notes, definition and reference."""
    name = recipe.get("operation", "")
    known = _core.describe(name) if name else None
    summary = known["summary"] if known else "not an operation of this version"
    lines = [f"{name}: {summary}", f"computed by libtradeflow {recipe.get('version', '')}"]
    lines += inputs(recipe) + parameters(recipe, known)
    if notes:
        lines.append("\nNotes")
        for note in notes:
            lines += wrapped(note)
    if known:
        lines += ["\nDefinition", *wrapped(known["definition"])]
        if known["reference"]:
            lines += ["\nReference", *wrapped(known["reference"])]
    return "\n".join(lines) + "\n"
