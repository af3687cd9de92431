/* The channel's inner loops: what printed syllable became a piece of badly read text, and with what probability.
 *
 * All tables are read-only arrays that Python maps from a model file and checks once (channel_core.py). Strings are code
 * points; a table of strings is `points` with `starts` (count + 1 offsets). Probabilities are natural logarithms.
 * Nothing is allocated here; every function is deterministic and safe to call from several threads. */
#include "letters.h"

#include <math.h>

#define LONGEST_PIECE 14 /* longer pieces are no syllables */
#define LONGEST_ONSET 5  /* code points of what an onset became */
#define MOST_PRINTS 8192 /* printed syllables that one piece may be, before the best are taken */
#define STEPS 16.0f
#define LEAST (-24.0f)   /* log P below which the letters' model gives a syllable up */

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
    const float *alone, *after_onset; /* per rime printed so: the highest rank of a syllable with it, log P aside; else NEVER */
    Inverse onset_reads, rime_reads, syllable_reads;
    int32_t onset_count;
    const int16_t *prints;  /* onset_count x rimes.count: number of the printed syllable, -1 where there is none */
    int32_t print_count;
    const float *prior_logs; /* per printed syllable: weight of its composed probability */
    const float *frequencies; /* per printed syllable: log of how often it is printed, for choosing the best k */
} Channel;

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

/* Printed syllables that a piece may be: their numbers and, by number, log P; -1e9 for all others. */
typedef struct {
    int32_t count, prints[MOST_PRINTS];
    float *best;
} Offers;

static void offer(Offers *o, int32_t print, float log) {
    if (o->best[print] <= NEVER / 2) {
        if (o->count >= MOST_PRINTS) return;
        o->prints[o->count++] = print;
        o->best[print] = log;
    } else if (log > o->best[print]) o->best[print] = log;
}

/* Rimes that may have become the rest of a piece: their numbers and, by number, log P. */
typedef struct {
    int32_t count;
    int32_t *likely;
    float *logs;
} Rimes;

/* Each onset that may have become onset_read with each of the rimes. */
static void combine(const Channel *c, int32_t onset_read, const Rimes *rimes, Offers *offers) {
    const Inverse *onsets = &c->onset_reads;
    for (uint32_t i = onsets->entry_starts[onset_read]; i < onsets->entry_starts[onset_read + 1]; i++) {
        const int16_t *prints = c->prints + (int64_t)onsets->parts[i] * c->rimes.count;
        float onset_log = (float)onsets->costs[i] / -STEPS;
        for (int32_t j = 0; j < rimes->count; j++) {
            int32_t print = prints[rimes->likely[j]];
            if (print >= 0) offer(offers, print, onset_log + rimes->logs[rimes->likely[j]] + c->prior_logs[print]);
        }
    }
}

static float best_onset(const Inverse *onsets, int32_t read) {
    float best = NEVER;
    for (uint32_t i = onsets->entry_starts[read]; i < onsets->entry_starts[read + 1]; i++)
        if ((float)onsets->costs[i] / -STEPS > best) best = (float)onsets->costs[i] / -STEPS;
    return best;
}

/* What is asked for: the k syllables of highest rank, none more than `margin` behind the first; room for them. */
typedef struct {
    int32_t k;
    float margin, enough;
    int32_t *prints;
    float *ranks;
} Wanted;

/* The rimes that a remembered reading may come from. */
static void remember(const Inverse *rimes, int32_t read, Rimes *found) {
    found->count = 0;
    for (uint32_t j = rimes->entry_starts[read]; j < rimes->entry_starts[read + 1]; j++) {
        found->logs[rimes->parts[j]] = (float)rimes->costs[j] / -STEPS;
        found->likely[found->count++] = rimes->parts[j];
    }
}

/* The k offers of highest rank, best first: log P with how frequent they are. Returns how many there are. */
static int32_t best_offers(const Channel *c, const Offers *o, int32_t k, int32_t *prints, float *ranks) {
    int32_t found = 0;
    for (int32_t i = 0; i < o->count; i++) {
        int32_t print = o->prints[i], at = found;
        float rank = o->best[print] + c->frequencies[print];
        if (found == k && rank < ranks[k - 1]) continue;
        for (; at > 0 && (ranks[at - 1] < rank || (ranks[at - 1] == rank && prints[at - 1] > print)); at--)
            if (at < k) ranks[at] = ranks[at - 1], prints[at] = prints[at - 1];
        if (at < k) ranks[at] = rank, prints[at] = print;
        if (found < k) found++;
    }
    return found;
}

