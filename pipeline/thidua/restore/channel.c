/* The channel's inner loops: what printed syllable became a piece of badly read text, and with what probability.
 *
 * All tables are read-only arrays that Python maps from a model file and checks once (channel_core.py). Strings are code
 * points; a table of strings is `points` with `starts` (count + 1 offsets). Probabilities are natural logarithms.
 * Nothing is allocated here; every function is deterministic and safe to call from several threads. */
#include <math.h>
#include <stdint.h>

#define LONGEST_READ 3   /* code points that one printed letter may become */
#define LONGEST_FORM 24  /* code points of a form that letters are weighed in */
#define LONGEST_PIECE 14 /* longer pieces are no syllables */
#define LONGEST_PART 16  /* code points of an onset, a rime or a word */
#define LONGEST_ONSET 5  /* code points of what an onset became */
#define MOST_PRINTS 8192 /* printed syllables that one piece may be, before the best are taken */
#define NEVER (-1e9f)
#define STEPS 16.0f
#define LETTER_SLOTS 509 /* prime; Vietnamese letters fall on different ones, mostly */
#define LEAST (-24.0f)   /* log P below which the letters' model gives a syllable up */

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
} Strings;

/* For each known piece of reading: which parts it may come from. */
typedef struct {
    Strings reads;               /* sorted by code points */
    const uint32_t *entry_starts; /* per read, count + 1 */
    const uint16_t *parts;
    const uint8_t *costs; /* -log P in steps of 1 / STEPS */
} Inverse;

typedef struct {
    Letters letters;
    Strings rimes;          /* printed, sorted by code points */
    const uint8_t *alone, *after_onset; /* per rime: 1 where it is printed so */
    Inverse onset_reads, rime_reads, syllable_reads;
    int32_t onset_count;
    const int16_t *prints;  /* onset_count x rimes.count: number of the printed syllable, -1 where there is none */
    int32_t print_count;
    const float *prior_logs; /* per printed syllable: weight of its composed probability */
    const float *frequencies; /* per printed syllable: log of how often it is printed, for choosing the best k */
} Channel;

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

/* logs[start][length] = log P(form[start, start + length) | letter) for one letter. */
typedef float LetterLogs[LONGEST_FORM + 1][LONGEST_READ + 1];

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

/* What the letters met so far became in a form, kept while many texts are weighed against it. */
typedef struct {
    const Letters *letters;
    const uint32_t *form;
    int32_t n;
    uint32_t cached[LETTER_SLOTS]; /* 0: empty */
    LetterLogs logs[LETTER_SLOTS];
} Weights;

