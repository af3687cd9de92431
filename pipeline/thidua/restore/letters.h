/* What printed letters became in badly read text, letter by letter: see letters.c. */
#ifndef THIDUA_LETTERS_H
#define THIDUA_LETTERS_H

#include <stdint.h>

#define LONGEST_READ 3  /* code points that one printed letter may become */
#define LONGEST_FORM 24 /* code points of a form that letters are weighed in */
#define LONGEST_PART 16 /* code points of an onset, a rime or a word */
#define NEVER (-1e9f)
#define LETTER_SLOTS 509 /* prime; Vietnamese letters fall on different ones, mostly */

typedef struct {
    int32_t letter_count;
    const uint32_t *letters;    /* sorted */
    const float *unseen;        /* per letter: P of all readings never seen, as a logarithm */
    const uint32_t *read_starts; /* per letter, count + 1: its range in reads */
    const uint64_t *reads;      /* packed reading (21 bits a code point), sorted within a letter */
    const float *read_logs;
    float alphabet;             /* logarithm of the number of letters a reading may have */
    float identity, other;      /* for a letter never seen: read as itself, as something else */
} Letters;

typedef struct {
    int32_t count;
    const uint32_t *starts;
    const uint32_t *points;
    const uint8_t *shared; /* code points that a string begins with as the one before it does; where they are weighed only */
} Strings;

/* logs[start][length] = log P(form[start, start + length) | letter) for one letter. */
typedef float LetterLogs[LONGEST_FORM + 1][LONGEST_READ + 1];

/* What the letters met so far became in a form, kept while many texts are weighed against it. */
typedef struct {
    const Letters *letters;
    const uint32_t *form;
    int32_t n;
    uint32_t cached[LETTER_SLOTS]; /* 0: empty */
    LetterLogs logs[LETTER_SLOTS];
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
