/* The letters' model: log P of a form, given a text, along the best alignment of its letters.
 *
 * Tables are read-only arrays that Python maps from a model file and checks once (channel_core.py). Nothing is allocated
 * here; every function is deterministic and safe to call from several threads. */
#include "letters.h"

#include <math.h>

static uint64_t packed(const uint32_t *text, int32_t n) {
    uint64_t key = 0;
    for (int32_t i = 0; i < n; i++) key = key << 21 | (text[i] & 0x1fffff);
    return key;
}

static int32_t letter_row(const Letters *t, uint32_t letter) {
    int32_t low = 0, high = t->letter_count - 1;
    while (low <= high) {
        int32_t middle = (low + high) / 2;
        if (t->letters[middle] == letter) return middle;
        if (t->letters[middle] < letter) low = middle + 1; else high = middle - 1;
    }
    return -1;
}

/* log P(read | letter); row is letter_row(letter) */
static float letter_log(const Letters *t, int32_t row, uint32_t letter, const uint32_t *read, int32_t n) {
    float unseen = -t->alphabet * (float)(1 + (n > 1 ? n - 1 : 1 - n));
    if (row < 0) return n == 1 && read[0] == letter ? t->identity : t->other + unseen;
    uint64_t key = packed(read, n);
    int64_t low = t->read_starts[row], high = (int64_t)t->read_starts[row + 1] - 1;
    while (low <= high) {
        int64_t middle = (low + high) / 2;
        if (t->reads[middle] == key) return t->read_logs[middle];
        if (t->reads[middle] < key) low = middle + 1; else high = middle - 1;
    }
    return t->unseen[row] + unseen;
}

static void weigh_letter(const Letters *t, uint32_t letter, const uint32_t *form, int32_t n, LetterLogs logs) {
    int32_t row = letter_row(t, letter);
    for (int32_t start = 0; start <= n; start++)
        for (int32_t length = 0; length <= LONGEST_READ && start + length <= n; length++)
            logs[start][length] = letter_log(t, row, letter, form + start, length);
}

/* next[e] = best log P of form[first, first + e) given the letters so far and one more; returns the best of them */
static float add_letter(const LetterLogs logs, int32_t first, int32_t n, const float *reached, float *next) {
    float top = NEVER;
    for (int32_t end = 0; end <= n; end++) {
        float best = reached[end] + logs[first + end][0];
        for (int32_t length = 1; length <= LONGEST_READ && length <= end; length++) {
            float total = reached[end - length] + logs[first + end - length][length];
            if (total > best) best = total;
        }
        next[end] = best;
        if (best > top) top = best;
    }
    return top;
}

static void start_column(float *column, int32_t n) {
    column[0] = 0;
    for (int32_t i = 1; i <= n; i++) column[i] = NEVER;
}

/* log P(form | text) along the best alignment of letters; -1e9 where there is none or one of them is too long */
float thidua_letters_log(const Letters *t, const uint32_t *form, int32_t n, const uint32_t *text, int32_t m) {
    float columns[2][LONGEST_FORM + 1];
    LetterLogs logs;
    if (n < 0 || n > LONGEST_FORM || m < 0 || m > LONGEST_PART) return NEVER;
    start_column(columns[0], n);
    for (int32_t i = 0; i < m; i++) {
        weigh_letter(t, text[i], form, n, logs);
        add_letter(logs, 0, n, columns[i & 1], columns[(i + 1) & 1]);
    }
    return columns[m & 1][n] > NEVER / 2 ? columns[m & 1][n] : NEVER;
}

void start_weights(Weights *w, const Letters *letters, const uint32_t *form, int32_t n) {
    w->letters = letters, w->form = form, w->n = n;
    for (int32_t i = 0; i < LETTER_SLOTS; i++) w->cached[i] = 0;
}

static const LetterLogs *weights_of(Weights *w, uint32_t letter) {
    uint32_t slot = letter % LETTER_SLOTS;
    if (w->cached[slot] != letter) {
        weigh_letter(w->letters, letter, w->form, w->n, w->logs[slot]);
        w->cached[slot] = letter;
    }
    return (const LetterLogs *)&w->logs[slot];
}

/* The code points that each string of a sorted table begins with as the one before it does. */
void thidua_shared_starts(const Strings *texts, uint8_t *shared) {
    for (int32_t k = 0; k < texts->count; k++) {
        const uint32_t *text = texts->points + texts->starts[k], *end = texts->points + texts->starts[k + 1];
        const uint32_t *other = k ? texts->points + texts->starts[k - 1] : text, *stop = texts->points + texts->starts[k];
        int32_t same = 0;
        while (same < LONGEST_PART && text + same < end && other + same < stop && text[same] == other[same]) same++;
        shared[k] = (uint8_t)same;
    }
}

int32_t weigh_texts(Weights *w, int32_t first, const Strings *texts, Least least, float *logs, int32_t *likely) {
    float columns[LONGEST_PART + 1][LONGEST_FORM + 1], tops[LONGEST_PART + 1];
    int32_t depth = 0, n = w->n - first, found = 0; /* depth: letters that are weighed */
    start_column(columns[0], n);
    tops[0] = 0;
    for (int32_t k = 0; k < texts->count; k++) {
        if (texts->shared[k] < depth) depth = texts->shared[k];
        float least_log = least.gains ? fmaxf(least.log, least.rank - least.gains[k]) : least.log;
        if (tops[depth] < least_log) continue;
        const uint32_t *text = texts->points + texts->starts[k];
        int32_t m = (int32_t)(texts->starts[k + 1] - texts->starts[k]);
        for (; m <= LONGEST_PART && depth < m && tops[depth] >= least_log; depth++)
            tops[depth + 1] = add_letter(*weights_of(w, text[depth]), first, n, columns[depth], columns[depth + 1]);
        if (m == depth && columns[m][n] >= least_log) logs[k] = columns[m][n], likely[found++] = k;
    }
    return found;
}

/* log P(form | text) for each string of a sorted table, -1e9 where it is below `least`; likely: scratch of as many numbers. */
void thidua_letters_logs(const Letters *t, const uint32_t *form, int32_t n, const Strings *texts, float least, float *logs,
                         int32_t *likely) {
    Weights weights;
    for (int32_t k = 0; k < texts->count; k++) logs[k] = NEVER;
    if (n < 0 || n > LONGEST_FORM) return;
    start_weights(&weights, t, form, n);
    weigh_texts(&weights, 0, texts, (Least){least, least, 0}, logs, likely);
}
