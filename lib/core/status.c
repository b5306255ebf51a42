/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <string.h>

#ifdef __FAST_MATH__
#error "libtradeflow tells NaN from numbers and must not be built with -ffast-math"
#endif

static const struct {
    tflow_status status;
    const char *name;
    const char *text;
} statuses[] = {
    {TFLOW_EINTERNAL, "TFLOW_EINTERNAL", "a fault of the library itself"},
    {TFLOW_EUNSUPPORTED, "TFLOW_EUNSUPPORTED", "not supported by this build"},
    {TFLOW_ELIMIT, "TFLOW_ELIMIT", "input exceeds a stated limit"},
    {TFLOW_ECONVERGE, "TFLOW_ECONVERGE", "an iteration did not converge"},
    {TFLOW_EMISSING, "TFLOW_EMISSING", "a value is missing"},
    {TFLOW_ENEGATIVE, "TFLOW_ENEGATIVE", "a flow is negative"},
    {TFLOW_EDUPLICATE, "TFLOW_EDUPLICATE", "two rows claim the same cell"},
    {TFLOW_EOVERLAP, "TFLOW_EOVERLAP", "totals and parts cannot be told apart"},
    {TFLOW_EMIXED, "TFLOW_EMIXED", "units that must not be mixed"},
    {TFLOW_EUNKNOWN, "TFLOW_EUNKNOWN", "a name or code is not known"},
    {TFLOW_EPARSE, "TFLOW_EPARSE", "text is not what it should be"},
    {TFLOW_EIO, "TFLOW_EIO", "a file could not be opened, read or written"},
    {TFLOW_EINVAL, "TFLOW_EINVAL", "an argument is outside its domain"},
    {TFLOW_ENOMEM, "TFLOW_ENOMEM", "out of memory"},
    {TFLOW_OK, "TFLOW_OK", "done"},
    {TFLOW_ZERO_BASE, "TFLOW_ZERO_BASE", "undefined: the base is zero"},
    {TFLOW_UNDEFINED, "TFLOW_UNDEFINED", "undefined for these data"},
    {TFLOW_TOO_FEW, "TFLOW_TOO_FEW", "undefined: too few observations"},
    {TFLOW_MISSING_VALUE, "TFLOW_MISSING_VALUE", "undefined: a value is missing"},
    {TFLOW_LOWER_BOUND, "TFLOW_LOWER_BOUND", "a lower bound: missing parts left out"},
    {TFLOW_NO_OVERLAP, "TFLOW_NO_OVERLAP", "nothing in common to compare"},
    {TFLOW_CONTRADICTION, "TFLOW_CONTRADICTION", "statements cannot all be true"},
};

const char *tflow_status_name(tflow_status status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    return "unknown status";
}

const char *tflow_status_text(tflow_status status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].status == status)
            return statuses[i].text;
    return "unknown status";
}

const char *tflow_version(void)
{
    return TFLOW_VERSION_TEXT;
}

int tflow_has_feature(const char *feature)
{
    static const char *const features[] = {"gzip", "encoding"};

    if (feature == NULL)
        return 0;
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (strcmp(features[i], feature) == 0)
            return 1;
    return 0;
}
