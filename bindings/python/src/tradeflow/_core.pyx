# SPDX-License-Identifier: GPL-3.0-or-later
# cython: language_level=3, freethreading_compatible=True
# cython: auto_pickle=False, autotestdict=False, embedsignature=False, binding=True
"""The library as Python objects: tables, readings, calls, charts and kernels.

Nothing here knows of data frames, and nothing imports NumPy: arrays come and go through
the buffer protocol. While the library works the interpreter is free.
"""
cimport cython
from cpython.buffer cimport (
    PyBUF_FORMAT, PyBUF_STRIDES, PyBUF_WRITABLE, PyObject_GetBuffer, PyBuffer_Release,
)
from cpython.exc cimport PyErr_CheckSignals
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.pycapsule cimport PyCapsule_GetPointer, PyCapsule_New
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

cdef extern from "tradeflow.h" nogil:
    ctypedef int tflow_status
    ctypedef struct tflow_error:
        tflow_status status
        uint32_t field
        uint64_t line
        char column[64]
        char file[256]
        char message[512]
    ctypedef struct tflow_vec:
        const double *data
        size_t n
        ptrdiff_t stride
    ctypedef struct tflow_table
    ctypedef struct tflow_call
    ctypedef struct tflow_reader
    ctypedef struct tflow_operation
    ctypedef struct tflow_parameter
    ctypedef struct tflow_output
    ctypedef int tflow_type
    ctypedef int tflow_format
    ctypedef struct tflow_read_opts:
        size_t size
        const char *layout
        const char *columns
        const char *encoding
        const char *currency
        const char *valuation
        const char *unit_multiplier
        const char *area_codes
        char delimiter
        char decimal
        char thousands
        int keep_unknown_areas
        int skip_bad_rows
        int allow_negative
        uint64_t max_unpacked
        uint64_t max_ratio
        uint64_t max_members
        uint64_t max_layers
        uint64_t threads
        int row_by_row
        int products
    ctypedef struct tflow_recode_opts:
        size_t size
        const char *column
        const char *from_ "from"
        const char *to
        const char *table
        const char *folder
        const char *many
        const char *unmapped
    ctypedef struct tflow_chart_band:
        double level
        const double *lower
        const double *upper
    ctypedef struct tflow_chart_series:
        const char *name
        const double *values
        int kind
        int role
        size_t n_bands
        const tflow_chart_band *bands
    ctypedef struct tflow_chart:
        size_t size
        const char *id
        const char *title
        const char *description
        const char *unit
        const char *source
        size_t n
        const char *const *labels
        size_t n_series
        const tflow_chart_series *series
        unsigned flags

    const char *tflow_version()
    const char *tflow_status_name(tflow_status)
    const char *tflow_status_text(tflow_status)
    void tflow_text_free(char *)
    tflow_status tflow_error_text(const tflow_error *, char **)

    size_t tflow_operation_count()
    const tflow_operation *tflow_operation_at(size_t)
    const tflow_operation *tflow_operation_find(const char *)
    const char *tflow_operation_name(const tflow_operation *)
    const char *tflow_operation_summary(const tflow_operation *)
    const char *tflow_operation_definition(const tflow_operation *)
    const char *tflow_operation_reference(const tflow_operation *)
    const char *tflow_operation_example(const tflow_operation *)
    size_t tflow_operation_inputs_min(const tflow_operation *)
    size_t tflow_operation_inputs_max(const tflow_operation *)
    const tflow_parameter *tflow_operation_parameter(const tflow_operation *, size_t)
    const tflow_output *tflow_operation_output(const tflow_operation *, size_t)
    const char *tflow_parameter_name(const tflow_parameter *)
    int tflow_parameter_kind(const tflow_parameter *)
    const char *tflow_parameter_default(const tflow_parameter *)
    const char *tflow_parameter_domain(const tflow_parameter *)
    double tflow_parameter_least(const tflow_parameter *)
    double tflow_parameter_greatest(const tflow_parameter *)
    const char *tflow_parameter_help(const tflow_parameter *)
    const char *tflow_output_name(const tflow_output *)
    int tflow_output_type(const tflow_output *)
    const char *tflow_output_unit(const tflow_output *)
    const char *tflow_output_help(const tflow_output *)

    tflow_status tflow_call_new(const char *, tflow_call **, tflow_error *)
    void tflow_call_free(tflow_call *)
    tflow_status tflow_call_set(tflow_call *, const char *, const char *, tflow_error *)
    tflow_status tflow_call_input(tflow_call *, const tflow_table *, tflow_error *)
    void tflow_call_forget_inputs(tflow_call *)
    int tflow_call_products(const tflow_call *)
    tflow_status tflow_call_run(tflow_call *, tflow_table **, tflow_error *)

    void tflow_table_free(tflow_table *)
    size_t tflow_table_rows(const tflow_table *)
    size_t tflow_table_columns(const tflow_table *)
    const char *tflow_table_name(const tflow_table *, size_t)
    const char *tflow_table_unit(const tflow_table *, size_t)
    tflow_type tflow_table_type(const tflow_table *, size_t)
    const double *tflow_table_float64(const tflow_table *, size_t)
    const int64_t *tflow_table_int64(const tflow_table *, size_t)
    const int32_t *tflow_table_periods(const tflow_table *, size_t)
    const int32_t *tflow_table_codes(const tflow_table *, size_t)
    int32_t tflow_table_labels(const tflow_table *, size_t)
    const char *tflow_table_label(const tflow_table *, size_t, int32_t)
    const uint8_t *tflow_table_bytes(const tflow_table *, size_t)
    const char *tflow_table_attribute(const tflow_table *, const char *)
    size_t tflow_table_notes(const tflow_table *)
    const char *tflow_table_note(const tflow_table *, size_t)
    tflow_status tflow_format_find(const char *, tflow_format *, tflow_error *)
    tflow_status tflow_table_write(
        const tflow_table *, tflow_format, int, int, char **, tflow_error *)
    const char *tflow_period_format(int32_t, char *)
    int32_t tflow_period_start(int32_t)
    int32_t tflow_period_months(int32_t)

    struct ArrowArrayStream:
        void (*release)(ArrowArrayStream *) noexcept nogil
    tflow_status tflow_table_export_arrow(
        const tflow_table *, ArrowArrayStream *, tflow_error *)
    tflow_status tflow_table_import_arrow(
        ArrowArrayStream *, const tflow_read_opts *, tflow_table **, tflow_error *)

    tflow_status tflow_table_convert(
        const tflow_table *, const char *, const char *, tflow_table **, tflow_error *)
    tflow_status tflow_table_deflate(
        const tflow_table *, const char *, const char *, tflow_table **, tflow_error *)
    tflow_status tflow_table_recode(
        const tflow_table *, const tflow_recode_opts *, tflow_table **, tflow_error *)

    tflow_status tflow_reader_new(const char *const *, size_t, const tflow_read_opts *,
                                  tflow_reader **, tflow_error *)
    tflow_status tflow_reader_step(tflow_reader *, int *, tflow_error *)
    tflow_status tflow_reader_finish(tflow_reader *, tflow_table **, tflow_error *)
    void tflow_reader_free(tflow_reader *)
    tflow_status tflow_read_memory(const char *, size_t, const char *,
                                   const tflow_read_opts *, tflow_table **, tflow_error *)
    const char *tflow_layout_name(size_t)
    const char *tflow_layout_title(size_t)

    tflow_status tflow_chart_svg(const tflow_chart *, char **, tflow_error *)
    tflow_status tflow_chart_text(
        const tflow_chart *, size_t, unsigned, char **, tflow_error *)

