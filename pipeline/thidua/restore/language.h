/* The language model as it lies in memory: a trie of sorted arrays, mapped from disk. See language.py for the file. */
#ifndef THIDUA_LANGUAGE_H
#define THIDUA_LANGUAGE_H

#include <stdint.h>

#define MAX_ORDER 5
#define NONE UINT32_MAX

typedef struct {
    uint32_t size;         /* n-grams of this order */
    const uint16_t *word;  /* last word; sorted within one prefix; NULL for unigrams, where row = word */
    const uint8_t *logp;   /* index into logp_book */
    const uint8_t *backoff;
    const uint32_t *start; /* children of row i: rows [start[i], start[i + 1]) of the next order; NULL at the top */
    const float *logp_book;
    const float *backoff_book;
} Level;

typedef struct {
    uint32_t order;
    uint32_t words;
    Level level[MAX_ORDER];
    const uint8_t *cases;     /* [words][CASE_CONTEXTS][SHAPES]: -ln P(shape | word, context) * CASE_STEPS */
} Language;

#define SHAPES 4
#define CASE_CONTEXTS 25
#define CASE_STEPS 16.0f

/* row[k]: row of the last k + 1 words in level k, or NONE. Rows without children are NONE, but for row[0]. */
typedef struct {
    uint32_t row[MAX_ORDER - 1];
} Context;

void language_begin(Context *context);
float language_step(const Language *lm, const Context *from, uint32_t word, Context *to);

#endif
