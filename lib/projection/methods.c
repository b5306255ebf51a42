/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projection/projection.h"

#include <string.h>

/* To add a method: its function, and a row here. */
static const tflow_i_method methods[] = {
    {"mean",
     "the mean of all values",
     3,
     0,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_mean},
    {"naive",
     "the last value",
     3,
     0,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_naive},
    {"seasonal_naive",
     "the last value of the same season",
     3,
     1,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_seasonal_naive},
    {"drift",
     "the last value plus the average change per period",
     4,
     0,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_drift},
    {"linear_trend",
     "a straight line by least squares",
     4,
     0,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_linear_trend},
    {"log_linear_trend",
     "a straight line through the logarithms: growth at a constant rate",
     4,
     0,
     {TFLOW_INTERVAL_T, TFLOW_INTERVAL_NORMAL},
     tflow_i_project_log_linear_trend},
    {"ses",
     "exponential smoothing of the level",
     5,
     0,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_ses},
    {"holt",
     "exponential smoothing of level and trend",
     7,
     0,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_holt},
    {"damped_holt",
     "the same with a trend that dies out",
     8,
     0,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_damped_holt},
    {"holt_winters_additive",
     "smoothing of level, trend and a season that is added",
     7,
     1,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_holt_winters_additive},
    {"holt_winters_multiplicative",
     "smoothing of level, trend and a season that multiplies",
     7,
     1,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_holt_winters_multiplicative},
    {"ets",
     "exponential smoothing, the model chosen by an information criterion",
     5,
     0,
     {TFLOW_INTERVAL_NORMAL, TFLOW_INTERVAL_T},
     tflow_i_project_ets},
};

#define N_METHODS (sizeof methods / sizeof *methods)

const tflow_i_method *tflow_i_method_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < N_METHODS; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

const char *tflow_projection_method(size_t index)
{
    return index < N_METHODS ? methods[index].name : NULL;
}

const char *tflow_projection_method_text(const char *method)
{
    const tflow_i_method *m = tflow_i_method_find(method);
    return m == NULL ? NULL : m->text;
}

size_t tflow_projection_minimum(const char *method, size_t season)
{
    const tflow_i_method *m = tflow_i_method_find(method);

    if (m == NULL)
        return 0;
    if (!m->seasonal || season <= 1)
        return m->minimum;
    return season - 1 > SIZE_MAX - m->minimum ? SIZE_MAX : m->minimum + season - 1;
}
