/* Beam search over a lattice of readings, then forward-backward over what the beam kept.

   A hypothesis stands between two tokens: a language model context and how the last syllable was printed. Hypotheses that
   agree in both are one. Every step from hypothesis to hypothesis by a reading is kept as an edge; the posterior of a reading
   is the share of all paths that use one of its edges. */
#include "language.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SPAN 3
#define MALFORMED 1
#define NO_MEMORY 2
#define MARK 4           /* shape of a unit without case; also "no syllable yet" */
#define PARAGRAPH 1      /* id */
#define SOFT_GAP 1       /* between two syllables: a comma or number, a dash, the end of a sentence, of a paragraph */
#define DASH_GAP 2
#define STOP_GAP 3
#define PARAGRAPH_GAP 4
#define GAPS 5
#define FIRST_MARK 7     /* ids of the classes and marks, as in vocabulary.py */
#define FIRST_SYLLABLE 16
#define FORGOTTEN 1e-5f  /* a reading under this posterior is left out of the second pass */

typedef struct {
    uint32_t sets;
    uint32_t readings;
    uint32_t units;
    const uint32_t *set_start;  /* [sets + 1] into readings */
    const float *score;         /* [readings] ln P(form | text) */
    const uint32_t *unit_start; /* [readings + 1] into unit, shape */
    const uint16_t *unit;
    const uint8_t *shape;
} Readings;

typedef struct {
    uint32_t beam;
    float threshold;      /* hypotheses this far (in nats) behind the best are dropped */
    float language;       /* weight of the language model against the channel */
    float marks;          /* the same for a punctuation mark */
    float cases;          /* weight of the model of capitals */
    float paragraph[3];   /* added where a paragraph ends at a break of kind 0, 1, 2 (0: impossible) */
    float temperature;    /* of the posterior */
    float memory;         /* share of the text's own words in the second pass; 0: one pass */
} Options;

/* Arcs are sorted by their first token: arc_first[t] .. arc_first[t + 1] start at token t. Arc a spans arc_span[a] tokens,
   its readings are those of set arc_set[a], their posteriors stand at arc_place[a]. */
typedef struct {
    uint32_t size; /* tokens */
    uint32_t arcs;
    uint32_t places;
    const uint8_t *breaks;      /* [size] */
    const uint32_t *arc_first;  /* [size + 1] */
    const uint8_t *arc_span;    /* [arcs] */
    const uint32_t *arc_set;
    const uint32_t *arc_place;
} Lattice;

typedef struct {
    Context context;
    uint16_t previous; /* last unit */
    uint8_t printed;   /* last shape * GAPS + gap since */
    float best;        /* score of the best path to here */
} State;

typedef struct {
    State state;
    float forward;  /* ln of the summed, tempered weight of all kept paths to here */
    float backward; /* the same from here to the end */
    uint32_t edge;  /* last edge of the best path */
} Hypothesis;

typedef struct {
    uint32_t from, to; /* hypotheses */
    uint32_t reading;  /* place in the posteriors */
    float score;
} Edge;

/* A step that has been scored; it becomes an edge if the beam keeps it. */
typedef struct {
    State state;
    uint32_t from;
    uint32_t reading;
} Arrival;

typedef struct {
    Arrival *item;
    size_t count, room;
    float leader; /* best score among them */
} Arrivals;

typedef struct {
    const Language *lm;
    const Readings *readings;
    const Options *options;
    Hypothesis *hypothesis;
    size_t hypotheses, hypothesis_room;
    Edge *edge;
    size_t edges, edge_room;
    Arrivals arrivals[MAX_SPAN + 1]; /* at a position, by position modulo */
    const Memory *memory;            /* NULL in the first pass */
    const float *seen;               /* posteriors of the first pass */
} Search;

