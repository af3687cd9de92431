/* The letters' model: log P of a form, given a text, along the best alignment of its letters.
 *
 * Tables are read-only arrays that Python maps from a model file and checks once (channel_core.py). Nothing is allocated
 * here; every function is deterministic and safe to call from several threads. */
#include "letters.h"

static uint64_t packed(const uint32_t *text, int32_t n) {
    uint64_t key = 0;
    for (int32_t i = 0; i < n; i++) key = key << 21 | (text[i] & 0x1fffff);
    return key;
}

/* The number of a letter, letter_count where it is unknown. */
static int32_t letter_number(const Letters *t, uint32_t letter) {
    int32_t low = 0, high = t->letter_count - 1;
    while (low <= high) {
        int32_t middle = (low + high) / 2;
        if (t->letters[middle] == letter) return middle;
        if (t->letters[middle] < letter) low = middle + 1; else high = middle - 1;
    }
    return t->letter_count;
}

static int32_t first_read(const Letters *t, uint64_t key) {
    int32_t low = 0, high = t->read_count;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (t->reads[middle] < key) low = middle + 1; else high = middle;
    }
    return low;
}

/* Of a reading that was never seen: the further it is from one letter, the less likely. */
static float unseen_log(const Letters *t, int32_t length) {
    return -t->alphabet * (float)(1 + (length > 1 ? length - 1 : 1 - length));
}

void start_weights(Weights *w, const Letters *t, const uint32_t *form, int32_t n) {
    w->letters = t, w->form = form, w->n = n;
    for (int32_t letter = 0; letter < t->letter_count; letter++)
        for (int32_t start = 0; start <= n; start++)
            for (int32_t length = 0; length <= LONGEST_READ; length++)
                w->logs[letter][start][length] = t->unseen[letter] + unseen_log(t, length);
    for (int32_t start = 0; start <= n; start++)
        for (int32_t length = 0; length <= LONGEST_READ && start + length <= n; length++) {
            uint64_t key = packed(form + start, length);
            for (int32_t i = first_read(t, key); i < t->read_count && t->reads[i] == key; i++)
                w->logs[t->read_letters[i]][start][length] = t->read_logs[i];
        }
}

typedef float LetterLogs[LONGEST_FORM + 1][LONGEST_READ + 1];

/* logs[start][length] for one letter of a text. */
static const LetterLogs *logs_of(Weights *w, int32_t number, uint32_t letter) {
    const Letters *t = w->letters;
    if (number == t->letter_count)
        for (int32_t start = 0; start <= w->n; start++)
            for (int32_t length = 0; length <= LONGEST_READ && start + length <= w->n; length++)
                w->logs[number][start][length] =
                    length == 1 && w->form[start] == letter ? t->identity : t->other + unseen_log(t, length);
    return (const LetterLogs *)&w->logs[number];
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
    Weights weights;
    if (n < 0 || n > LONGEST_FORM || m < 0 || m > LONGEST_PART) return NEVER;
    start_weights(&weights, t, form, n);
    start_column(columns[0], n);
    for (int32_t i = 0; i < m; i++) {
        const LetterLogs *logs = logs_of(&weights, letter_number(t, text[i]), text[i]);
        add_letter(*logs, 0, n, columns[i & 1], columns[(i + 1) & 1]);
    }
    return columns[m & 1][n] > NEVER / 2 ? columns[m & 1][n] : NEVER;
}

/* What must be known of a sorted table before its strings are weighed: see Strings. */
void thidua_prepare(const Letters *t, const Strings *texts, uint8_t *shared, uint16_t *letters) {
    for (int32_t k = 0; k < texts->count; k++) {
        uint32_t start = texts->starts[k], size = texts->starts[k + 1] - start, before = k ? texts->starts[k - 1] : start;
        uint32_t same = 0, most = k ? start - before : 0;
        if (most > size) most = size;
        if (most > LONGEST_PART) most = LONGEST_PART;
        while (same < most && texts->points[start + same] == texts->points[before + same]) same++;
        shared[k] = (uint8_t)same;
        for (uint32_t i = start; i < start + size; i++) letters[i] = (uint16_t)letter_number(t, texts->points[i]);
    }
}

static int worth_it(const Least *least, float log, int32_t text) {
    return log >= least->log && (!least->gains || log + least->gains[text] >= least->rank);
}

int32_t weigh_texts(Weights *w, int32_t first, const Strings *texts, Least least, float *logs, int32_t *likely) {
    float columns[LONGEST_PART + 1][LONGEST_FORM + 1], tops[LONGEST_PART + 1];
    int32_t depth = 0, n = w->n - first, found = 0; /* depth: letters that are weighed */
    start_column(columns[0], n);
    tops[0] = 0;
    for (int32_t k = 0; k < texts->count; k++) {
        if (texts->shared[k] < depth) depth = texts->shared[k];
        if (!worth_it(&least, tops[depth], k)) continue;
        uint32_t start = texts->starts[k];
        int32_t m = (int32_t)(texts->starts[k + 1] - start);
        for (; m <= LONGEST_PART && depth < m && worth_it(&least, tops[depth], k); depth++) {
            const LetterLogs *letter = logs_of(w, texts->letters[start + depth], texts->points[start + depth]);
            tops[depth + 1] = add_letter(*letter, first, n, columns[depth], columns[depth + 1]);
        }
        if (m == depth && worth_it(&least, columns[m][n], k)) logs[k] = columns[m][n], likely[found++] = k;
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
