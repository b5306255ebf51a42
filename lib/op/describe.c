/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the description of an operation. */
#include "op/op.h"

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

const char *tflow_operation_name(const tflow_operation *operation)
{
    return operation == NULL ? "" : operation->name;
}

const char *tflow_operation_summary(const tflow_operation *operation)
{
    return operation == NULL ? "" : operation->summary;
}

const char *tflow_operation_definition(const tflow_operation *operation)
{
    return operation == NULL ? "" : operation->definition;
}

const char *tflow_operation_reference(const tflow_operation *operation)
{
    return operation == NULL ? "" : or_empty(operation->reference);
}

const char *tflow_operation_example(const tflow_operation *operation)
{
    return operation == NULL ? "" : or_empty(operation->example);
}

size_t tflow_operation_inputs_min(const tflow_operation *operation)
{
    return operation == NULL ? 0 : operation->inputs_min;
}

size_t tflow_operation_inputs_max(const tflow_operation *operation)
{
    return operation == NULL ? 0 : operation->inputs_max;
}

const tflow_parameter *tflow_operation_parameter(const tflow_operation *operation,
                                                 size_t i)
{
    if (operation == NULL)
        return NULL;
    if (i < operation->n_parameters)
        return &operation->parameters[i];
    i -= operation->n_parameters;
    if ((operation->shared & TFLOW_I_SELECT) != 0 && i < tflow_i_n_select_parameters)
        return &tflow_i_select_parameters[i];
    return NULL;
}

const tflow_output *tflow_operation_output(const tflow_operation *operation, size_t i)
{
    return operation == NULL || i >= operation->n_outputs ? NULL
                                                          : &operation->outputs[i];
}

const char *tflow_parameter_name(const tflow_parameter *parameter)
{
    return parameter == NULL ? "" : parameter->name;
}

tflow_parameter_type tflow_parameter_kind(const tflow_parameter *parameter)
{
    return parameter == NULL ? (tflow_parameter_type)0 : parameter->type;
}

const char *tflow_parameter_default(const tflow_parameter *parameter)
{
    return parameter == NULL ? NULL : parameter->fallback;
}

const char *tflow_parameter_domain(const tflow_parameter *parameter)
{
    return parameter == NULL ? "" : or_empty(parameter->domain);
}

double tflow_parameter_least(const tflow_parameter *parameter)
{
    return parameter == NULL ? 0 : parameter->least;
}

double tflow_parameter_greatest(const tflow_parameter *parameter)
{
    return parameter == NULL ? 0 : parameter->greatest;
}

const char *tflow_parameter_help(const tflow_parameter *parameter)
{
    return parameter == NULL ? "" : parameter->help;
}

const char *tflow_output_name(const tflow_output *output)
{
    return output == NULL ? "" : output->name;
}

tflow_type tflow_output_type(const tflow_output *output)
{
    return output == NULL ? (tflow_type)0 : output->type;
}

const char *tflow_output_unit(const tflow_output *output)
{
    return output == NULL ? "" : or_empty(output->unit);
}

const char *tflow_output_help(const tflow_output *output)
{
    return output == NULL ? "" : output->help;
}