cdef extern from *:
    """
    static const tflow_read_opts read_defaults = TFLOW_READ_OPTS_INIT;
    static const tflow_recode_opts recode_defaults = TFLOW_RECODE_OPTS_INIT;
    static const tflow_chart chart_defaults = TFLOW_CHART_INIT;
    """
    const tflow_read_opts read_defaults
    const tflow_recode_opts recode_defaults
    const tflow_chart chart_defaults
    const char *BUILT_WITH "TFLOW_BUILT_WITH"

cdef extern from "kernels.h" nogil:
    ctypedef struct made_kernel:
        const char *name
        int n_vec, n_num, n_int, n_text, n_out
        int scratch
        const signed char *sized
        tflow_status (*call)(const tflow_vec *, const double *, const int64_t *,
                             const char *const *, double *, double *const *,
                             tflow_error *) noexcept nogil
    const made_kernel made_kernels[]
    const size_t made_kernels_n

cdef enum:
    MOST_DIMENSIONS = 32
    MOST_ARGUMENTS = 64
    UNSUPPORTED = -13


# ---- texts and errors ----

cdef str text(const char *s):
    return None if s == NULL else s.decode("utf-8", "replace")


cdef bytes utf8(object value):
    """Text for C. A NUL would end it early."""
    cdef bytes encoded = value.encode("utf-8", "surrogateescape") if isinstance(value, str) \
        else bytes(value)
    if b"\0" in encoded:
        raise ValueError("text with a NUL character in it")
    return encoded


