/* A cache language model (Kuhn and De Mori 1990) over one text: plans repeat their own names and terms. */
#include "memory.h"

#include <math.h>
#include <stdlib.h>

#define PAIRS_A_TOKEN 4      /* slots of the table; most readings have one unit */
#define HALF_TRUSTED 300.0f  /* words of text at which the text's own words weigh half their share */

typedef struct {
    uint32_t key; /* previous << 16 | word; 0 for an empty slot, since no pair has two unknown words */
    float count;
} Pair;

struct Memory {
    uint32_t words;
    uint32_t mask;
    float total;
    float share;
    float *count; /* by word */
    Pair *pair;
};

Memory *memory_new(uint32_t words, uint32_t tokens, float share)
{
    uint32_t slots = 1024;
    while (slots < (1u << 30) && slots / PAIRS_A_TOKEN < tokens)
        slots *= 2;
    Memory *memory = calloc(1, sizeof *memory);
    if (memory == NULL)
        return NULL;
    memory->words = words;
    memory->mask = slots - 1;
    memory->share = share;
    memory->count = calloc(words, sizeof *memory->count);
    memory->pair = calloc(slots, sizeof *memory->pair);
    if (memory->count == NULL || memory->pair == NULL) {
        memory_free(memory);
        return NULL;
    }
    return memory;
}

void memory_free(Memory *memory)
{
    if (memory == NULL)
        return;
    free(memory->count);
    free(memory->pair);
    free(memory);
}

/* The slot of a pair, or an empty one; NULL where the neighbourhood of its place is full. */
static Pair *slot(const Memory *memory, uint32_t key)
{
    uint32_t place = key * 2654435761u >> 7;
    for (uint32_t k = 0; k < 32; k++) {
        Pair *pair = &memory->pair[(place + k) & memory->mask];
        if (pair->key == key || pair->key == 0)
            return pair;
    }
    return NULL;
}

void memory_add(Memory *memory, uint16_t word, float count)
{
    if (word < memory->words) {
        memory->count[word] += count;
        memory->total += count;
    }
}

void memory_add_pair(Memory *memory, uint16_t previous, uint16_t word, float count)
{
    uint32_t key = (uint32_t)previous << 16 | word;
    Pair *pair = key == 0 ? NULL : slot(memory, key);
    if (pair != NULL) {
        pair->key = key;
        pair->count += count;
    }
}

/* ln P(word | previous), the model's logp mixed with how the text itself goes on; own: the count that the reading at hand
   has put into the memory itself. */
float memory_mixed(const Memory *memory, uint16_t previous, uint16_t word, float own, float logp)
{
    if (word >= memory->words || previous >= memory->words || memory->count[word] <= own)
        return logp + logf(1.0f - memory->share);
    uint32_t key = (uint32_t)previous << 16 | word;
    const Pair *pair = key == 0 ? NULL : slot(memory, key);
    float together = pair == NULL ? 0.0f : fmaxf(0.0f, pair->count - own);
    float alone = (memory->count[word] - own) / (memory->total + HALF_TRUSTED);
    float after = (together + alone) / (memory->count[previous] + 1.0f);
    return logf((1.0f - memory->share) * expf(logp) + memory->share * fminf(1.0f, 0.5f * (after + alone)));
}
