# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of help in R's format."""
import re


def escape(text):
    return re.sub(r"([\\%{}])", r"\\\1", text)


def code(text):
    """In examples braces stand as they are, if they are in pairs."""
    return re.sub(r"([\\%])", r"\\\1", text)


def plain(text):
    """Words of a doc comment: its marks become R's, options of the command arguments."""
    text = escape(" ".join(text.split()))
    text = re.sub(r"(?<![-\w])--([a-z][a-z-]*[a-z])",
                  lambda m: "\\code{%s}" % m.group(1).replace("-", "_"), text)
    text = re.sub(r"@p (\w+(?:\.\w+)?)", r"\\code{\1}", text)
    text = re.sub(r"\btflow_(\w+)\(\)", r"\\code{\1}", text)
    text = re.sub(r"\btflow_(\w+)", r"\\code{\1}", text)
    return re.sub(r"`([^`]*)`", r"\\code{\1}", text)


def blocks(lines):
    """Paragraphs, and blocks that are indented: formulas and tables."""
    out, paragraph, block = [], [], []

    def close():
        if block:
            out.append("\\preformatted{\n%s\n}" % escape("\n".join(block)))
            block.clear()
        if paragraph:
            out.append(plain(" ".join(paragraph)))
            paragraph.clear()

    for line in lines:
        indented = line.startswith("    ")
        if not line.strip() or (indented and paragraph) or (block and not indented):
            close()
        if line.strip():
            (block if indented else paragraph).append(line[4:] if indented else line)
    close()
    return "\n\n".join(out)


def definition(text):
    """The text of an operation: lines stand as they are, sentences are paragraphs."""
    return "\n\n".join(plain(line) for line in text.splitlines() if line.strip())


def page(name, title, description, usage, arguments, sections, aliases=()):
    lines = ["%% SPDX-License-Identifier: GPL-3.0-or-later", "\\name{%s}" % name]
    lines += ["\\alias{%s}" % alias for alias in (name, *aliases)]
    lines += ["\\title{%s}" % title, "\\description{%s}" % description]
    lines += ["\\usage{%s}" % usage.replace("%", "\\%")]
    if arguments:
        lines.append("\\arguments{")
        lines += ["\\item{%s}{%s}" % argument for argument in arguments]
        lines.append("}")
    for section, text in sections:
        if text:
            lines.append("\\%s{\n%s\n}" % (section, text))
    return "\n".join(lines) + "\n"


def usage(name, arguments):
    """A call over as many lines as it takes."""
    lines, line = [], name + "("
    for i, argument in enumerate(arguments):
        piece = argument + (", " if i + 1 < len(arguments) else ")")
        if len(line) + len(piece) > 80:
            lines.append(line.rstrip())
            line = "    "
        line += piece
    return "\n".join(lines + [line if arguments else line + ")"])
