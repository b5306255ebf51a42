# SPDX-License-Identifier: GPL-3.0-or-later
"""The library by ctypes, for tests of its Arrow interface: a table out of anything that
has an Arrow stream, and a table as an object that has one."""
import ctypes
import os

import pyarrow as pa


class Error(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int),
        ("field", ctypes.c_uint32),
        ("line", ctypes.c_uint64),
        ("column", ctypes.c_char * 64),
        ("file", ctypes.c_char * 256),
        ("message", ctypes.c_char * 512),
    ]


class Opts(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("layout", ctypes.c_char_p),
        ("columns", ctypes.c_char_p),
        ("encoding", ctypes.c_char_p),
        ("currency", ctypes.c_char_p),
        ("valuation", ctypes.c_char_p),
        ("unit_multiplier", ctypes.c_char_p),
        ("area_codes", ctypes.c_char_p),
        ("delimiter", ctypes.c_char),
        ("decimal", ctypes.c_char),
        ("thousands", ctypes.c_char),
        ("keep_unknown_areas", ctypes.c_int),
        ("skip_bad_rows", ctypes.c_int),
        ("allow_negative", ctypes.c_int),
        ("max_unpacked", ctypes.c_uint64),
        ("max_ratio", ctypes.c_uint64),
        ("max_members", ctypes.c_uint64),
        ("max_layers", ctypes.c_uint64),
        ("threads", ctypes.c_uint64),
        ("row_by_row", ctypes.c_int),
        ("products", ctypes.c_int),
    ]


class Stream(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in
                ("get_schema", "get_next", "get_last_error", "release", "private_data")]


RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)

lib = ctypes.CDLL(os.environ["TRADEFLOW_LIBRARY"])
lib.tflow_table_free.argtypes = [ctypes.c_void_p]
lib.tflow_table_rows.argtypes = [ctypes.c_void_p]
lib.tflow_table_rows.restype = ctypes.c_size_t
lib.tflow_table_float64.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
lib.tflow_table_float64.restype = ctypes.c_void_p
lib.tflow_table_find.argtypes = [ctypes.c_void_p, ctypes.c_char_p,
                                 ctypes.POINTER(ctypes.c_size_t)]
lib.tflow_table_export_arrow.argtypes = [ctypes.c_void_p, ctypes.POINTER(Stream),
                                         ctypes.POINTER(Error)]
lib.tflow_table_import_arrow.argtypes = [ctypes.POINTER(Stream), ctypes.POINTER(Opts),
                                         ctypes.POINTER(ctypes.c_void_p),
                                         ctypes.POINTER(Error)]
lib.tflow_read_files.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_size_t,
                                 ctypes.POINTER(Opts), ctypes.POINTER(ctypes.c_void_p),
                                 ctypes.POINTER(Error)]

new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype = ctypes.py_object
DESTRUCTOR = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, DESTRUCTOR]
capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
capsule_pointer.restype = ctypes.c_void_p
capsule_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
NAME = b"arrow_array_stream"


class Failure(Exception):
    def __init__(self, status, error):
        self.status = status
        self.column = error.column.decode()
        self.message = error.message.decode()
        super().__init__("%d: %s: %s" % (status, self.column, self.message))


def check(status, error):
    if status != 0:
        raise Failure(status, error)


class Table:
    """A table of the library; `__arrow_c_stream__` makes every consumer take it."""

    def __init__(self, pointer):
        self.pointer = pointer

    def __del__(self):
        lib.tflow_table_free(self.pointer)

    def __len__(self):
        return lib.tflow_table_rows(self.pointer)

    def address(self, name):
        """Where the numbers of a column lie."""
        column = ctypes.c_size_t()
        lib.tflow_table_find(self.pointer, name.encode(), ctypes.byref(column))
        return lib.tflow_table_float64(self.pointer, column)

    def __arrow_c_stream__(self, requested_schema=None):
        stream, error = Stream(), Error()
        check(lib.tflow_table_export_arrow(self.pointer, ctypes.byref(stream),
                                           ctypes.byref(error)), error)
        capsule = new_capsule(ctypes.addressof(stream), NAME, DESTRUCTOR())
        keep.append(stream)  # what a consumer does not move out of it would leak
        return capsule


keep = []


def options(**given):
    opts = Opts(size=ctypes.sizeof(Opts))
    for name, value in given.items():
        setattr(opts, name, value.encode() if isinstance(value, str) else value)
    return opts


def table_of(source, **given):
    """Import anything that has an Arrow stream; the stream must come back released."""
    capsule = source.__arrow_c_stream__()
    stream = Stream.from_address(capsule_pointer(capsule, NAME))
    table, error, opts = ctypes.c_void_p(), Error(), options(**given)
    status = lib.tflow_table_import_arrow(ctypes.byref(stream), ctypes.byref(opts),
                                          ctypes.byref(table), ctypes.byref(error))
    assert not stream.release, "the stream was not released"
    check(status, error)
    return Table(table)


def table_of_file(path, **given):
    paths = (ctypes.c_char_p * 1)(path.encode())
    table, error, opts = ctypes.c_void_p(), Error(), options(**given)
    check(lib.tflow_read_files(paths, 1, ctypes.byref(opts), ctypes.byref(table),
                               ctypes.byref(error)), error)
    return Table(table)


def arrow(table):
    """What the library hands out, after pyarrow has looked at all of it."""
    out = pa.table(table)
    out.validate(full=True)
    return out
