/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/advantage.h"

#include "core/core.h"

#include <math.h>

/* What is wrong with levels, or TFLOW_OK. */
static tflow_status check(const double *levels, size_t n)
{
    tflow_status status = TFLOW_OK;

    for (size_t i = 0; i < n; i++) {
        if (levels[i] < 0)
            return TFLOW_ENEGATIVE;
        if (isnan(levels[i]))
            status = TFLOW_MISSING_VALUE;
        else if (isinf(levels[i]) && status == TFLOW_OK)
            status = TFLOW_UNDEFINED;
    }
    return status;
}

#define CHECK(...)                                                                     \
    check((const double[]){__VA_ARGS__},                                               \
          sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static tflow_status store(double value, double *out)
{
    if (!isfinite(value))
        return TFLOW_UNDEFINED;
    *out = value;
    return TFLOW_OK;
}

/* a / b as a status: nothing of nothing is not defined. */
static tflow_status divide(double a, double b, double *out)
{
    if (b == 0)
        return a == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    return store(a / b, out);
}

/* (a / b) / (c / d) of levels above 0, with d and b not 0. By the cross products, which
 * are equal doubles where they are equal numbers: just 1 is then 1 and not beside it.
 */
static tflow_status double_ratio(double a, double b, double c, double d, double *out)
{
    double above = a * d, below = b * c;

    if (isnormal(above) && isnormal(below))
        return store(above / below, out);
    return c / d == 0 ? TFLOW_UNDEFINED : store(a / b / (c / d), out);
}

tflow_status tflow_rca_balassa(double value, double country, double product,
                               double world, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(value, country, product, world);
    if (status != TFLOW_OK)
        return status;
    if (country == 0)
        return value == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    if (world == 0)
        return product == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    if (product == 0)
        return value == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    return double_ratio(value, country, product, world, out);
}

tflow_status tflow_rca_symmetric(double rca, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(rca);
    /* Halves: the largest double plus one must not become infinite. */
    return status == TFLOW_OK ? store((rca / 2 - 0.5) / (rca / 2 + 0.5), out) : status;
}

tflow_status tflow_rca_normalised(double value, double country, double product,
                                  double world, double *out)
{
    double share = NAN, of_country = NAN, of_product = NAN;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(value, country, product, world);
    if (status == TFLOW_OK)
        status = divide(value, world, &share);
    if (status == TFLOW_OK)
        status = divide(country, world, &of_country);
    if (status == TFLOW_OK)
        status = divide(product, world, &of_product);
    return status == TFLOW_OK ? store(share - of_country * of_product, out) : status;
}

tflow_status tflow_rca_additive(double value, double country, double product,
                                double world, double *out)
{
    double share = NAN, reference = NAN;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(value, country, product, world);
    if (status == TFLOW_OK)
        status = divide(value, country, &share);
    if (status == TFLOW_OK)
        status = divide(product, world, &reference);
    return status == TFLOW_OK ? store(share - reference, out) : status;
}

tflow_status tflow_rca_weighted(double rca, double mean, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(rca, mean);
    return status == TFLOW_OK ? divide(rca, mean, out) : status;
}

tflow_status tflow_rca_per_capita(double value, double product, double population,
                                  double world_population, double *out)
{
    return tflow_rca_balassa(value, product, population, world_population, out);
}

tflow_status tflow_rca_vollrath(double value, double country, double product,
                                double world, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(value, country, product, world);
    if (status != TFLOW_OK)
        return status;
    double others = country - value;          /* the country's other products */
    double rivals = product - value;          /* the product, of other countries */
    double rest = (world - country) - rivals; /* neither */
    if (others < 0 || rivals < 0 || rest < 0)
        return TFLOW_UNDEFINED;
    /* (x / others) / (rivals / rest) without dividing by a rest of 0. */
    if (others == 0 || rivals == 0)
        return value == 0 || rest == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    return store(value / rivals * (rest / others), out);
}

tflow_status tflow_trade_advantage_vollrath(double rxa, double rma, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(rxa, rma);
    return status == TFLOW_OK ? store(rxa - rma, out) : status;
}

tflow_status tflow_competitiveness_vollrath(double rxa, double rma, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(rxa, rma);
    return status == TFLOW_OK ? store(log(rxa) - log(rma), out) : status;
}

tflow_status tflow_lafay(double exports, double imports, double total_exports,
                         double total_imports, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(exports, imports, total_exports, total_imports);
    if (status != TFLOW_OK)
        return status;
    /* Halves: two large flows must not add up to infinity. */
    double trade = exports / 2 + imports / 2,
           total = total_exports / 2 + total_imports / 2;
    if (trade == 0)
        return TFLOW_UNDEFINED;
    if (total == 0)
        return TFLOW_ZERO_BASE;
    double balance = (exports / 2 - imports / 2) / trade;
    double overall = (total_exports / 2 - total_imports / 2) / total;
    return store(100 * (balance - overall) * (trade / total), out);
}

tflow_status tflow_michaely(double exports, double imports, double total_exports,
                            double total_imports, double *out)
{
    return tflow_rca_additive(exports, total_exports, imports, total_imports, out);
}

tflow_status tflow_rca_presence(double rca, double threshold, tflow_threshold rule,
                                double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (!isfinite(threshold) ||
        (rule != TFLOW_THRESHOLD_AT_LEAST && rule != TFLOW_THRESHOLD_ABOVE))
        return TFLOW_EINVAL;
    if (isnan(rca))
        return TFLOW_MISSING_VALUE;
    if (isinf(rca))
        return TFLOW_UNDEFINED;
    *out = rule == TFLOW_THRESHOLD_ABOVE ? rca > threshold : rca >= threshold;
    return TFLOW_OK;
}

const char *tflow_rca_movement_name(tflow_rca_movement movement)
{
    static const char *const names[] = {"",
                                        "rising star",
                                        "falling star",
                                        "lagging retreat",
                                        "lost opportunity",
                                        "leading retreat",
                                        "lagging opportunity"};
    return (int)movement >= 0 && (size_t)movement < sizeof names / sizeof *names
               ? names[movement]
               : "";
}

static tflow_rca_movement movement_of(double advance, double own, double world)
{
    if (advance == 0 || own == 0 || world == 0)
        return TFLOW_RCA_MOVEMENT_NONE;
    if (advance > 0 && own > 0)
        return world > 0 ? TFLOW_RCA_MOVEMENT_RISING_STAR
                         : TFLOW_RCA_MOVEMENT_FALLING_STAR;
    if (advance > 0)
        return TFLOW_RCA_MOVEMENT_LAGGING_RETREAT;
    if (own > 0)
        return TFLOW_RCA_MOVEMENT_LAGGING_OPPORTUNITY;
    return world > 0 ? TFLOW_RCA_MOVEMENT_LOST_OPPORTUNITY
                     : TFLOW_RCA_MOVEMENT_LEADING_RETREAT;
}

tflow_status tflow_rca_dynamic(double share_before, double share_after,
                               double world_before, double world_after, double *out,
                               tflow_rca_movement *movement)
{
    double own = NAN, world = NAN;

    if (movement != NULL)
        *movement = TFLOW_RCA_MOVEMENT_NONE;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = CHECK(share_before, share_after, world_before, world_after);
    if (status == TFLOW_OK)
        status = divide(share_after, share_before, &own);
    if (status == TFLOW_OK)
        status = divide(world_after, world_before, &world);
    if (status == TFLOW_OK)
        status = store(own - world, out);
    if (status == TFLOW_OK && movement != NULL)
        *movement = movement_of(own - world, share_after - share_before,
                                world_after - world_before);
    return status;
}
