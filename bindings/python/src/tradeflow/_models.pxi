# SPDX-License-Identifier: GPL-3.0-or-later
# Functions of structures: figures as published, price indices of panels, projections.

cdef extern from "tradeflow.h" nogil:
    ctypedef struct tflow_range:
        double low
        double high
        int low_closed
        int high_closed
    ctypedef struct tflow_figure:
        int kind
        int form
        int qualifier
        int decimals
        tflow_range interval
        double figure
        double tolerance
        double unit
        char currency[8]
        size_t start
        size_t length
    ctypedef struct tflow_figure_opts:
        double word_tolerance
        double qualifier_width
        double bound_reach
        double doubled
        double tripled
        double quadrupled
        double halved
        double unchanged
        int zeros
    ctypedef struct tflow_figure_joint:
        tflow_range level
        tflow_range base
        tflow_range ratio
        tflow_range difference
        size_t n_conflict
        size_t conflict[3]
    ctypedef struct tflow_figure_conflict:
        size_t n
        size_t member[3]
    ctypedef struct tflow_figure_finding:
        int verdict
        double observed
        double factor
        tflow_range allowed
        double gap
    const char *tflow_figure_verdict_name(int)
    tflow_status tflow_figure_given(int, tflow_range, tflow_figure *)
    tflow_status tflow_figure_value_parse(
        const char *, const tflow_figure_opts *, tflow_figure *, tflow_error *)
    tflow_status tflow_figure_change_parse(
        const char *, const tflow_figure_opts *, tflow_figure *, tflow_error *)
    tflow_status tflow_figure_phrase_parse(const char *, const tflow_figure_opts *,
                                           tflow_figure *, size_t, size_t *, tflow_error *)
    tflow_status tflow_figure_base(const tflow_figure *, const tflow_figure *, tflow_range *)
    tflow_status tflow_figure_joint_solve(
        const tflow_figure *, size_t, tflow_figure_joint *, tflow_error *)
    tflow_status tflow_figure_conflicts(
        const tflow_figure *, size_t, tflow_figure_conflict *, size_t, size_t *)
    tflow_status tflow_figure_break_even(const tflow_figure *, size_t, size_t, double *)
    tflow_status tflow_figure_check(
        const tflow_figure *, double, double, tflow_range, tflow_figure_finding *)

    ctypedef struct tflow_price_panel:
        const double *prices
        const double *quantities
        size_t n_products
        size_t n_periods
    ctypedef struct tflow_price_opts:
        const char *formula
        int chained
        size_t base
        size_t window
        const char *splice
    size_t tflow_price_index_work(size_t, size_t)
    tflow_status tflow_price_index_series(const tflow_price_panel *, const tflow_price_opts *,
                                          double *, double *, tflow_error *)

    ctypedef struct tflow_projection_opts:
        size_t horizon
        const double *levels
        size_t n_levels
        int interval
        int bound
        size_t season
        double step
        const char *model
        int criterion
        int transform
        double lambda_ "lambda"
        size_t paths
        uint64_t seed
    ctypedef struct tflow_coefficient:
        const char *name
        double value
        double se
    ctypedef struct tflow_projection:
        double *time
        double *mean
        double *median
        double *se
        double *lower
        double *upper
        double *fitted
        const char *method
        int interval
        size_t n
        size_t n_missing
        double first
        double last
        double sigma
        double df
        size_t n_floored
        size_t n_coefficients
        tflow_coefficient coefficients[]
        double log_likelihood
        double aic
        double aicc
        double bic
        double lambda_ "lambda"
        char model[96]
        char reason[256]
    ctypedef struct tflow_backtest_opts:
        size_t first
        size_t window
        int point
    ctypedef struct tflow_backtest:
        double *actual
        double *forecast
        size_t n_origins
        size_t n_refused
        size_t n_pairs
        double mae
        double rmse
        double mape
    tflow_status tflow_project(const char *, tflow_vec, tflow_vec, int,
                               const tflow_projection_opts *, tflow_projection *, tflow_error *)
    tflow_status tflow_project_backtest(
        const char *, tflow_vec, tflow_vec, int, const tflow_projection_opts *,
        const tflow_backtest_opts *, tflow_backtest *, tflow_error *)