static void start_weights(Weights *w, const Letters *letters, const uint32_t *form, int32_t n) {
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

/* log P(form[first, n) | text) for each string of a sorted table, -1e9 where it is below `least`. Neighbours share the work on their
 * common start; a start that is already too unlikely is not followed. wanted (may be null): texts with 0 there are passed over. */
static void weigh_texts(Weights *w, int32_t first, const Strings *texts, const uint8_t *wanted, float least, float *logs) {
    float columns[LONGEST_PART + 1][LONGEST_FORM + 1], tops[LONGEST_PART + 1];
    uint32_t done[LONGEST_PART];
    int32_t depth = 0, n = w->n - first;
    start_column(columns[0], n);
    tops[0] = 0;
    for (int32_t k = 0; k < texts->count; k++) {
        const uint32_t *text = texts->points + texts->starts[k];
        int32_t m = (int32_t)(texts->starts[k + 1] - texts->starts[k]), i = 0;
        logs[k] = NEVER;
        if (m > LONGEST_PART || (wanted && !wanted[k])) continue;
        while (i < depth && i < m && done[i] == text[i]) i++;
        for (depth = i; i < m && tops[i] >= least; depth = ++i) {
            done[i] = text[i];
            tops[i + 1] = add_letter(*weights_of(w, text[i]), first, n, columns[i], columns[i + 1]);
        }
        if (i == m && columns[m][n] >= least) logs[k] = columns[m][n];
    }
}

/* log P(form | text) for each string of a sorted table, -1e9 where it is below `least`. */
void thidua_letters_logs(const Letters *t, const uint32_t *form, int32_t n, const Strings *texts, float least, float *logs) {
    Weights weights;
    if (n < 0 || n > LONGEST_FORM) {
        for (int32_t k = 0; k < texts->count; k++) logs[k] = NEVER;
        return;
    }
    start_weights(&weights, t, form, n);
    weigh_texts(&weights, 0, texts, 0, least, logs);
}

static int32_t find_string(const Strings *table, const uint32_t *text, int32_t n) {
    int32_t low = 0, high = table->count - 1;
    while (low <= high) {
        int32_t middle = (low + high) / 2, i = 0;
        const uint32_t *other = table->points + table->starts[middle];
        int32_t m = (int32_t)(table->starts[middle + 1] - table->starts[middle]);
        while (i < n && i < m && text[i] == other[i]) i++;
        if (i == n && i == m) return middle;
        if (i == m || (i < n && other[i] < text[i])) low = middle + 1; else high = middle - 1;
    }
    return -1;
}

static void offer(float *best, int32_t *touched, int32_t *count, int32_t print, float log) {
    if (best[print] <= NEVER / 2) {
        if (*count >= MOST_PRINTS) return;
        touched[(*count)++] = print;
        best[print] = log;
    } else if (log > best[print]) best[print] = log;
}

/* Each onset that may have become onset_read with each rime of rime_read (-1: with every rime, by its log in rime_logs). */
static void combine(const Channel *c, int32_t onset_read, int32_t rime_read, const float *rime_logs, float *best,
                    int32_t *touched, int32_t *count) {
    const Inverse *onsets = &c->onset_reads, *rimes = &c->rime_reads;
    for (uint32_t i = onsets->entry_starts[onset_read]; i < onsets->entry_starts[onset_read + 1]; i++) {
        const int16_t *prints = c->prints + (int64_t)onsets->parts[i] * c->rimes.count;
        float onset_log = (float)onsets->costs[i] / -STEPS;
        if (rime_read >= 0) {
            for (uint32_t j = rimes->entry_starts[rime_read]; j < rimes->entry_starts[rime_read + 1]; j++)
                if (prints[rimes->parts[j]] >= 0)
                    offer(best, touched, count, prints[rimes->parts[j]], onset_log + (float)rimes->costs[j] / -STEPS);
        } else {
            for (int32_t j = 0; j < c->rimes.count; j++)
                if (prints[j] >= 0 && rime_logs[j] > NEVER / 2)
                    offer(best, touched, count, prints[j], onset_log + rime_logs[j]);
        }
    }
}

static float best_onset(const Inverse *onsets, int32_t read) {
    float best = NEVER;
    for (uint32_t i = onsets->entry_starts[read]; i < onsets->entry_starts[read + 1]; i++)
        if ((float)onsets->costs[i] / -STEPS > best) best = (float)onsets->costs[i] / -STEPS;
    return best;
}

/* The k printed syllables that most likely became this piece, by log P(piece | syllable) and how frequent they are, with that log P.
 *
 * best: scratch of print_count floats, all -1e9 (left so); rime_logs: scratch of rimes.count floats. The letters' model is asked only
 * where no remembered reading explains the piece at least as well as `enough`. Returns how many were found. */
int32_t thidua_channel_syllables(const Channel *c, const uint32_t *piece, int32_t n, int32_t k, float enough, float *best,
                                 float *rime_logs, int32_t *prints, float *logs) {
    int32_t touched[MOST_PRINTS], count = 0, found = 0, onset_reads[LONGEST_ONSET + 1];
    float top = NEVER;
    if (n < 1 || n > LONGEST_PIECE) return 0;
    for (int32_t cut = 0; cut <= LONGEST_ONSET && cut <= n; cut++) {
        onset_reads[cut] = find_string(&c->onset_reads.reads, piece, cut);
        int32_t rime = onset_reads[cut] < 0 ? -1 : find_string(&c->rime_reads.reads, piece + cut, n - cut);
        if (rime < 0) continue;
        combine(c, onset_reads[cut], rime, rime_logs, best, touched, &count);
    }
    for (int32_t i = 0; i < count; i++) if (best[touched[i]] > top) top = best[touched[i]];
    if (top < enough) {
        Weights weights;
        start_weights(&weights, &c->letters, piece, n);
        for (int32_t cut = 0; cut <= LONGEST_ONSET && cut <= n; cut++) {
            if (onset_reads[cut] < 0) continue;
            float least = LEAST - best_onset(&c->onset_reads, onset_reads[cut]);
            if (least > 0) continue;
            weigh_texts(&weights, cut, &c->rimes, cut ? c->after_onset : c->alone, least, rime_logs);
            combine(c, onset_reads[cut], -1, rime_logs, best, touched, &count);
        }
    }
    for (int32_t i = 0; i < count; i++) best[touched[i]] += c->prior_logs[touched[i]];
    int32_t known = find_string(&c->syllable_reads.reads, piece, n);
    if (known >= 0)
        for (uint32_t i = c->syllable_reads.entry_starts[known]; i < c->syllable_reads.entry_starts[known + 1]; i++) {
            int32_t print = c->syllable_reads.parts[i];
            float direct = (float)c->syllable_reads.costs[i] / -STEPS, composed = best[print];
            float log = composed <= NEVER / 2 ? direct
                        : direct > composed   ? direct + log1pf(expf(composed - direct))
                                              : composed + log1pf(expf(direct - composed));
            offer(best, touched, &count, print, log);
        }
    for (int32_t i = 0; i < count; i++) {
        int32_t print = touched[i], at = found < k ? found++ : k;
        float rank = best[print] + c->frequencies[print];
        while (at > 0) {
            float other = logs[at - 1] + c->frequencies[prints[at - 1]];
            if (other > rank || (other == rank && prints[at - 1] < print)) break;
            if (at < k) logs[at] = logs[at - 1], prints[at] = prints[at - 1];
            at--;
        }
        if (at < k) logs[at] = best[print], prints[at] = print;
        best[print] = NEVER;
    }
    return found;
}