cdef str take(char *s):
    try:
        return text(s)
    finally:
        tflow_text_free(s)


cdef object fail(tflow_status status, const tflow_error *error, object where=None):
    """Raise the exception of a status with the detail the library gave."""
    from tradeflow._errors import error_of
    raise error_of(
        status,
        text(tflow_status_name(status)),
        text(error.message) or text(tflow_status_text(status)),
        text(error.file), error.line, error.field, text(error.column), where,
    )


version = text(tflow_version())
built_with = text(BUILT_WITH)


def status_name(int status):
    return text(tflow_status_name(status))


def status_text(int status):
    return text(tflow_status_text(status))


# ---- the registry ----

cdef dict parameter(const tflow_parameter *p):
    return {
        "name": text(tflow_parameter_name(p)),
        "kind": tflow_parameter_kind(p),
        "default": text(tflow_parameter_default(p)),
        "domain": [w for w in text(tflow_parameter_domain(p)).split("|") if w],
        "least": tflow_parameter_least(p),
        "greatest": tflow_parameter_greatest(p),
        "help": text(tflow_parameter_help(p)),
    }


cdef dict operation(const tflow_operation *o):
    cdef size_t i
    parameters, outputs = [], []
    i = 0
    while tflow_operation_parameter(o, i) != NULL:
        parameters.append(parameter(tflow_operation_parameter(o, i)))
        i += 1
    i = 0
    while tflow_operation_output(o, i) != NULL:
        outputs.append({
            "name": text(tflow_output_name(tflow_operation_output(o, i))),
            "type": tflow_output_type(tflow_operation_output(o, i)),
            "unit": text(tflow_output_unit(tflow_operation_output(o, i))),
            "help": text(tflow_output_help(tflow_operation_output(o, i))),
        })
        i += 1
    return {
        "name": text(tflow_operation_name(o)),
        "summary": text(tflow_operation_summary(o)),
        "definition": text(tflow_operation_definition(o)),
        "reference": text(tflow_operation_reference(o)),
        "example": text(tflow_operation_example(o)),
        "inputs_min": tflow_operation_inputs_min(o),
        "inputs_max": tflow_operation_inputs_max(o),
        "parameters": parameters,
        "outputs": outputs,
    }


def registry():
    """Every operation as the library describes it."""
    return [operation(tflow_operation_at(i)) for i in range(tflow_operation_count())]


def describe(name):
    """One operation as the library describes it; None when there is none."""
    cdef const tflow_operation *o = tflow_operation_find(utf8(name))
    return None if o == NULL else operation(o)


