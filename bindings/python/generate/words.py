# SPDX-License-Identifier: GPL-3.0-or-later
"""Names, as Python has them."""
import keyword
import re

HEAD = '# SPDX-License-Identifier: GPL-3.0-or-later\n"""Made by generate of the %s of libtradeflow."""\n'


def identifier(name):
    return name + "_" if keyword.iskeyword(name) else name


def camel(name):
    return "".join(word.capitalize() for word in name.split("_"))


def plain(text):
    """Words of the library, which speaks to the command: an option is a keyword here."""
    return re.sub(r"--([a-z][a-z0-9-]*)", lambda m: m[1].replace("-", "_"), text)
