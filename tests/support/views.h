/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views.h - sample views of every state, for the tests of the drawing.
 */
#ifndef TESTS_VIEWS_H
#define TESTS_VIEWS_H

#include "kiosk/view.h"

/* One per picture: a state, or a variety of one. */
#define VIEWS_COUNT 57
const char *views_name(int i);
int views_find(const char *name);

struct views {
	struct policy policy;
	struct field_values values;
	struct staff staff;
	struct staff_list shares;
	struct view view;
};

/* Sample i in a language. The texts are as long as real ones. */
void views_make(struct views *s, int i, const char *lang);
/* Another sponsor, in the sentences too. */
void views_sponsor(struct views *s, const char *name);
/* Languages of the policy: 2, or more for the list. */
void views_languages(struct views *s, int n);

/* What would go over more than a run has time for goes over a part of it: true
 * in one of eight calls, with sanitizers, which draw for ten times as long, in one
 * of sixteen. Which one $TURN says, a number; with $LONG in each. */
bool views_turn(void);
/* For what goes over all of it, but with sanitizers over that part. */
bool views_each(void);

#endif