static int grow(void **block, size_t *room, size_t needed, size_t item)
{
    if (needed <= *room)
        return 1;
    size_t wanted = *room * 2 > needed ? *room * 2 : needed + 1024;
    void *larger = realloc(*block, wanted * item);
    if (larger == NULL)
        return 0;
    *block = larger;
    *room = wanted;
    return 1;
}

static uint8_t gap_of(uint16_t unit)
{
    switch (unit) {
    case PARAGRAPH:
        return PARAGRAPH_GAP;
    case FIRST_MARK + 1: /* ; */
    case FIRST_MARK + 2: /* . */
    case FIRST_MARK + 3: /* : */
    case FIRST_MARK + 4: /* ( */
    case FIRST_MARK + 6: /* " */
        return STOP_GAP;
    case FIRST_MARK + 7: /* - */
    case FIRST_MARK + 8: /* / */
        return DASH_GAP;
    default:
        return SOFT_GAP;
    }
}

/* The state moves on by one unit. own: what the first pass gave the reading, which is no evidence for itself. */
static void step(const Search *s, State *state, uint16_t unit, uint8_t shape, float own)
{
    const Options *o = s->options;
    Context next;
    float score = language_step(s->lm, &state->context, unit, &next);
    if (s->memory != NULL && unit >= FIRST_SYLLABLE)
        score = memory_mixed(s->memory, state->previous, unit, own, score);
    state->best += (unit >= FIRST_MARK && unit < FIRST_SYLLABLE ? o->marks : o->language) * score;
    state->context = next;
    state->previous = unit;
    if (shape < SHAPES) {
        uint32_t word = unit < s->lm->words ? unit : 0;
        uint8_t cost = s->lm->cases[((size_t)word * CASE_CONTEXTS + state->printed) * SHAPES + shape];
        state->best -= o->cases * (float)cost / CASE_STEPS;
        state->printed = (uint8_t)(shape * GAPS);
    } else {
        uint8_t gap = gap_of(unit), before = state->printed % GAPS;
        state->printed = (uint8_t)(state->printed - before + (gap > before ? gap : before));
    }
}

/* Scores all readings of one arc behind one state of hypothesis `from` (a paragraph end may have been added to it). */
static int expand(Search *s, uint32_t from, const State *state, uint32_t set, uint32_t place, Arrivals *target)
{
    const Readings *r = s->readings;
    const float margin = s->options->threshold;
    for (uint32_t k = r->set_start[set]; k < r->set_start[set + 1]; k++) {
        Arrival made = {*state, from, place + k - r->set_start[set]};
        float own = s->seen == NULL ? 0.0f : s->seen[made.reading];
        if (s->seen != NULL && own < FORGOTTEN)
            continue;
        made.state.best += r->score[k];
        for (uint32_t u = r->unit_start[k]; u < r->unit_start[k + 1]; u++) {
            if (made.state.best < target->leader - margin)
                break; /* no unit adds to a score */
            step(s, &made.state, r->unit[u], r->shape[u], own);
        }
        if (made.state.best < target->leader - margin)
            continue;
        if (made.state.best > target->leader)
            target->leader = made.state.best;
        if (!grow((void **)&target->item, &target->room, target->count + 1, sizeof made))
            return 0;
        target->item[target->count++] = made;
    }
    return 1;
}

