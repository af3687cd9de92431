/* Decodes a lattice in two passes: the second knows which words the text itself uses, and how badly it was read. */
#include "search.h"

#include <math.h>
#include <stdlib.h>

#define MOST_NOISE (-8.0f) /* ln P(form | text): less is no noise, but a word that the channel does not know */
#define MOST_MORE 0.5f     /* nats of noise beyond an ordinary page that count */

/* The words of the first pass, each as often as it is likely, and the pairs that stand side by side. */
static Memory *remembered(const Search *s, const Lattice *lattice, const float *posterior, const uint8_t *chosen)
{
    const Readings *r = s->readings;
    Memory *memory = memory_new(s->lm->words, lattice->size, s->options->memory);
    uint16_t previous = PARAGRAPH;
    for (uint32_t a = 0; memory != NULL && a < lattice->arcs; a++)
        for (uint32_t k = r->set_start[lattice->arc_set[a]], p = lattice->arc_place[a];
             k < r->set_start[lattice->arc_set[a] + 1]; k++, p++) {
            if (posterior[p] < FORGOTTEN)
                continue;
            for (uint32_t u = first_unit(r, k); u < end_unit(r, k); u++) {
                memory_add(memory, r->unit[u], posterior[p]);
                if (chosen[p]) {
                    memory_add_pair(memory, previous, r->unit[u], posterior[p]);
                    previous = r->unit[u];
                }
            }
        }
    return memory;
}

/* The first syllable of a reading, or its first unit where it has none. */
static uint16_t head(const Readings *r, uint32_t reading)
{
    uint32_t first = first_unit(r, reading), end = end_unit(r, reading);
    for (uint32_t u = first; u < end; u++)
        if (r->unit[u] >= FIRST_SYLLABLE)
            return r->unit[u];
    return first < end ? r->unit[first] : 0;
}

/* What each reading has put into the memory together with its twins, the same word printed with other capitals or marks: a
   word is no evidence for itself. 0 where a reading is left out of the second pass. */
static void share(const Readings *r, const Lattice *lattice, const float *posterior, float *seen)
{
    for (uint32_t a = 0; a < lattice->arcs; a++) {
        uint32_t set = r->set_start[lattice->arc_set[a]], size = r->set_start[lattice->arc_set[a] + 1] - set;
        const float *given = posterior + lattice->arc_place[a];
        float *own = seen + lattice->arc_place[a];
        for (uint32_t k = 0; k < size; k++) {
            own[k] = 0.0f;
            if (given[k] < FORGOTTEN)
                continue;
            uint16_t word = head(r, set + k);
            for (uint32_t other = 0; other < size; other++)
                if (given[other] >= FORGOTTEN && head(r, set + other) == word)
                    own[k] += given[other];
        }
    }
}

/* How a text was read, by the first pass. */
typedef struct {
    float specks; /* tokens left out */
    float noise;  /* -ln P(form | text) of a token that has several readings, on average */
} Condition;

static Condition condition(const Readings *r, const Lattice *lattice, const float *posterior)
{
    float specks = 0.0f, cost = 0.0f, weight = 0.0f;
    for (uint32_t a = 0; a < lattice->arcs; a++) {
        uint32_t set = r->set_start[lattice->arc_set[a]], end = r->set_start[lattice->arc_set[a] + 1];
        const float *given = posterior + lattice->arc_place[a];
        if (end - set < 2)
            continue;
        for (uint32_t k = set; k < end; k++) {
            weight += given[k - set];
            cost -= given[k - set] * fmaxf(r->score[k], MOST_NOISE);
            if (first_unit(r, k) == end_unit(r, k))
                specks += given[k - set];
        }
    }
    return (Condition){specks, weight > 0.0f ? cost / weight : 0.0f};
}

/* Fits the second pass to the text. The noisier it is, the less its letters say, against the language model: the channel
   takes them for independent of each other. */
static void adapt(Search *s, Options *options, Condition found, uint32_t tokens)
{
    float more = fminf(fmaxf(found.noise - options->noise, 0.0f), MOST_MORE) * options->noisy;
    float usual = options->ordinary;
    s->speck = logf((found.specks / options->specks + usual) / ((float)tokens + usual));
    options->language += more;
    options->marks += more;
    s->options = options;
}

static int well_formed(const Readings *readings, const Lattice *lattice)
{
    for (uint32_t t = 0; t < lattice->size; t++) {
        if (lattice->arc_first[t] > lattice->arc_first[t + 1] || lattice->arc_first[t + 1] > lattice->arcs)
            return 0;
        for (uint32_t a = lattice->arc_first[t]; a < lattice->arc_first[t + 1]; a++) {
            uint32_t set = lattice->arc_set[a], span = lattice->arc_span[a];
            if (span < 1 || span > MAX_SPAN || t + span > lattice->size || set >= readings->sets ||
                lattice->arc_place[a] + readings->set_start[set + 1] - readings->set_start[set] > lattice->places)
                return 0;
        }
    }
    return 1;
}

/* Fills posterior[], one value a reading of each arc; chosen[] is 1 for the readings that make the text. Returns 0, or MALFORMED
   where the lattice has no path or leads out of its arrays, or NO_MEMORY. */
int32_t thidua_decode(const Language *lm, const Readings *readings, const Options *options, const Lattice *lattice,
                      float *posterior, uint8_t *chosen)
{
    Search s = {.lm = lm, .readings = readings, .options = options};
    if (lattice->size == 0)
        return 0;
    if (!well_formed(readings, lattice))
        return MALFORMED;
    int32_t failed = search_lattice(&s, lattice, posterior, chosen);
    if (!failed && options->memory > 0.0f) {
        Memory *memory = remembered(&s, lattice, posterior, chosen);
        Options second = *options;
        float *seen = malloc(lattice->places * sizeof *seen);
        if (memory == NULL || seen == NULL)
            failed = NO_MEMORY;
        else {
            share(readings, lattice, posterior, seen);
            s.memory = memory;
            adapt(&s, &second, condition(readings, lattice, posterior), lattice->size);
            s.seen = seen;
            failed = search_lattice(&s, lattice, posterior, chosen);
        }
        memory_free(memory);
        free(seen);
    }
    search_free(&s);
    return failed;
}
