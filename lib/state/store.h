/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and reading the bytes of a state share. */
#ifndef TFLOW_STATE_STORE_H
#define TFLOW_STATE_STORE_H

#include "state/state.h"

#define TFLOW_I_STATE_MAGIC "TFSTATE\n"
#define TFLOW_I_STATE_MAGIC_SIZE 8
#define TFLOW_I_STATE_FORMAT 1u

#endif