/* The rank that a further offer must have to be among what is asked for. */
static float least_rank(const Channel *c, const Offers *o, const Wanted *w) {
    int32_t found = best_offers(c, o, w->k, w->prints, w->ranks);
    float rank = found ? w->ranks[0] - w->margin : NEVER / 2; /* above what is never printed */
    return found == w->k ? fmaxf(rank, w->ranks[found - 1]) : rank;
}

/* Parts of the piece as onset and rime. The letters' model is asked only where no remembered reading explains the piece at least
 * as well as `enough`. */
static void compose(const Channel *c, const uint32_t *piece, int32_t n, const Wanted *w, Rimes *rimes, Offers *offers) {
    int32_t onset_reads[LONGEST_ONSET + 1];
    float top = NEVER;
    for (int32_t cut = 0; cut <= LONGEST_ONSET && cut <= n; cut++) {
        onset_reads[cut] = find_string(&c->onset_reads.reads, piece, cut);
        int32_t rime = onset_reads[cut] < 0 ? -1 : find_string(&c->rime_reads.reads, piece + cut, n - cut);
        if (rime < 0) continue;
        remember(&c->rime_reads, rime, rimes);
        combine(c, onset_reads[cut], rimes, offers);
    }
    for (int32_t i = 0; i < offers->count; i++)
        top = fmaxf(top, offers->best[offers->prints[i]] - c->prior_logs[offers->prints[i]]);
    if (top >= w->enough) return;
    Weights weights;
    start_weights(&weights, &c->letters, piece, n);
    for (int32_t cut = 0; cut <= LONGEST_ONSET && cut <= n; cut++) {
        if (onset_reads[cut] < 0) continue;
        float onset = best_onset(&c->onset_reads, onset_reads[cut]);
        Least least = {LEAST - onset, least_rank(c, offers, w) - onset, cut ? c->after_onset : c->alone};
        if (least.log > 0) continue;
        rimes->count = weigh_texts(&weights, cut, &c->rimes, least, rimes->logs, rimes->likely);
        combine(c, onset_reads[cut], rimes, offers);
    }
}

/* What is remembered of the whole piece, beside what its parts say. */
static void add_known(const Channel *c, const uint32_t *piece, int32_t n, Offers *offers) {
    const Inverse *syllables = &c->syllable_reads;
    int32_t known = find_string(&syllables->reads, piece, n);
    if (known < 0) return;
    for (uint32_t i = syllables->entry_starts[known]; i < syllables->entry_starts[known + 1]; i++) {
        float direct = (float)syllables->costs[i] / -STEPS, composed = offers->best[syllables->parts[i]];
        float log = composed <= NEVER / 2 ? direct
                    : direct > composed   ? direct + log1pf(expf(composed - direct))
                                          : composed + log1pf(expf(direct - composed));
        offer(offers, syllables->parts[i], log);
    }
}

/* The k printed syllables that most likely became this piece, by log P(piece | syllable) and how frequent they are, with that log P;
 * of those further than `margin` behind the likeliest, any may be missing.
 *
 * best: scratch of print_count floats, all -1e9 (left so); rime_logs, rimes: scratch of rimes.count numbers. Returns how many were
 * found. */
int32_t thidua_channel_syllables(const Channel *c, const uint32_t *piece, int32_t n, int32_t k, float margin, float enough,
                                 float *best, float *rime_logs, int32_t *rimes, int32_t *prints, float *logs) {
    Offers offers;
    Rimes likely = {0, rimes, rime_logs};
    Wanted wanted = {k, margin, enough, prints, logs};
    offers.count = 0, offers.best = best;
    if (n < 1 || n > LONGEST_PIECE) return 0;
    compose(c, piece, n, &wanted, &likely, &offers);
    add_known(c, piece, n, &offers);
    int32_t found = best_offers(c, &offers, k, prints, logs);
    for (int32_t i = 0; i < found; i++) logs[i] = best[prints[i]];
    for (int32_t i = 0; i < offers.count; i++) best[offers.prints[i]] = NEVER;
    return found;
}
