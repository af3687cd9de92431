/* Scores words after a context: longest match in the trie, back-off below it. */
#include "language.h"

#include <stddef.h>

static uint32_t find_child(const Language *lm, uint32_t k, uint32_t row, uint32_t word)
{
    const Level *level = &lm->level[k], *next = &lm->level[k + 1];
    if (row >= level->size)
        return NONE;
    uint32_t low = level->start[row], high = level->start[row + 1];
    if (high > next->size)
        return NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t found = next->word[middle];
        if (found == word)
            return middle;
        if (found < word)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

static int has_children(const Level *level, uint32_t row)
{
    return level->start[row] < level->start[row + 1];
}

void language_begin(Context *context)
{
    for (uint32_t k = 0; k < MAX_ORDER - 1; k++)
        context->row[k] = NONE;
}

/* ln P(word | from); `to` becomes the context behind the word. A word outside the vocabulary counts as word 0. */
float language_step(const Language *lm, const Context *from, uint32_t word, Context *to)
{
    uint32_t rows[MAX_ORDER];
    uint32_t top = lm->order - 1;
    if (word >= lm->words)
        word = 0;
    rows[0] = word;
    for (uint32_t k = 1; k <= top; k++)
        rows[k] = from->row[k - 1] == NONE ? NONE : find_child(lm, k - 1, from->row[k - 1], word);

    float score = 0.0f;
    uint32_t k = top;
    for (; k > 0 && rows[k] == NONE; k--)
        if (from->row[k - 1] != NONE) {
            const Level *level = &lm->level[k - 1];
            score += level->backoff_book[level->backoff[from->row[k - 1]]];
        }
    score += lm->level[k].logp_book[lm->level[k].logp[rows[k]]];

    if (to != NULL)
        for (k = 0; k < MAX_ORDER - 1; k++) {
            int kept = k < top && rows[k] != NONE && (k == 0 || has_children(&lm->level[k], rows[k]));
            to->row[k] = kept ? rows[k] : NONE;
        }
    return score;
}

/* scores[i] = ln P(words[i] | words before it), from an empty context. */
void thidua_language_score(const Language *lm, const uint16_t *words, uint32_t count, float *scores)
{
    Context context, next;
    language_begin(&context);
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = language_step(lm, &context, words[i], &next);
        context = next;
    }
}
