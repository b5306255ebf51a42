/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables whose rows were added up over products while they were read. They do for a
 * selection that would add the products up anyway, as long as no choice depends on the
 * single products: whether a total stands beside its parts is looked at cell by cell.
 */
#include "flows/plan.h"

static tflow_status cannot(tflow_error *error, const char *why)
{
    return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                        "the table was added up over products while it was read, and "
                        "%s: read it with its products",
                        why);
}

/* The parts that the rows have in a dimension, a bit each. */
static unsigned parts_of(const tflow_i_plan *plan, tflow_i_dim_id d)
{
    size_t counts[3];
    if (plan->dims[d].codes == NULL)
        return 1u << TFLOW_I_PART_MEMBER;
    tflow_i_plan_parts(plan, d, counts);
    return (unsigned)(counts[0] > 0) | (unsigned)(counts[1] > 0) << 1 |
           (unsigned)(counts[2] > 0) << 2;
}

/* Members alone, or totals alone. */
static int of_one_kind(unsigned parts)
{
    return parts == 1u << TFLOW_I_PART_MEMBER || parts == 1u << TFLOW_I_PART_TOTAL;
}

static int products_of_one_level(const tflow_i_plan *plan)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    if (dim->codes == NULL || plan->n == 0 || plan->selection->level >= 0)
        return 1;
    int32_t first = dim->codes[plan->rows[0]];
    for (size_t i = 1; i < plan->n; i++) { /* a level has one code here */
        if (dim->codes[plan->rows[i]] != first)
            return 0;
    }
    return 1;
}

static int periods_of_one_length(const tflow_i_plan *plan)
{
    for (size_t i = 1; i < plan->n && plan->periods != NULL; i++)
        if (tflow_period_months(plan->periods[plan->rows[i]]) !=
            tflow_period_months(plan->periods[plan->rows[0]]))
            return 0;
    return 1;
}

static int one_unit(const tflow_i_dim *dim)
{
    return dim->listed && tflow_i_dict_count(dim->units) == 1;
}

static int kinds_can_be_told(const tflow_i_plan *plan)
{
    unsigned partners = parts_of(plan, TFLOW_I_PARTNER);
    int ok = of_one_kind(partners) || one_unit(&plan->dims[TFLOW_I_PARTNER]) ||
             (plan->selection->total != TFLOW_I_TOTAL_AUTO &&
              (partners >> TFLOW_I_PART_AGGREGATE & 1) == 0);
    ok = ok && (of_one_kind(parts_of(plan, TFLOW_I_REPORTER)) ||
                one_unit(&plan->dims[TFLOW_I_REPORTER]));
    for (int d = TFLOW_I_PARTNER2; d <= TFLOW_I_SUPPLY && ok; d++)
        ok = of_one_kind(parts_of(plan, (tflow_i_dim_id)d));
    return ok;
}

tflow_status tflow_i_plan_added_up(const tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_selection *s = plan->selection;
    const tflow_i_dim *product = &plan->dims[TFLOW_I_PRODUCT];

    if (plan->table->counts == NULL)
        return TFLOW_OK;
    if (product->by || product->listed)
        return cannot(error, "single products are asked for");
    if (s->complete)
        return cannot(error, "cells without a row are asked for");
    if (s->duplicates == TFLOW_I_DUPLICATES_FIRST)
        return cannot(error, "the first of rows for the same cell is asked for");
    if (s->duplicates == TFLOW_I_DUPLICATES_ERROR && !plan->table->distinct)
        return cannot(error, "rows that are there twice can no longer be found");
    if (!products_of_one_level(plan))
        return cannot(error, "products of several levels are in it");
    if (!periods_of_one_length(plan))
        return cannot(error, "periods of several lengths are in it");
    if (!kinds_can_be_told(plan))
        return cannot(error, "totals stand beside their parts");
    return TFLOW_OK;
}

size_t tflow_i_plan_count(const tflow_i_plan *plan, size_t row)
{
    return plan->table->counts == NULL ? 1 : (size_t)plan->table->counts[row];
}

size_t tflow_i_plan_rows(const tflow_i_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++)
        n += tflow_i_plan_count(plan, plan->rows[i]);
    return n;
}
