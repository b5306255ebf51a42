# SPDX-License-Identifier: GPL-3.0-or-later
"""make.py FOLDER: the samples of this folder and of fuzz/corpus/arrow, by pyarrow."""
import datetime
import decimal
import os
import sys

import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc

ROWS = {
    "reporter": ["BLR", "BLR", "DEU"],
    "partner": ["CHN", "RUS", "FRA"],
    "flow": ["X", "M", "X"],
    "period": [2020, 2021, 2022],
    "value": [1.5, None, 3.0],
}
CODED = pa.table(ROWS)
for i, name in enumerate(("reporter", "partner", "flow")):
    CODED = CODED.set_column(i, name, CODED[name].dictionary_encode())
TYPES = pa.table({
    **ROWS,
    "partner": pa.array(ROWS["partner"], pa.large_string()),
    "period": pa.array([datetime.date(2020, 1, 1)] * 3, pa.date32()),
    "value": pa.array([decimal.Decimal("1.5"), None, decimal.Decimal(3)], pa.decimal128(9, 1)),
})


def stream(path, table, size=None):
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table, max_chunksize=size)


folder = sys.argv[1]
pa.feather.write_feather(pa.table(ROWS), os.path.join(folder, "text.arrow"), "uncompressed")
pa.feather.write_feather(CODED, os.path.join(folder, "coded.arrow"), "uncompressed")
stream(os.path.join(folder, "coded.arrows"), CODED, 1)
stream(os.path.join(folder, "types.arrows"), TYPES)
