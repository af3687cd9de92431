/* The language model as it lies in memory: a trie of sorted arrays, mapped from disk. See language.py for the file. */
#ifndef THIDUA_LANGUAGE_H
#define THIDUA_LANGUAGE_H

#include <stdint.h>

#define MAX_ORDER 5
#define NONE UINT32_MAX
#define SAMPLING 16 /* rows between two samples of a fan */

/* The n-grams of one order, a row each, children of one prefix together and sorted by word.

   The fan says how many children each row has in the next order: for every row as many zeros, then a one. */
typedef struct {
    uint32_t size;         /* rows */
    uint32_t fan_words;    /* 64-bit words of the fan; 0 at the highest order */
    const uint16_t *word;  /* NULL for unigrams, where row = word */
    const uint8_t *logp;   /* index into logp_book */
    const uint8_t *backoff;
    const uint64_t *fan;
    const uint32_t *fan_sample; /* place of the one of every SAMPLING-th row */
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

/* row[k]: row of the last k + 1 words in level k, NONE where they are not known. In an open context its children are
   [low[k], high[k]) of level k + 1, and a row without children is NONE too: open contexts with the same rows are the same. */
typedef struct {
    uint32_t row[MAX_ORDER - 1];
    uint32_t low[MAX_ORDER - 1];
    uint32_t high[MAX_ORDER - 1];
} Context;

void language_begin(Context *context);
void language_open(const Language *lm, Context *context);
int language_same(const Context *a, const Context *b);
float language_step(const Language *lm, const Context *from, uint32_t word, Context *to);

#endif