def layouts():
    """Layouts of files that are recognised, with a line on each."""
    found = {}
    cdef size_t i = 0
    while tflow_layout_name(i) != NULL:
        found[text(tflow_layout_name(i))] = text(tflow_layout_title(i))
        i += 1
    return found


# ---- tables ----

@cython.final
cdef class _Column:
    """The numbers of a column as a buffer that keeps its table alive."""
    cdef Table table
    cdef const void *data
    cdef Py_ssize_t size
    cdef Py_ssize_t shape[1]
    cdef Py_ssize_t strides[1]
    cdef bytes kind

    def __getbuffer__(self, Py_buffer *view, int flags):
        if flags & PyBUF_WRITABLE == PyBUF_WRITABLE:
            raise BufferError("a table does not change")
        self.strides[0] = self.size
        view.buf = <void *>self.data
        view.obj = self
        view.len = self.shape[0] * self.size
        view.readonly = 1
        view.itemsize = self.size
        view.format = self.kind
        view.ndim = 1
        view.shape = self.shape
        view.strides = self.strides
        view.suboffsets = NULL
        view.internal = NULL


cdef char nothing = 0


cdef class Table:
    """A table of the library. It does not change, and threads may share it."""
    cdef tflow_table *table

    def __dealloc__(self):
        tflow_table_free(self.table)

    def __len__(self):
        return tflow_table_rows(self.table)

    def _names(self):
        return [text(tflow_table_name(self.table, i))
                for i in range(tflow_table_columns(self.table))]

    def _units(self):
        return [text(tflow_table_unit(self.table, i))
                for i in range(tflow_table_columns(self.table))]

    def _types(self):
        return [tflow_table_type(self.table, i)
                for i in range(tflow_table_columns(self.table))]

    def _column(self, size_t i):
        """The numbers of column i: doubles, int64, int32 codes or periods, or bytes."""
        cdef _Column column = _Column.__new__(_Column)
        cdef tflow_type kind = tflow_table_type(self.table, i)
        if kind == 1:
            column.data, column.size, column.kind = tflow_table_codes(self.table, i), 4, b"i"
        elif kind == 2:
            column.data, column.size, column.kind = tflow_table_periods(self.table, i), 4, b"i"
        elif kind == 3:
            column.data, column.size, column.kind = tflow_table_float64(self.table, i), 8, b"d"
        elif kind == 4:
            column.data, column.size, column.kind = tflow_table_int64(self.table, i), 8, b"q"
        else:
            column.data, column.size, column.kind = tflow_table_bytes(self.table, i), 1, b"B"
        column.table = self
        column.shape[0] = tflow_table_rows(self.table)
        if column.data == NULL:
            if column.shape[0] > 0:
                raise IndexError("no such column")
            column.data = &nothing
        return column

    def _labels(self, size_t i):
        """The texts of a key column, by code."""
        return [text(tflow_table_label(self.table, i, k))
                for k in range(tflow_table_labels(self.table, i))]

    def _attribute(self, name):
        return text(tflow_table_attribute(self.table, utf8(name)))

    def _notes(self):
        return [text(tflow_table_note(self.table, i))
                for i in range(tflow_table_notes(self.table))]

    def _write(self, format, int width=0, bint ascii=False):
        cdef tflow_error error
        cdef tflow_format how
        cdef char *out = NULL
        cdef bytes name = utf8(format)
        cdef tflow_status status
        cdef const char *c_name = name
        memset(&error, 0, sizeof(error))
        status = tflow_format_find(c_name, &how, &error)
        if status == 0:
            with nogil:
                status = tflow_table_write(self.table, how, width, ascii, &out, &error)
        if status < 0:
            fail(status, &error)
        return take(out)

    def __arrow_c_stream__(self, requested_schema=None):
        """A stream of the columns, where they lie: the Arrow PyCapsule interface."""
        cdef ArrowArrayStream *stream = \
            <ArrowArrayStream *>PyMem_Calloc(1, sizeof(ArrowArrayStream))
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        if stream == NULL:
            raise MemoryError()
        with nogil:
            status = tflow_table_export_arrow(self.table, stream, &error)
        if status < 0:
            PyMem_Free(stream)
            fail(status, &error)
        return PyCapsule_New(stream, b"arrow_array_stream", &drop_stream)

    def _converted(self, cls, rates, currency):
        cdef bytes a = utf8(rates), b = utf8(currency)
        cdef const char *c_a = a
        cdef const char *c_b = b
        cdef tflow_table *out = NULL
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        with nogil:
            status = tflow_table_convert(self.table, c_a, c_b, &out, &error)
        return made(cls, status, out, &error)

    def _deflated(self, cls, deflator, base):
        cdef bytes a = utf8(deflator), b = utf8(base)
        cdef const char *c_a = a
        cdef const char *c_b = b
        cdef tflow_table *out = NULL
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        with nogil:
            status = tflow_table_deflate(self.table, c_a, c_b, &out, &error)
        return made(cls, status, out, &error)

    def _recoded(self, cls, dict options):
        cdef tflow_recode_opts opts = recode_defaults
        cdef tflow_table *out = NULL
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        kept = {name: utf8(value) for name, value in options.items()}
        if "column" in kept: opts.column = kept["column"]
        if "from" in kept: opts.from_ = kept["from"]
        if "to" in kept: opts.to = kept["to"]
        if "table" in kept: opts.table = kept["table"]
        if "folder" in kept: opts.folder = kept["folder"]
        if "many" in kept: opts.many = kept["many"]
        if "unmapped" in kept: opts.unmapped = kept["unmapped"]
        with nogil:
            status = tflow_table_recode(self.table, &opts, &out, &error)
        return made(cls, status, out, &error)


