/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/args.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

tflow_status tflow_i_arg_fail(tflow_error *error, tflow_status status,
                              const char *parameter, const char *format, ...)
{
    char message[400];
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    tflow_i_fail(error, status, "%s", message);
    tflow_i_at(error, NULL, 0, 0, parameter);
    return status;
}

static void value_clear(tflow_i_value *value)
{
    tflow_i_free(value->text);
    tflow_i_free(value->resolved);
    tflow_i_free(value->storage);
    tflow_i_free(value->words);
    tflow_i_free(value->numbers);
    memset(value, 0, sizeof *value);
}

/* Is word[0..n) one of "a|b|c"? */
static int in_domain(const char *domain, const char *word, size_t n)
{
    while (domain != NULL && *domain != '\0') {
        size_t length = strcspn(domain, "|");
        if (length == n && strncmp(domain, word, n) == 0)
            return 1;
        domain += length;
        domain += *domain == '|';
    }
    return 0;
}

static tflow_status read_number(const tflow_parameter *p, const char *text, size_t n,
                                double *out, tflow_error *error)
{
    int overflow;
    int whole = p->type == TFLOW_PARAMETER_INTEGER;

    if (!tflow_i_decimal_parse(text, n, out, &overflow) || overflow ||
        (whole && (*out != floor(*out) || fabs(*out) > 9e15)))
        return tflow_i_arg_fail(error, TFLOW_EPARSE, p->name,
                                "found \"%.*s\", expected a %s", (int)(n < 60 ? n : 60),
                                text, whole ? "whole number" : "number");
    if ((p->least != 0 || p->greatest != 0) &&
        (*out < p->least || *out > p->greatest)) {
        char low[TFLOW_I_DECIMAL_SIZE], high[TFLOW_I_DECIMAL_SIZE];
        return tflow_i_arg_fail(
            error, TFLOW_EINVAL, p->name, "found %.*s, expected a number from %s to %s",
            (int)(n < 60 ? n : 60), text, tflow_i_decimal_format(p->least, low),
            tflow_i_decimal_format(p->greatest, high));
    }
    return TFLOW_OK;
}

/* Cut "a,b,c" into words; blanks around a word do not belong to it. */
static tflow_status cut(const char *text, tflow_i_value *value, tflow_error *error)
{
    size_t n = 1;
    for (const char *s = text; *s != '\0'; s++)
        n += *s == ',';
    value->storage = tflow_i_strdup(text);
    value->words = tflow_i_alloc(n, sizeof *value->words);
    if (value->storage == NULL || value->words == NULL)
        return tflow_i_nomem(error);
    for (char *s = value->storage;;) {
        char *comma = strchr(s, ',');
        char *end = comma == NULL ? s + strlen(s) : comma;
        while (*s == ' ')
            s++;
        while (end > s && end[-1] == ' ')
            end--;
        *end = '\0';
        if (*s != '\0')
            value->words[value->n++] = s;
        if (comma == NULL)
            return TFLOW_OK;
        s = comma + 1;
    }
}

static tflow_status read_list(const tflow_parameter *p, const char *text,
                              tflow_i_value *value, tflow_error *error)
{
    tflow_status status = cut(text, value, error);
    for (size_t i = 0; status == TFLOW_OK && p->domain != NULL && i < value->n; i++)
        if (!in_domain(p->domain, value->words[i], strlen(value->words[i])))
            status = tflow_i_arg_fail(error, TFLOW_EINVAL, p->name,
                                      "found \"%.60s\", expected any of %s",
                                      value->words[i], p->domain);
    return status;
}

static tflow_status read_numbers(const tflow_parameter *p, const char *text,
                                 tflow_i_value *value, tflow_error *error)
{
    tflow_status status = cut(text, value, error);
    if (status != TFLOW_OK)
        return status;
    value->numbers = tflow_i_alloc(value->n, sizeof *value->numbers);
    if (value->numbers == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; status == TFLOW_OK && i < value->n; i++)
        status = read_number(p, value->words[i], strlen(value->words[i]),
                             &value->numbers[i], error);
    return status;
}

