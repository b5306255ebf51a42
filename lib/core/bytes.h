/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as bytes, the lowest first on every machine, and a checksum of bytes. */
#ifndef TFLOW_CORE_BYTES_H
#define TFLOW_CORE_BYTES_H

#include <stddef.h>
#include <stdint.h>

void tflow_i_bytes_put32(unsigned char *bytes, uint32_t number);
void tflow_i_bytes_put64(unsigned char *bytes, uint64_t number);
uint32_t tflow_i_bytes_get32(const unsigned char *bytes);
uint64_t tflow_i_bytes_get64(const unsigned char *bytes);

/* CRC-64/XZ (ECMA-182, reflected): finds every damage of up to 64 bits in a row, and
 * any other but for one in 2^64. `crc` is 0, or that of the bytes before. */
uint64_t tflow_i_bytes_crc64(uint64_t crc, const unsigned char *bytes, size_t n);

#endif