cdef void drop_stream(object capsule) noexcept:
    """A stream that nobody took is released with its capsule."""
    cdef ArrowArrayStream *stream = \
        <ArrowArrayStream *>PyCapsule_GetPointer(capsule, b"arrow_array_stream")
    if stream.release != NULL:
        stream.release(stream)
    PyMem_Free(stream)


def from_arrow(cls, capsule, dict options):
    """A table from the capsule of an Arrow stream, which is taken over."""
    cdef _Options how = _Options(options, 0)
    cdef ArrowArrayStream *stream = \
        <ArrowArrayStream *>PyCapsule_GetPointer(capsule, b"arrow_array_stream")
    cdef tflow_table *out = NULL
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    with nogil:
        status = tflow_table_import_arrow(stream, &how.opts, &out, &error)
    return made(cls, status, out, &error)


cdef object made(cls, tflow_status status, tflow_table *out, const tflow_error *error):
    """The table that came out, as an object of the class."""
    if status < 0:
        tflow_table_free(out)
        fail(status, error)
    cdef Table table = cls.__new__(cls)
    table.table = out
    return table


def period_label(int period):
    cdef char buffer[32]
    return text(tflow_period_format(period, buffer))


def period_parts(int period):
    """Month of the start since year 0, and length in months."""
    return tflow_period_start(period), tflow_period_months(period)


# ---- reading ----

@cython.final
cdef class _Options:
    """How to read, with the texts it points to."""
    cdef tflow_read_opts opts
    cdef dict kept

    def __cinit__(self, dict options, int products):
        cdef str name
        self.opts = read_defaults
        self.opts.products = products
        self.kept = {name: utf8(value) for name, value in options.items()
                     if isinstance(value, (str, bytes))}
        t = self.kept
        if "layout" in t: self.opts.layout = t["layout"]
        if "columns" in t: self.opts.columns = t["columns"]
        if "encoding" in t: self.opts.encoding = t["encoding"]
        if "currency" in t: self.opts.currency = t["currency"]
        if "valuation" in t: self.opts.valuation = t["valuation"]
        if "unit_multiplier" in t: self.opts.unit_multiplier = t["unit_multiplier"]
        if "area_codes" in t: self.opts.area_codes = t["area_codes"]
        if "delimiter" in t: self.opts.delimiter = t["delimiter"][0]
        if "decimal" in t: self.opts.decimal = t["decimal"][0]
        if "thousands" in t: self.opts.thousands = t["thousands"][0]
        self.opts.keep_unknown_areas = options.get("keep_unknown_areas", False)
        self.opts.skip_bad_rows = options.get("skip_bad_rows", False)
        self.opts.allow_negative = options.get("allow_negative", False)
        self.opts.max_unpacked = options.get("max_unpacked", 0)
        self.opts.max_ratio = options.get("max_ratio", 0)
        self.opts.max_members = options.get("max_members", 0)
        self.opts.max_layers = options.get("max_layers", 0)
        self.opts.threads = options.get("threads", 0)


