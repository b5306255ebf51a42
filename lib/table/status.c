/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table/table.h"

#include <string.h>

static const char order[] = "APEIFQLO";

int tflow_i_status_valid(char status)
{
    return status == 'M' || (status != '\0' && strchr(order, status) != NULL);
}

char tflow_i_status_weaker(char a, char b)
{
    if (a == 'M' || a == '\0')
        return b;
    if (b == 'M' || b == '\0')
        return a;
    const char *pa = strchr(order, a), *pb = strchr(order, b);
    if (pa == NULL || pb == NULL)
        return pa == NULL ? b : a;
    return pa >= pb ? a : b;
}