/* "2015:2022", "2015:", ":2022" or "2015" */
static tflow_status read_periods(const tflow_parameter *p, const char *text,
                                 tflow_i_value *value, tflow_error *error)
{
    const char *colon = strchr(text, ':');
    size_t n = colon == NULL ? strlen(text) : (size_t)(colon - text);
    tflow_status status = TFLOW_OK;

    if (n > 0 || colon == NULL)
        status = tflow_period_parse(text, n, &value->first, error);
    if (status == TFLOW_OK && colon != NULL && colon[1] != '\0')
        status = tflow_period_parse(colon + 1, strlen(colon + 1), &value->last, error);
    else if (colon == NULL)
        value->last = value->first;
    if (status != TFLOW_OK) {
        tflow_i_at(error, NULL, 0, 0, p->name);
        return status;
    }
    if (value->first != TFLOW_PERIOD_NONE && value->last != TFLOW_PERIOD_NONE &&
        tflow_period_start(value->last) < tflow_period_start(value->first))
        return tflow_i_arg_fail(error, TFLOW_EINVAL, p->name,
                                "found \"%.60s\", expected the earlier period first",
                                text);
    return TFLOW_OK;
}

static tflow_status read_value(const tflow_parameter *p, const char *text,
                               tflow_i_value *value, tflow_error *error)
{
    switch (p->type) {
    case TFLOW_PARAMETER_FLAG:
        if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
            return tflow_i_arg_fail(error, TFLOW_EPARSE, p->name,
                                    "found \"%.60s\", expected yes or no", text);
        value->number = text[0] == 'y';
        return TFLOW_OK;
    case TFLOW_PARAMETER_INTEGER:
    case TFLOW_PARAMETER_REAL:
        return read_number(p, text, strlen(text), &value->number, error);
    case TFLOW_PARAMETER_CHOICE:
        if (!in_domain(p->domain, text, strlen(text)))
            return tflow_i_arg_fail(error, TFLOW_EINVAL, p->name,
                                    "found \"%.60s\", expected one of %s", text,
                                    p->domain);
        return TFLOW_OK;
    case TFLOW_PARAMETER_LIST:
        return read_list(p, text, value, error);
    case TFLOW_PARAMETER_NUMBERS:
        return read_numbers(p, text, value, error);
    case TFLOW_PARAMETER_PERIODS:
        return read_periods(p, text, value, error);
    case TFLOW_PARAMETER_TEXT:
        return TFLOW_OK;
    }
    return tflow_i_arg_fail(error, TFLOW_EINTERNAL, p->name,
                            "parameter without a type");
}

tflow_status tflow_i_args_set(tflow_i_args *args, size_t i, const char *text,
                              tflow_error *error)
{
    tflow_i_value value = {0};
    tflow_status status =
        read_value(tflow_operation_parameter(args->operation, i), text, &value, error);

    if (status == TFLOW_OK && (value.text = tflow_i_strdup(text)) == NULL)
        status = tflow_i_nomem(error);
    if (status != TFLOW_OK) {
        value_clear(&value);
        return status;
    }
    value_clear(&args->values[i]);
    args->values[i] = value;
    return TFLOW_OK;
}

tflow_status tflow_i_args_open(tflow_i_args *args, const tflow_operation *operation,
                               tflow_error *error)
{
    memset(args, 0, sizeof *args);
    args->operation = operation;
    while (tflow_operation_parameter(operation, args->n_values) != NULL)
        args->n_values++;
    args->values = tflow_i_calloc(args->n_values, sizeof *args->values);
    if (args->values == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < args->n_values; i++) {
        const char *text = tflow_operation_parameter(operation, i)->fallback;
        if (text != NULL) {
            tflow_status status = tflow_i_args_set(args, i, text, error);
            if (status != TFLOW_OK)
                return status;
        }
    }
    return TFLOW_OK;
}