def read_files(cls, list paths, dict options, int products=0):
    """The files as one table. Between the pieces that are read, Ctrl-C is heard."""
    cdef _Options how = _Options(options, products)
    cdef list kept = [utf8(path) for path in paths]
    cdef size_t n = len(kept), i
    cdef const char **names = <const char **>PyMem_Calloc(n + 1, sizeof(char *))
    cdef tflow_reader *reader = NULL
    cdef tflow_table *out = NULL
    cdef tflow_error error
    cdef tflow_status status
    cdef int done = 0
    if names == NULL:
        raise MemoryError()
    memset(&error, 0, sizeof(error))
    try:
        for i in range(n):
            names[i] = kept[i]
        with nogil:
            status = tflow_reader_new(names, n, &how.opts, &reader, &error)
        while status == 0 and not done:
            with nogil:
                status = tflow_reader_step(reader, &done, &error)
            PyErr_CheckSignals()
        if status == 0:
            with nogil:
                status = tflow_reader_finish(reader, &out, &error)
    finally:
        with nogil:
            tflow_reader_free(reader)
        PyMem_Free(names)
    return made(cls, status, out, &error)


def read_bytes(cls, const unsigned char[::1] data, name, dict options):
    """The same, from what is in memory already."""
    cdef _Options how = _Options(options, 0)
    cdef bytes called = utf8(name)
    cdef const char *c_name = called
    cdef tflow_table *out = NULL
    cdef tflow_error error
    cdef size_t n = data.shape[0]
    cdef const char *first = <const char *>&data[0] if n > 0 else &nothing
    memset(&error, 0, sizeof(error))
    with nogil:
        status = tflow_read_memory(first, n, c_name, &how.opts, &out, &error)
    return made(cls, status, out, &error)


# ---- calls ----

@cython.final
cdef class Call:
    """A call of an operation, with the texts of its parameters."""
    cdef tflow_call *call
    cdef list tables

    def __cinit__(self, name):
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        self.tables = []
        status = tflow_call_new(utf8(name), &self.call, &error)
        if status < 0:
            fail(status, &error)

    def __dealloc__(self):
        tflow_call_free(self.call)

    def set(self, name, value):
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        status = tflow_call_set(self.call, utf8(name), utf8(value), &error)
        if status < 0:
            fail(status, &error)

    def products(self):
        """What the call needs of the products of a file: 0 kept, or how they are added."""
        return tflow_call_products(self.call)

    def input(self, Table table not None):
        cdef tflow_error error
        memset(&error, 0, sizeof(error))
        status = tflow_call_input(self.call, table.table, &error)
        if status < 0:
            fail(status, &error)
        self.tables.append(table)

    def forget(self):
        tflow_call_forget_inputs(self.call)
        self.tables.clear()

    def run(self, cls):
        cdef tflow_error error
        cdef tflow_table *out = NULL
        memset(&error, 0, sizeof(error))
        with nogil:
            status = tflow_call_run(self.call, &out, &error)
        return made(cls, status, out, &error)


# ---- charts ----

