# SPDX-License-Identifier: GPL-3.0-or-later
"""Names, as Python has them."""
import keyword

HEAD = '# SPDX-License-Identifier: GPL-3.0-or-later\n"""Made by generate of the %s of libtradeflow."""\n'


def identifier(name):
    return name + "_" if keyword.iskeyword(name) else name


def camel(name):
    return "".join(word.capitalize() for word in name.split("_"))
