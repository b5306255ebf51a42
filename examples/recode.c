/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of the Harmonized System of 2022 by the first edition of 1992, so that years
 * can be compared, and how sure that is. */
#include <stdio.h>
#include <string.h>
#include <tradeflow.h>

static const char flows[] = "reporter,partner,product,flow,period,value_usd\n"
                            "BLR,CHN,010121,X,2023,100\n"
                            "BLR,CHN,010130,X,2023,50\n"
                            "BLR,CHN,310420,X,2023,900\n"
                            "BLR,CHN,000000,X,2023,10\n";

static int failed(const tflow_error *error)
{
    fprintf(stderr, "recode: %s: %s\n", error->file, error->message);
    return 1;
}

int main(int argc, char **argv)
{
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table, *recoded;
    char *text;

    opts.from = "hs2022";
    opts.to = "hs1992";
    opts.folder = argc > 1 ? argv[1] : "data/concordance";
    if (tflow_read_memory(flows, strlen(flows), "flows", NULL, &table, &error) !=
        TFLOW_OK)
        return failed(&error);
    tflow_status status = tflow_table_recode(table, &opts, &recoded, &error);
    tflow_table_free(table);
    if (status != TFLOW_OK)
        return failed(&error);
    status = tflow_table_write_layout(recoded, "long", NULL, &text, &error);
    if (status == TFLOW_OK)
        printf("%snot mapped: %s of the value\n", text,
               tflow_table_attribute(recoded, "read.recode_share_unmapped"));
    tflow_table_free(recoded);
    tflow_text_free(text);
    return status == TFLOW_OK ? 0 : failed(&error);
}
