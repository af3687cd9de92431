/* Beam search over a lattice of readings, then forward-backward over what the beam kept.

   A hypothesis stands between two tokens: a language model context and how the last syllable was printed. Hypotheses that
   agree in both are one. Every step from hypothesis to hypothesis by a reading is kept as an edge; the posterior of a reading
   is the share of all paths that use one of its edges. */
#include "language.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SPAN 3
#define MARK 4           /* shape of a unit without case; also "no syllable yet" */
#define PARAGRAPH 1      /* id */
#define SOFT_GAP 1       /* between two syllables: a comma or number, a dash, the end of a sentence, of a paragraph */
#define DASH_GAP 2
#define STOP_GAP 3
#define PARAGRAPH_GAP 4
#define GAPS 5
#define FIRST_MARK 7     /* ids of the classes and marks, as in vocabulary.py */
#define FIRST_SYLLABLE 16

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
    float cases;          /* weight of the model of capitals */
    float paragraph[3];   /* added where a paragraph ends at a break of kind 0, 1, 2 (0: impossible) */
    float temperature;    /* of the posterior */
} Options;

typedef struct {
    Context context;
    uint8_t printed; /* last shape * GAPS + gap since */
    float best;      /* score of the best path to here */
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

/* The state moves on by one unit. */
static void step(const Search *s, State *state, uint16_t unit, uint8_t shape)
{
    Context next;
    float score = s->options->language * language_step(s->lm, &state->context, unit, &next);
    uint8_t *printed = &state->printed;
    state->context = next;
    if (shape < SHAPES) {
        uint32_t word = unit < s->lm->words ? unit : 0;
        uint8_t cost = s->lm->cases[((size_t)word * CASE_CONTEXTS + *printed) * SHAPES + shape];
        score -= s->options->cases * (float)cost / CASE_STEPS;
        *printed = (uint8_t)(shape * GAPS);
    } else {
        uint8_t gap = gap_of(unit), before = *printed % GAPS;
        *printed = (uint8_t)(*printed - before + (gap > before ? gap : before));
    }
    state->best += score;
}

/* Scores all readings of one arc behind one state of hypothesis `from` (a paragraph end may have been added to it). */
static int expand(Search *s, uint32_t from, const State *state, uint32_t set, uint32_t place, Arrivals *target)
{
    const Readings *r = s->readings;
    const float margin = s->options->threshold;
    for (uint32_t k = r->set_start[set]; k < r->set_start[set + 1]; k++) {
        Arrival made = {*state, from, place + k - r->set_start[set]};
        made.state.best += r->score[k];
        for (uint32_t u = r->unit_start[k]; u < r->unit_start[k + 1]; u++) {
            if (made.state.best < target->leader - margin)
                break; /* no unit adds to a score */
            step(s, &made.state, r->unit[u], r->shape[u]);
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
        while (at < s->hypotheses && !(s->hypothesis[at].state.printed == made->state.printed &&
               memcmp(&s->hypothesis[at].state.context, &made->state.context, sizeof made->state.context) == 0))
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

/* Fills posterior[], one value a reading of each arc in the arcs' order; on_best[] marks the readings of the best path.

   Arcs are sorted by their first token: arc_first[t] .. arc_first[t + 1] start at token t, span arc_span tokens and have the
   readings of set arc_set. Returns 0, or 1 where the lattice is malformed, 2 where memory is short. */
int32_t thidua_decode(const Language *lm, const Readings *readings, const Options *options, uint32_t size,
                      const uint8_t *breaks, const uint32_t *arc_first, const uint8_t *arc_span, const uint32_t *arc_set,
                      float *posterior, uint8_t *on_best)
{
    Search s = {.lm = lm, .readings = readings, .options = options};
    int32_t failed = 2;
    uint32_t place = 0, here = 0;
    size_t last = 0;
    State variant[2];
    for (int k = 0; k <= MAX_SPAN; k++)
        s.arrivals[k].leader = -INFINITY;
    if (!grow((void **)&s.hypothesis, &s.hypothesis_room, 1, sizeof *s.hypothesis))
        goto end;
    memset(s.hypothesis, 0, sizeof *s.hypothesis);
    s.hypothesis[0].edge = NONE;
    s.hypothesis[0].state.printed = MARK * GAPS + PARAGRAPH_GAP;
    language_begin(lm, &s.hypothesis[0].state.context);
    language_step(lm, &s.hypothesis[0].state.context, PARAGRAPH, &s.hypothesis[0].state.context);
    s.hypotheses = 1;

    for (uint32_t t = 0; t < size; t++) {
        if (t > 0 && (here = settle(&s, &s.arrivals[t % (MAX_SPAN + 1)])) == NONE)
            goto end;
        size_t there = s.hypotheses;
        uint32_t before = place;
        for (size_t h = here; h < there; h++) {
            int variants = 1;
            variant[0] = s.hypothesis[h].state;
            if (t > 0 && breaks[t] > 0 && breaks[t] < 3) {
                variant[1] = variant[0];
                step(&s, &variant[1], PARAGRAPH, MARK);
                variant[1].best += options->paragraph[breaks[t]];
                variants = 2;
            }
            place = before;
            for (uint32_t arc = arc_first[t]; arc < arc_first[t + 1]; arc++) {
                uint32_t set = arc_set[arc], span = arc_span[arc];
                failed = 1;
                if (set >= readings->sets || span < 1 || span > MAX_SPAN || t + span > size)
                    goto end;
                failed = 2;
                for (int v = 0; v < variants; v++)
                    if (!expand(&s, (uint32_t)h, &variant[v], set, place, &s.arrivals[(t + span) % (MAX_SPAN + 1)]))
                        goto end;
                place += readings->set_start[set + 1] - readings->set_start[set];
            }
        }
    }
    if (size > 0) {
        if ((here = settle(&s, &s.arrivals[size % (MAX_SPAN + 1)])) == NONE)
            goto end;
        failed = 1;
        last = here;
        if (last == s.hypotheses)
            goto end;
        weigh(&s, last, posterior);
        for (uint32_t e = s.hypothesis[last].edge; e != NONE; e = s.hypothesis[s.edge[e].from].edge)
            on_best[s.edge[e].reading] = 1;
    }
    failed = 0;
end:
    for (int k = 0; k <= MAX_SPAN; k++)
        free(s.arrivals[k].item);
    free(s.hypothesis);
    free(s.edge);
    return failed;
}
