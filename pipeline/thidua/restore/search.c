/* Beam search over a lattice of readings, then forward-backward over what the beam kept.

   A hypothesis stands between two tokens: a language model context and how the last syllable was printed. Hypotheses that
   agree in both are one. Every step from hypothesis to hypothesis by a reading is kept as an edge; the posterior of a reading
   is the share of all paths that use one of its edges. */
#include "search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARK 4           /* shape of a unit without case; also "no syllable yet" */
#define SOFT_GAP 1       /* between two syllables: a comma or number, a dash, the end of a sentence, of a paragraph */
#define DASH_GAP 2
#define STOP_GAP 3
#define PARAGRAPH_GAP 4
#define GAPS 5
#define FIRST_MARK 7     /* ids of the classes and marks, as in vocabulary.py */
#define COMMA 7

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
    float score = language_step(s->lm, &state->context, unit, &state->context);
    if (s->memory != NULL && unit >= FIRST_SYLLABLE)
        score = memory_mixed(s->memory, state->previous, unit, own, score);
    state->best += (unit >= FIRST_MARK && unit < FIRST_SYLLABLE ? o->marks : o->language) * score;
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

/* Scores all readings of one arc behind one state of hypothesis `from` (a paragraph end may have been added to it).
   after_comma: the same state as if a comma stood there that was not printed. */
static int expand(Search *s, uint32_t from, const State *state, const State *after_comma, uint32_t set, uint32_t place,
                  Arrivals *target)
{
    const Readings *r = s->readings;
    const float margin = s->options->threshold;
    for (uint32_t k = r->set_start[set]; k < r->set_start[set + 1]; k++) {
        uint32_t reading = place + k - r->set_start[set];
        uint32_t first = first_unit(r, k), end = end_unit(r, k);
        float own = s->seen == NULL ? 0.0f : s->seen[reading];
        float score = first == end ? r->score[k] + s->speck : r->score[k];
        if (state->best + score < target->leader - margin || (s->seen != NULL && own < FORGOTTEN))
            continue;
        Arrival made = {*state, from, reading};
        made.state.best += score;
        for (uint32_t u = first; u < end; u++) {
            if (made.state.best < target->leader - margin)
                break; /* no unit adds to a score */
            if (u > first)
                language_open(s->lm, &made.state.context);
            step(s, &made.state, r->unit[u], r->shape[u], own);
            if (u == first && r->unit[u] >= FIRST_SYLLABLE &&
                after_comma->best + r->score[k] > made.state.best) {
                State other = *after_comma;
                other.best += r->score[k];
                step(s, &other, r->unit[u], r->shape[u], own);
                if (other.best > made.state.best)
                    made.state = other;
            }
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
    return a->printed == b->printed && a->previous == b->previous && language_same(&a->context, &b->context);
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
    Context closed = {0}, opened = {0}; /* of the arrival before: neighbours often share theirs */
    for (size_t k = 0; k < kept; k++) {
        Arrival *made = &arrivals->item[k];
        if (k == 0 || !language_same(&made->state.context, &closed)) {
            closed = made->state.context;
            language_open(s->lm, &made->state.context);
            opened = made->state.context;
        }
        made->state.context = opened;
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
        State variant[2] = {s->hypothesis[h].state, s->hypothesis[h].state}, after_comma = s->hypothesis[h].state;
        int variants = 1;
        after_comma.best = -INFINITY;
        if (after_comma.previous >= FIRST_SYLLABLE) {
            after_comma.best = variant[0].best + s->options->omitted;
            step(s, &after_comma, COMMA, MARK, 0.0f);
            after_comma.printed = variant[0].printed;
            language_open(s->lm, &after_comma.context);
        }
        if (t > 0 && lattice->breaks[t] > 0 && lattice->breaks[t] < 3) {
            step(s, &variant[1], PARAGRAPH, MARK, 0.0f);
            language_open(s->lm, &variant[1].context);
            variant[1].best += s->options->paragraph[lattice->breaks[t]];
            variants = 2;
        }
        for (uint32_t a = lattice->arc_first[t]; a < lattice->arc_first[t + 1]; a++) {
            Arrivals *target = &s->arrivals[(t + lattice->arc_span[a]) % (MAX_SPAN + 1)];
            for (int v = 0; v < variants; v++)
                if (!expand(s, (uint32_t)h, &variant[v], &after_comma, lattice->arc_set[a], lattice->arc_place[a], target))
                    return 0;
        }
    }
    return 1;
}

/* Marks in each arc on the best path the reading with the highest posterior: it is right more often than the path's own. */
static void choose(const Search *s, const Lattice *lattice, uint32_t end, const float *posterior, uint8_t *chosen)
{
    memset(chosen, 0, lattice->places);
    for (uint32_t e = s->hypothesis[end].edge; e != NONE; e = s->hypothesis[s->edge[e].from].edge)
        chosen[s->edge[e].reading] = 1;
    for (uint32_t a = 0; a < lattice->arcs; a++) {
        const uint32_t *start = &s->readings->set_start[lattice->arc_set[a]], first = lattice->arc_place[a];
        uint32_t best = first, on_path = 0;
        for (uint32_t p = first; p < first + start[1] - start[0]; p++) {
            on_path |= chosen[p];
            chosen[p] = 0;
            if (posterior[p] > posterior[best])
                best = p;
        }
        if (on_path)
            chosen[best] = 1;
    }
}

/* One pass: fills posterior[] and marks what is chosen. */
int32_t search_lattice(Search *s, const Lattice *lattice, float *posterior, uint8_t *chosen)
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
    language_open(s->lm, &first.state.context);
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
    weigh(s, here, posterior);
    choose(s, lattice, here, posterior, chosen);
    return 0;
}

void search_free(Search *s)
{
    for (int k = 0; k <= MAX_SPAN; k++)
        free(s->arrivals[k].item);
    free(s->hypothesis);
    free(s->edge);
}