@cython.final
cdef class _Numbers:
    """Doubles of C, from anything that yields numbers."""
    cdef double *data
    cdef size_t n

    def __cinit__(self, values):
        values = list(values)
        self.n = len(values)
        self.data = <double *>PyMem_Calloc(self.n + 1, sizeof(double))
        if self.data == NULL:
            raise MemoryError()
        for i in range(self.n):
            self.data[i] = values[i]

    def __dealloc__(self):
        PyMem_Free(self.data)


def chart(dict about, list labels, list series, *, int width=0, bint ascii=False):
    """A chart as SVG, or as lines of text when it has a width."""
    cdef tflow_chart c = chart_defaults
    cdef size_t n = len(labels), n_series = len(series), i, k
    cdef const char **names = <const char **>PyMem_Calloc(n + 1, sizeof(char *))
    cdef tflow_chart_series *lines = \
        <tflow_chart_series *>PyMem_Calloc(n_series + 1, sizeof(tflow_chart_series))
    cdef tflow_chart_band *bands = \
        <tflow_chart_band *>PyMem_Calloc(8 * n_series + 1, sizeof(tflow_chart_band))
    cdef tflow_error error
    cdef char *out = NULL
    cdef tflow_status status
    cdef list kept = []
    cdef _Numbers numbers
    memset(&error, 0, sizeof(error))
    try:
        if names == NULL or lines == NULL or bands == NULL:
            raise MemoryError()
        for i in range(n):
            kept.append(utf8(labels[i]))
            names[i] = <bytes>kept[-1]
        for i in range(n_series):
            line = series[i]
            numbers = _Numbers(line["values"])
            if numbers.n != n:
                raise ValueError("a series has as many values as there are labels")
            kept.append(numbers)
            lines[i].values = numbers.data
            lines[i].kind = line.get("kind", 0)
            lines[i].role = line.get("role", 0)
            if line.get("name"):
                kept.append(utf8(line["name"]))
                lines[i].name = <bytes>kept[-1]
            lines[i].bands = bands + 8 * i
            for band in line.get("bands", ())[:8]:
                k = lines[i].n_bands
                bands[8 * i + k].level = band[0]
                numbers = _Numbers(band[1])
                kept.append(numbers)
                bands[8 * i + k].lower = numbers.data
                numbers = _Numbers(band[2])
                kept.append(numbers)
                bands[8 * i + k].upper = numbers.data
                lines[i].n_bands += 1
        title, unit, source = (utf8(about.get(name) or "")
                               for name in ("title", "unit", "source"))
        c.title = title
        c.unit = unit
        if source:
            c.source = source
        if about.get("id"):
            kept.append(utf8(about["id"]))
            c.id = <bytes>kept[-1]
        c.flags = about.get("flags", 0)
        c.n = n
        c.labels = names
        c.n_series = n_series
        c.series = lines
        with nogil:
            if width > 0:
                status = tflow_chart_text(&c, width, ascii, &out, &error)
            else:
                status = tflow_chart_svg(&c, &out, &error)
        if status < 0:
            fail(status, &error)
        return take(out)
    finally:
        PyMem_Free(names)
        PyMem_Free(lines)
        PyMem_Free(bands)


# ---- kernels ----

cdef int advance(size_t *index, const size_t *shape, int dimensions) noexcept nogil:
    """The next place of an array, the last axis fastest; 0 after the last one."""
    cdef int d = dimensions - 1
    while d >= 0:
        index[d] += 1
        if index[d] < shape[d]:
            return 1
        index[d] = 0
        d -= 1
    return 0


cdef const char *place(const Py_buffer *view, const size_t *index, int dimensions) noexcept nogil:
    cdef const char *at = <const char *>view.buf
    cdef int d
    for d in range(dimensions):
        at += <Py_ssize_t>index[d] * view.strides[d]
    return at


