/* Beam search over a lattice of readings: see search.c. */
#ifndef THIDUA_SEARCH_H
#define THIDUA_SEARCH_H

#include "language.h"
#include "memory.h"

#include <stddef.h>
#include <stdint.h>

#define MAX_SPAN 3
#define PARAGRAPH 1 /* id */
#define FIRST_SYLLABLE 16
#define MALFORMED 1
#define NO_MEMORY 2
#define FORGOTTEN 1e-5f /* a reading under this posterior is left out of the second pass */

typedef struct {
    uint32_t sets;
    uint32_t readings;
    uint32_t texts;
    uint32_t units;
    const uint32_t *set_start;  /* [sets + 1] into readings */
    const float *score;         /* [readings] ln P(form | text) */
    const uint32_t *text;       /* [readings] into unit_start: readings of one text share its units */
    const uint32_t *unit_start; /* [texts + 1] into unit, shape */
    const uint16_t *unit;
    const uint8_t *shape;
} Readings;

/* The units of a reading: [first_unit, end_unit) into unit, shape. */
static inline uint32_t first_unit(const Readings *r, uint32_t reading)
{
    return r->unit_start[r->text[reading]];
}

static inline uint32_t end_unit(const Readings *r, uint32_t reading)
{
    return r->unit_start[r->text[reading] + 1];
}

typedef struct {
    uint32_t beam;
    float threshold;      /* hypotheses this far (in nats) behind the best are dropped */
    float language;       /* weight of the language model against the channel */
    float marks;          /* the same for a punctuation mark */
    float cases;          /* weight of the model of capitals */
    float paragraph[3];   /* added where a paragraph ends at a break of kind 0, 1, 2 (0: impossible) */
    float omitted;        /* ln P that a comma which the model expects was not printed */
    float temperature;    /* of the posterior */
    float memory;         /* share of the text's own words in the second pass; 0: one pass */
    float specks;         /* share of the tokens of an ordinary page that are specks */
    float ordinary;       /* tokens that this share is worth against the text's own in the second pass */
    float noise;          /* -ln P(form | text) of a token of an ordinary page */
    float noisy;          /* added to the weights of syllables and marks in the second pass for each nat more */
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
    float speck;                     /* added where a token is left out: ln of how speckled the text is, against an ordinary page */
    const float *seen;               /* by reading: what the first pass has put into the memory for it */
} Search;

int32_t search_lattice(Search *search, const Lattice *lattice, float *posterior, uint8_t *chosen);
void search_free(Search *search);

#endif
