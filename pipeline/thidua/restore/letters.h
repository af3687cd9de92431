/* What printed letters became in badly read text, letter by letter: see letters.c. */
#ifndef THIDUA_LETTERS_H
#define THIDUA_LETTERS_H

#include <stdint.h>

#define LONGEST_READ 3   /* code points that one printed letter may become */
#define LONGEST_FORM 24  /* code points of a form that letters are weighed in */
#define LONGEST_PART 16  /* code points of an onset, a rime or a word */
#define MOST_LETTERS 512 /* printed letters that a model knows */
#define NEVER (-1e9f)

typedef struct {
    int32_t letter_count, read_count;
    const uint32_t *letters;      /* sorted */
    const float *unseen;          /* per letter: P of all readings never seen, as a logarithm */
    const uint64_t *reads;        /* what letters became, packed (21 bits a code point) and sorted: each once for each letter */
    const uint16_t *read_letters; /* per read: number of the letter */
    const float *read_logs;
    float alphabet;               /* logarithm of the number of letters a reading may have */
    float identity, other;        /* for a letter never seen: read as itself, as something else */
} Letters;

typedef struct {
    int32_t count;
    const uint32_t *starts;
    const uint32_t *points;
    const uint8_t *shared;   /* where they are weighed, see thidua_prepare: code points that a string shares with the one before it, */
    const uint16_t *letters; /* by code point: its number among the letters */
} Strings;

/* What each letter became in a form: logs[letter][start][length] = log P(form[start, start + length) | letter). Kept while many texts
 * are weighed against it; last: a letter that the model does not know. */
typedef struct {
    const Letters *letters;
    const uint32_t *form;
    int32_t n;
    float logs[MOST_LETTERS + 1][LONGEST_FORM + 1][LONGEST_READ + 1];
} Weights;

/* Which texts are worth a look: log P is at least `log`, and at least `rank` with what `gains` (may be null) has for the text. */
typedef struct {
    float log, rank;
    const float *gains;
} Least;

void start_weights(Weights *w, const Letters *letters, const uint32_t *form, int32_t n);

/* logs[k] = log P(form[first, n) | text k) for the strings of a sorted table that are worth it; likely: their numbers; returns how
 * many. Neighbours share the work on their common start. */
int32_t weigh_texts(Weights *w, int32_t first, const Strings *texts, Least least, float *logs, int32_t *likely);

#endif