@cython.final
cdef class _Views:
    """Buffers that are given back, whatever happens."""
    cdef Py_buffer views[MOST_ARGUMENTS]
    cdef int n

    def __cinit__(self):
        self.n = 0

    def __dealloc__(self):
        while self.n > 0:
            self.n -= 1
            PyBuffer_Release(&self.views[self.n])

    cdef int add(self, array, int flags) except -1:
        if self.n == MOST_ARGUMENTS:
            raise ValueError("too many arrays")
        PyObject_GetBuffer(array, &self.views[self.n], flags | PyBUF_STRIDES | PyBUF_FORMAT)
        self.n += 1
        return 0


def kernel(size_t which, shape, list vectors, list numbers, list integers, list texts,
           list outs, statuses):
    """Call a kernel at each place of `shape`.

    vectors   arrays of `shape` and one axis more, the vector
    numbers   arrays of `shape`
    outs      contiguous arrays to write: of `shape`, or with one axis more
    statuses  contiguous int8 of `shape`: what each call came to
    A negative status ends it: it is raised, with the place where it was.
    """
    if which >= made_kernels_n:
        raise IndexError("no such kernel")
    cdef const made_kernel *k = &made_kernels[which]
    cdef int dimensions = len(shape), n_vec = len(vectors), n_num = len(numbers), i
    cdef int n_out = len(outs)
    cdef size_t extent[MOST_DIMENSIONS]
    cdef size_t index[MOST_DIMENSIONS]
    cdef tflow_vec v[16]
    cdef double d[32]
    cdef int64_t whole[16]
    cdef const char *words[8]
    cdef double *out[32]
    cdef Py_ssize_t step[32]
    cdef double *scratch = NULL
    cdef signed char *status_at
    cdef tflow_status status = 0
    cdef tflow_error error
    cdef size_t places = 1
    cdef _Views views = _Views()
    cdef Py_buffer *view
    if (n_vec, n_num, len(integers), len(texts), n_out) != (
            k.n_vec, k.n_num, k.n_int, k.n_text, k.n_out):
        raise TypeError("wrong number of arguments for a kernel")
    if dimensions > MOST_DIMENSIONS - 1:
        raise ValueError("too many axes")
    memset(&error, 0, sizeof(error))
    memset(index, 0, sizeof(index))
    for i in range(dimensions):
        extent[i] = shape[i]
        places *= extent[i]
    for i in range(n_vec):
        views.add(vectors[i], 0)
    for i in range(n_num):
        views.add(numbers[i], 0)
    for i in range(n_out):
        views.add(outs[i], PyBUF_WRITABLE)
    views.add(statuses, PyBUF_WRITABLE)
    for i in range(n_vec):
        view = &views.views[i]
        v[i].n = view.shape[dimensions]
        # A single element may come with any stride.
        v[i].stride = view.strides[dimensions] // 8 if v[i].n > 1 else 1
    for i in range(n_out):
        view = &views.views[n_vec + n_num + i]
        out[i] = <double *>view.buf
        step[i] = 1 if view.ndim == dimensions else view.shape[dimensions]
    status_at = <signed char *>views.views[n_vec + n_num + n_out].buf
    for i in range(k.n_int):
        whole[i] = integers[i]
    kept = [utf8(word) for word in texts]
    for i in range(k.n_text):
        words[i] = <bytes>kept[i]
    if k.scratch:
        scratch = <double *>malloc((v[0].n + 1) * sizeof(double))
        if scratch == NULL:
            raise MemoryError()
    with nogil:
        while places > 0:
            for i in range(n_vec):
                v[i].data = <const double *>place(&views.views[i], index, dimensions)
            for i in range(n_num):
                d[i] = (<const double *>place(&views.views[n_vec + i], index, dimensions))[0]
            status = k.call(v, d, whole, words, scratch, out, &error)
            if status < 0:
                break
            status_at[0] = status
            status_at += 1
            for i in range(n_out):
                out[i] += step[i]
            if not advance(index, extent, dimensions):
                break
        free(scratch)
    if status < 0:
        fail(status, &error, tuple([index[i] for i in range(dimensions)]))


include "_models.pxi"