void tflow_i_args_close(tflow_i_args *args)
{
    for (size_t i = 0; args->values != NULL && i < args->n_values; i++)
        value_clear(&args->values[i]);
    tflow_i_free(args->values);
}

size_t tflow_i_args_index(const tflow_i_args *args, const char *name)
{
    for (size_t i = 0; i < args->n_values; i++)
        if (strcmp(tflow_operation_parameter(args->operation, i)->name, name) == 0)
            return i;
    return SIZE_MAX;
}

/* ---- getters ---- */

static const tflow_i_value *value_of(const tflow_i_args *args, const char *name)
{
    size_t i = tflow_i_args_index(args, name);
    return i == SIZE_MAX || args->values[i].text == NULL ? NULL : &args->values[i];
}

size_t tflow_i_inputs(const tflow_i_args *args)
{
    return args->n_inputs;
}

const tflow_table *tflow_i_input(const tflow_i_args *args, size_t i)
{
    return i < args->n_inputs ? args->inputs[i] : NULL;
}

struct tflow_state *tflow_i_arg_state(const tflow_i_args *args)
{
    return args->state;
}

int tflow_i_arg_set(const tflow_i_args *args, const char *name)
{
    return value_of(args, name) != NULL;
}

const char *tflow_i_arg_text(const tflow_i_args *args, const char *name)
{
    const tflow_i_value *value = value_of(args, name);
    return value == NULL ? NULL : value->text;
}

int tflow_i_arg_flag(const tflow_i_args *args, const char *name)
{
    const tflow_i_value *value = value_of(args, name);
    return value != NULL && value->number != 0;
}

int64_t tflow_i_arg_integer(const tflow_i_args *args, const char *name)
{
    const tflow_i_value *value = value_of(args, name);
    return value == NULL ? 0 : (int64_t)value->number;
}

double tflow_i_arg_real(const tflow_i_args *args, const char *name)
{
    const tflow_i_value *value = value_of(args, name);
    return value == NULL ? NAN : value->number;
}

int tflow_i_arg_is(const tflow_i_args *args, const char *name, const char *word)
{
    const char *text = tflow_i_arg_text(args, name);
    return text != NULL && strcmp(text, word) == 0;
}

size_t tflow_i_arg_list(const tflow_i_args *args, const char *name,
                        const char *const **words)
{
    const tflow_i_value *value = value_of(args, name);
    *words = value == NULL ? NULL : value->words;
    return value == NULL ? 0 : value->n;
}

int tflow_i_arg_has(const tflow_i_args *args, const char *name, const char *word)
{
    const char *const *words;
    size_t n = tflow_i_arg_list(args, name, &words);
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return 1;
    return 0;
}

size_t tflow_i_arg_numbers(const tflow_i_args *args, const char *name,
                           const double **numbers)
{
    const tflow_i_value *value = value_of(args, name);
    *numbers = value == NULL ? NULL : value->numbers;
    return value == NULL ? 0 : value->n;
}

void tflow_i_arg_periods(const tflow_i_args *args, const char *name,
                         tflow_period *first, tflow_period *last)
{
    const tflow_i_value *value = value_of(args, name);
    *first = value == NULL ? TFLOW_PERIOD_NONE : value->first;
    *last = value == NULL ? TFLOW_PERIOD_NONE : value->last;
}

tflow_status tflow_i_resolve(const tflow_i_args *args, const char *name,
                             const char *value)
{
    size_t i = tflow_i_args_index(args, name);
    if (i == SIZE_MAX)
        return TFLOW_EINTERNAL;
    char *copy = tflow_i_strdup(value);
    if (copy == NULL)
        return TFLOW_ENOMEM;
    tflow_i_free(args->values[i].resolved);
    args->values[i].resolved = copy;
    return TFLOW_OK;
}
