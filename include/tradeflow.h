/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file tradeflow.h
 * All of libtradeflow: statistics of trade flows.
 */
#ifndef TRADEFLOW_H
#define TRADEFLOW_H

#include "tradeflow/core.h"

#endif