cdef extern from *:
    """
    static const tflow_figure_opts figure_defaults = TFLOW_FIGURE_OPTS_INIT;
    static const tflow_price_opts price_defaults = TFLOW_PRICE_OPTS_INIT;
    static const tflow_projection_opts projection_defaults = TFLOW_PROJECTION_OPTS_INIT;
    static const tflow_projection projection_start = TFLOW_PROJECTION_INIT;
    static const tflow_backtest_opts backtest_defaults = TFLOW_BACKTEST_OPTS_INIT;
    static const tflow_backtest backtest_start = TFLOW_BACKTEST_INIT;
    """
    const tflow_figure_opts figure_defaults
    const tflow_price_opts price_defaults
    const tflow_projection_opts projection_defaults
    const tflow_projection projection_start
    const tflow_backtest_opts backtest_defaults
    const tflow_backtest backtest_start

cdef enum:
    MOST_FIGURES = 64
    MOST_CONFLICTS = 64 + 32 * 63 + 64 * 21 * 31  # all of one, of two and of three


# ---- figures ----

cdef tflow_range range_in(object ends) except *:
    cdef tflow_range a
    a.low, a.high = ends[0], ends[1]
    a.low_closed = bool(ends[2]) if len(ends) > 2 else True
    a.high_closed = bool(ends[3]) if len(ends) > 3 else True
    return a


cdef tuple range_out(tflow_range a):
    return a.low, a.high, bool(a.low_closed), bool(a.high_closed)


cdef int figure_in(object given, tflow_figure *f) except -1:
    cdef bytes currency = utf8(given[8])
    memset(f, 0, sizeof(f[0]))
    (f.kind, f.form, f.qualifier, f.decimals) = given[0], given[1], given[2], given[3]
    f.interval = range_in(given[4])
    (f.figure, f.tolerance, f.unit) = given[5], given[6], given[7]
    for i, letter in enumerate(currency[:7]):
        f.currency[i] = letter
    (f.start, f.length) = given[9], given[10]
    return 0


cdef tuple figure_out(const tflow_figure *f):
    return (f.kind, f.form, f.qualifier, f.decimals, range_out(f.interval), f.figure,
            f.tolerance, f.unit, text(f.currency), f.start, f.length)


@cython.final
cdef class _Figures:
    """Statements in a row, as C wants them."""
    cdef tflow_figure items[MOST_FIGURES + 1]
    cdef size_t n

    def __cinit__(self, given):
        self.n = 0
        for one in given:
            # One more than there may be, for the library to refuse.
            if self.n <= MOST_FIGURES:
                figure_in(one, &self.items[self.n])
                self.n += 1


cdef tflow_figure_opts figure_opts(dict given) except *:
    cdef tflow_figure_opts o = figure_defaults
    o.word_tolerance = given.get("word_tolerance", o.word_tolerance)
    o.qualifier_width = given.get("qualifier_width", o.qualifier_width)
    o.bound_reach = given.get("bound_reach", o.bound_reach)
    o.doubled = given.get("doubled", o.doubled)
    o.tripled = given.get("tripled", o.tripled)
    o.quadrupled = given.get("quadrupled", o.quadrupled)
    o.halved = given.get("halved", o.halved)
    o.unchanged = given.get("unchanged", o.unchanged)
    o.zeros = given.get("zeros", o.zeros)
    return o


def figure_given(int kind, interval):
    cdef tflow_figure out
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    status = tflow_figure_given(kind, range_in(interval), &out)
    if status < 0:
        fail(status, &error)
    return status, figure_out(&out)


