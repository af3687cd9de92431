/* What one text has said so far: its own words and pairs of words, as evidence for the second pass over it. */
#ifndef THIDUA_MEMORY_H
#define THIDUA_MEMORY_H

#include <stdint.h>

typedef struct Memory Memory;

Memory *memory_new(uint32_t words, uint32_t tokens, float share);
void memory_free(Memory *memory);
void memory_add(Memory *memory, uint16_t word, float count);
void memory_add_pair(Memory *memory, uint16_t previous, uint16_t word, float count);
float memory_mixed(const Memory *memory, uint16_t previous, uint16_t word, float own, float logp);

#endif
