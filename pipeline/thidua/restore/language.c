/* Scores words after a context: longest match in the trie, back-off below it. */
#include "language.h"

#include <string.h>

/* In C11 and without the processor's own instruction, which is not on every machine. */
static inline uint32_t ones_in(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

/* Place of the one that ends the children of a row. */
static uint64_t place_of_one(const Level *level, uint32_t row)
{
    uint64_t place = level->fan_sample[row / SAMPLING];
    uint32_t skip = row % SAMPLING, word = (uint32_t)(place / 64);
    if (skip == 0)
        return place;
    uint64_t bits = place % 64 == 63 ? 0 : level->fan[word] & (~(uint64_t)0 << (place % 64 + 1));
    for (;;) {
        uint32_t ones = ones_in(bits);
        if (ones >= skip)
            break;
        skip -= ones;
        if (++word >= level->fan_words)
            return 0;
        bits = level->fan[word];
    }
    while (--skip > 0)
        bits &= bits - 1;
    return (uint64_t)word * 64 + (uint32_t)__builtin_ctzll(bits);
}

/* The rows of the next level that continue a row: [*low, *high). */
static void children(const Language *lm, uint32_t k, uint32_t row, uint32_t *low, uint32_t *high)
{
    const Level *level = &lm->level[k];
    uint64_t first = row == 0 ? 0 : place_of_one(level, row - 1) + 1, last = first;
    uint32_t word = (uint32_t)(first / 64);
    uint64_t bits = word < level->fan_words ? level->fan[word] & (~(uint64_t)0 << first % 64) : 0;
    while (bits == 0 && word + 1 < level->fan_words)
        bits = level->fan[++word];
    if (bits != 0)
        last = (uint64_t)word * 64 + (uint32_t)__builtin_ctzll(bits);
    *low = (uint32_t)(first - row);
    *high = (uint32_t)(last - row);
    if (*high < *low || *high > lm->level[k + 1].size)
        *high = *low;
}

static uint32_t find(const Level *level, uint32_t low, uint32_t high, uint32_t word)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t found = level->word[middle];
        if (found == word)
            return middle;
        if (found < word)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

void language_begin(Context *context)
{
    for (uint32_t k = 0; k < MAX_ORDER - 1; k++) {
        context->row[k] = NONE;
        context->low[k] = context->high[k] = 0;
    }
}

int language_same(const Context *a, const Context *b)
{
    return memcmp(a->row, b->row, sizeof a->row) == 0;
}

/* A context must be opened before anything is looked up behind it. */
void language_open(const Language *lm, Context *context)
{
    for (uint32_t k = 0; k < MAX_ORDER - 1; k++) {
        context->low[k] = context->high[k] = 0;
        if (context->row[k] != NONE)
            children(lm, k, context->row[k], &context->low[k], &context->high[k]);
        if (context->low[k] == context->high[k])
            context->row[k] = NONE;
    }
}

/* ln P(word | from), `from` being open; `to`, which may be `from`, becomes the context behind the word, not yet open.
   A word outside the vocabulary counts as word 0. */
float language_step(const Language *lm, const Context *from, uint32_t word, Context *to)
{
    uint32_t rows[MAX_ORDER];
    uint32_t top = lm->order - 1;
    if (word >= lm->words)
        word = 0;
    rows[0] = word;
    for (uint32_t k = 1; k <= top; k++) /* where an n-gram is kept, its shorter ends are */
        rows[k] = rows[k - 1] == NONE || from->row[k - 1] == NONE
                      ? NONE
                      : find(&lm->level[k], from->low[k - 1], from->high[k - 1], word);

    float score = 0.0f;
    uint32_t k = top;
    for (; k > 0 && rows[k] == NONE; k--)
        if (from->row[k - 1] != NONE) {
            const Level *level = &lm->level[k - 1];
            score += level->backoff_book[level->backoff[from->row[k - 1]]];
        }
    score += lm->level[k].logp_book[lm->level[k].logp[rows[k]]];

    for (k = 0; k < MAX_ORDER - 1; k++)
        to->row[k] = k < top ? rows[k] : NONE;
    return score;
}

/* scores[i] = ln P(words[i] | words before it), from an empty context. */
void thidua_language_score(const Language *lm, const uint16_t *words, uint32_t count, float *scores)
{
    Context context;
    language_begin(&context);
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = language_step(lm, &context, words[i], &context);
        language_open(lm, &context);
    }
}