def figure_parse(words, int change, dict options):
    """A level, or a change, as printed."""
    cdef tflow_figure_opts opts = figure_opts(options)
    cdef bytes kept = utf8(words)
    cdef tflow_figure out
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    if change:
        status = tflow_figure_change_parse(kept, &opts, &out, &error)
    else:
        status = tflow_figure_value_parse(kept, &opts, &out, &error)
    if status < 0:
        fail(status, &error)
    return status, figure_out(&out)


def figure_phrase(words, dict options):
    cdef tflow_figure_opts opts = figure_opts(options)
    cdef bytes kept = utf8(words)
    cdef tflow_figure out[MOST_FIGURES]
    cdef size_t n = 0
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    status = tflow_figure_phrase_parse(kept, &opts, out, MOST_FIGURES, &n, &error)
    if status < 0:
        fail(status, &error)
    return status, [figure_out(&out[i]) for i in range(n)]


def figure_base(level, change):
    cdef tflow_figure a, b
    cdef tflow_range out
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    figure_in(level, &a)
    figure_in(change, &b)
    status = tflow_figure_base(&a, &b, &out)
    if status < 0:
        fail(status, &error)
    return status, range_out(out)


def figure_joint(statements):
    cdef _Figures all = _Figures(statements)
    cdef tflow_figure_joint out
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    with nogil:
        status = tflow_figure_joint_solve(all.items, all.n, &out, &error)
    if status < 0:
        fail(status, &error)
    conflict = tuple([out.conflict[i] for i in range(out.n_conflict)])
    return status, (range_out(out.level), range_out(out.base), range_out(out.ratio),
                    range_out(out.difference), conflict)


def figure_conflicts(statements):
    cdef _Figures all = _Figures(statements)
    cdef size_t count = 0, room = MOST_CONFLICTS
    cdef tflow_error error
    cdef tflow_figure_conflict *out = \
        <tflow_figure_conflict *>PyMem_Calloc(room, sizeof(tflow_figure_conflict))
    memset(&error, 0, sizeof(error))
    if out == NULL:
        raise MemoryError()
    try:
        with nogil:
            status = tflow_figure_conflicts(all.items, all.n, out, room, &count)
        if status < 0:
            fail(status, &error)
        return status, [tuple([out[i].member[k] for k in range(out[i].n)])
                        for i in range(min(count, room))]
    finally:
        PyMem_Free(out)


def figure_break_even(statements, size_t which):
    cdef _Figures all = _Figures(statements)
    cdef double out = 0
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    status = tflow_figure_break_even(all.items, all.n, which, &out)
    if status < 0:
        fail(status, &error)
    return status, out


def figure_check(statement, double level, double base, band):
    cdef tflow_figure given
    cdef tflow_figure_finding out
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    figure_in(statement, &given)
    status = tflow_figure_check(&given, level, base, range_in(band), &out)
    if status < 0:
        fail(status, &error)
    return status, (text(tflow_figure_verdict_name(out.verdict)), out.observed, out.factor,
                    range_out(out.allowed), out.gap)


# ---- price indices ----

def price_series(const double[:, ::1] prices, const double[:, ::1] quantities, formula,
                 bint chained, size_t base, size_t window, splice, double[::1] out):
    cdef tflow_price_opts opts = price_defaults
    cdef tflow_price_panel panel
    cdef bytes a = utf8(formula), b = utf8(splice)
    cdef tflow_error error
    cdef double none = 0
    cdef double *work = NULL
    cdef double *first = &out[0] if out.shape[0] > 0 else &none
    memset(&error, 0, sizeof(error))
    panel.n_periods, panel.n_products = prices.shape[0], prices.shape[1]
    panel.prices = &prices[0, 0] if prices.size > 0 else &none
    panel.quantities = &quantities[0, 0] if quantities.size > 0 else &none
    opts.formula, opts.splice = a, b
    opts.chained, opts.base, opts.window = chained, base, window
    size = tflow_price_index_work(panel.n_products, panel.n_periods)
    work = <double *>PyMem_Calloc(size + 1, sizeof(double))
    if work == NULL:
        raise MemoryError()
    with nogil:
        status = tflow_price_index_series(&panel, &opts, work, first, &error)
    PyMem_Free(work)
    if status < 0:
        fail(status, &error)
    return status


