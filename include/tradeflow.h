/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file tradeflow.h
 * All of libtradeflow: statistics of trade flows.
 */
#ifndef TRADEFLOW_H
#define TRADEFLOW_H

#include "tradeflow/advantage.h"
#include "tradeflow/arrow.h"
#include "tradeflow/codes.h"
#include "tradeflow/convert.h"
#include "tradeflow/core.h"
#include "tradeflow/figure.h"
#include "tradeflow/growth.h"
#include "tradeflow/industry.h"
#include "tradeflow/margins.h"
#include "tradeflow/operation.h"
#include "tradeflow/partial.h"
#include "tradeflow/period.h"
#include "tradeflow/plot.h"
#include "tradeflow/price.h"
#include "tradeflow/projection.h"
#include "tradeflow/read.h"
#include "tradeflow/share.h"
#include "tradeflow/state.h"
#include "tradeflow/structure.h"
#include "tradeflow/table.h"
#include "tradeflow/write.h"

#endif