static int by_score(const void *a, const void *b)
{
    const Arrival *x = a, *y = b;
    if (x->state.best != y->state.best)
        return x->state.best > y->state.best ? -1 : 1;
    if (x->reading != y->reading)
        return x->reading < y->reading ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static int same(const State *a, const State *b)
{
    return a->printed == b->printed && a->previous == b->previous &&
           memcmp(&a->context, &b->context, sizeof a->context) == 0;
}

/* Turns the best arrivals into hypotheses and edges; returns the first of the new hypotheses, NONE when memory is short. */
static uint32_t settle(Search *s, Arrivals *arrivals)
{
    size_t first = s->hypotheses, kept = 0;
    for (size_t k = 0; k < arrivals->count; k++)
        if (arrivals->item[k].state.best >= arrivals->leader - s->options->threshold)
            arrivals->item[kept++] = arrivals->item[k];
    if (!grow((void **)&s->hypothesis, &s->hypothesis_room, first + s->options->beam, sizeof *s->hypothesis) ||
        !grow((void **)&s->edge, &s->edge_room, s->edges + kept, sizeof *s->edge))
        return NONE;
    qsort(arrivals->item, kept, sizeof *arrivals->item, by_score);
    for (size_t k = 0; k < kept; k++) {
        const Arrival *made = &arrivals->item[k];
        size_t at = first;
        while (at < s->hypotheses && !same(&s->hypothesis[at].state, &made->state))
            at++;
        if (at == s->hypotheses) {
            if (at - first == s->options->beam)
                continue;
            Hypothesis hypothesis = {made->state, -INFINITY, -INFINITY, (uint32_t)s->edges};
            s->hypothesis[s->hypotheses++] = hypothesis;
        }
        Edge edge = {made->from, (uint32_t)at, made->reading, made->state.best - s->hypothesis[made->from].state.best};
        s->edge[s->edges++] = edge;
    }
    arrivals->count = 0;
    arrivals->leader = -INFINITY;
    return (uint32_t)first;
}

static float add_logs(float a, float b)
{
    if (a < b) {
        float swap = a;
        a = b;
        b = swap;
    }
    return b == -INFINITY ? a : a + log1pf(expf(b - a));
}

/* Posterior of every reading by forward-backward over the edges, which are in the order of their positions. */
static void weigh(Search *s, size_t last, float *posterior)
{
    float scale = 1.0f / s->options->temperature, total = -INFINITY;
    s->hypothesis[0].forward = 0.0f;
    for (size_t k = 0; k < s->edges; k++) {
        const Edge *edge = &s->edge[k];
        Hypothesis *to = &s->hypothesis[edge->to];
        to->forward = add_logs(to->forward, s->hypothesis[edge->from].forward + scale * edge->score);
    }
    for (size_t h = last; h < s->hypotheses; h++) {
        s->hypothesis[h].backward = 0.0f;
        total = add_logs(total, s->hypothesis[h].forward);
    }
    for (size_t k = s->edges; k-- > 0;) {
        const Edge *edge = &s->edge[k];
        Hypothesis *from = &s->hypothesis[edge->from];
        float tail = scale * edge->score + s->hypothesis[edge->to].backward;
        from->backward = add_logs(from->backward, tail);
        posterior[edge->reading] += expf(fminf(0.0f, from->forward + tail - total));
    }
}

/* Scores what may follow the hypotheses [here, there) at token t. */
static int leave(Search *s, const Lattice *lattice, uint32_t t, size_t here, size_t there)
{
    for (size_t h = here; h < there; h++) {
        State variant[2] = {s->hypothesis[h].state, s->hypothesis[h].state};
        int variants = 1;
        if (t > 0 && lattice->breaks[t] > 0 && lattice->breaks[t] < 3) {
            step(s, &variant[1], PARAGRAPH, MARK, 0.0f);
            variant[1].best += s->options->paragraph[lattice->breaks[t]];
            variants = 2;
        }
        for (uint32_t a = lattice->arc_first[t]; a < lattice->arc_first[t + 1]; a++) {
            Arrivals *target = &s->arrivals[(t + lattice->arc_span[a]) % (MAX_SPAN + 1)];
            for (int v = 0; v < variants; v++)
                if (!expand(s, (uint32_t)h, &variant[v], lattice->arc_set[a], lattice->arc_place[a], target))
                    return 0;
        }
    }
    return 1;
}

/* One pass: fills posterior[] and marks the readings of the best path. */
static int32_t search(Search *s, const Lattice *lattice, float *posterior, uint8_t *on_best)
{
    uint32_t here = 0;
    s->hypotheses = s->edges = 0;
    for (int k = 0; k <= MAX_SPAN; k++) {
        s->arrivals[k].count = 0;
        s->arrivals[k].leader = -INFINITY;
    }
    if (!grow((void **)&s->hypothesis, &s->hypothesis_room, 1, sizeof *s->hypothesis))
        return NO_MEMORY;
    Hypothesis first = {.state = {.previous = PARAGRAPH, .printed = MARK * GAPS + PARAGRAPH_GAP}, .edge = NONE};
    Context nothing;
    language_begin(&nothing);
    language_step(s->lm, &nothing, PARAGRAPH, &first.state.context);
    s->hypothesis[s->hypotheses++] = first;
    for (uint32_t t = 0; t < lattice->size; t++) {
        if (t > 0 && (here = settle(s, &s->arrivals[t % (MAX_SPAN + 1)])) == NONE)
            return NO_MEMORY;
        if (!leave(s, lattice, t, here, s->hypotheses))
            return NO_MEMORY;
    }
    if ((here = settle(s, &s->arrivals[lattice->size % (MAX_SPAN + 1)])) == NONE)
        return NO_MEMORY;
    if (here == s->hypotheses)
        return MALFORMED;
    memset(posterior, 0, lattice->places * sizeof *posterior);
    memset(on_best, 0, lattice->places);
    weigh(s, here, posterior);
    for (uint32_t e = s->hypothesis[here].edge; e != NONE; e = s->hypothesis[s->edge[e].from].edge)
        on_best[s->edge[e].reading] = 1;
    return 0;
}

/* The words of the first pass, each as often as it is likely, and the pairs on its best path. */
static Memory *remembered(const Search *s, const Lattice *lattice, const float *posterior, const uint8_t *on_best)
{
    const Readings *r = s->readings;
    Memory *memory = memory_new(s->lm->words, lattice->size, s->options->memory);
    uint16_t previous = PARAGRAPH;
    for (uint32_t a = 0; memory != NULL && a < lattice->arcs; a++)
        for (uint32_t k = r->set_start[lattice->arc_set[a]], p = lattice->arc_place[a];
             k < r->set_start[lattice->arc_set[a] + 1]; k++, p++) {
            if (posterior[p] < FORGOTTEN)
                continue;
            for (uint32_t u = r->unit_start[k]; u < r->unit_start[k + 1]; u++) {
                memory_add(memory, r->unit[u], posterior[p]);
                if (on_best[p]) {
                    memory_add_pair(memory, previous, r->unit[u], posterior[p]);
                    previous = r->unit[u];
                }
            }
        }
    return memory;
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

/* Fills posterior[], one value a reading of each arc; on_best[] is 1 for the readings of the best path. Returns 0, or MALFORMED
   where the lattice has no path or leads out of its arrays, or NO_MEMORY. */
int32_t thidua_decode(const Language *lm, const Readings *readings, const Options *options, const Lattice *lattice,
                      float *posterior, uint8_t *on_best)
{
    Search s = {.lm = lm, .readings = readings, .options = options};
    if (lattice->size == 0)
        return 0;
    if (!well_formed(readings, lattice))
        return MALFORMED;
    int32_t failed = search(&s, lattice, posterior, on_best);
    if (!failed && options->memory > 0.0f) {
        Memory *memory = remembered(&s, lattice, posterior, on_best);
        float *seen = malloc(lattice->places * sizeof *seen);
        if (memory == NULL || seen == NULL)
            failed = NO_MEMORY;
        else {
            memcpy(seen, posterior, lattice->places * sizeof *seen);
            s.memory = memory;
            s.seen = seen;
            failed = search(&s, lattice, posterior, on_best);
        }
        memory_free(memory);
        free(seen);
    }
    for (int k = 0; k <= MAX_SPAN; k++)
        free(s.arrivals[k].item);
    free(s.hypothesis);
    free(s.edge);
    return failed;
}