# ---- projections ----

cdef tflow_vec vector(const double[::1] data) noexcept:
    cdef tflow_vec v
    v.n = data.shape[0]
    v.data = &data[0] if v.n > 0 else NULL
    v.stride = 1
    return v


cdef tflow_projection_opts projection_opts(dict given, const double[::1] levels) except *:
    cdef tflow_projection_opts o = projection_defaults
    o.horizon, o.interval, o.bound = given["horizon"], given["interval"], given["bound"]
    o.season, o.step = given["season"], given["step"]
    o.criterion, o.transform, o.lambda_ = given["criterion"], given["transform"], given["lambda"]
    o.paths, o.seed = given["paths"], given["seed"]
    # Whoever calls keeps the text: it is in `given`.
    model = given["model"]
    if model is not None:
        o.model = <bytes>model
    o.n_levels = levels.shape[0]
    o.levels = &levels[0] if o.n_levels > 0 else NULL
    return o


def project(method, const double[::1] times, const double[::1] y, int missing, dict options,
            const double[::1] levels, double[:, ::1] steps, double[:, ::1] lower,
            double[:, ::1] upper, double[::1] fitted):
    """Time, mean, median and standard error go into `steps`, one a row."""
    cdef tflow_projection_opts opts = projection_opts(options, levels)
    cdef tflow_projection p = projection_start
    cdef tflow_vec at = vector(times), of = vector(y)
    cdef bytes kept = utf8(method)
    cdef const char *name = kept
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    if steps.shape[1] != <Py_ssize_t>opts.horizon or steps.shape[1] == 0:
        raise ValueError("no room for the projection")
    p.time, p.mean, p.median, p.se = &steps[0, 0], &steps[1, 0], &steps[2, 0], &steps[3, 0]
    p.lower, p.upper = &lower[0, 0], &upper[0, 0]
    p.fitted = &fitted[0] if fitted.shape[0] > 0 else NULL
    with nogil:
        status = tflow_project(name, at, of, missing, &opts, &p, &error)
    if status < 0:
        fail(status, &error)
    coefficients = {text(p.coefficients[i].name): (p.coefficients[i].value, p.coefficients[i].se)
                    for i in range(p.n_coefficients)}
    return status, (text(p.method), p.interval, p.n, p.n_missing, p.first, p.last, p.sigma,
                    p.df, p.n_floored, coefficients, p.log_likelihood, p.aic, p.aicc, p.bic,
                    p.lambda_, text(p.model), text(p.reason))


def project_backtest(method, const double[::1] times, const double[::1] y, int missing,
                     dict options, size_t first, size_t window, int point,
                     double[:, ::1] actual, double[:, ::1] forecast):
    cdef tflow_projection_opts opts = projection_opts(options, times[:0])
    cdef tflow_backtest_opts judged = backtest_defaults
    cdef tflow_backtest b = backtest_start
    cdef tflow_vec at = vector(times), of = vector(y)
    cdef bytes kept = utf8(method)
    cdef const char *name = kept
    cdef tflow_error error
    memset(&error, 0, sizeof(error))
    if actual.size == 0 or actual.shape[1] != <Py_ssize_t>opts.horizon:
        raise ValueError("no room for the back-test")
    judged.first, judged.window, judged.point = first, window, point
    b.actual, b.forecast = &actual[0, 0], &forecast[0, 0]
    with nogil:
        status = tflow_project_backtest(name, at, of, missing, &opts, &judged, &b, &error)
    if status < 0:
        fail(status, &error)
    return status, (b.n_origins, b.n_refused, b.n_pairs, b.mae, b.rmse, b.mape)
