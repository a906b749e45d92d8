// SPDX-License-Identifier: Apache-2.0
/* What a case is called: its type, its proof, its state. */
#include "host/portal/cases.h"

const char *
cases_type(enum case_type t)
{
	static const char *const names[CASE_TYPES + 1] = { "",
		[CASE_ACCESS] = N_("Access"),
		[CASE_CORRECTION] = N_("Correction"),
		[CASE_ERASURE] = N_("Erasure"),
		[CASE_RESTRICTION] = N_("Restriction"),
		[CASE_OBJECTION] = N_("Objection"),
		[CASE_TRANSFER] = N_("Transfer of the data"),
		[CASE_WITHDRAWAL] = N_("Withdrawal"),
		[CASE_NOT_ME] = N_("That was not me"),
		[CASE_COMPLAINT] = N_("Complaint"),
		[CASE_BREACH] = N_("Breach"),
		[CASE_OTHER] = N_("Something else") };

	return (unsigned)t <= CASE_TYPES ? names[t] : "";
}

const char *
cases_proof(enum case_proof p)
{
	static const char *const names[CASE_PROOFS] = { N_("not yet"),
		N_("by a receipt's code"), N_("by a link sent by mail"),
		N_("in person at the desk") };

	return (unsigned)p < CASE_PROOFS ? names[p] : "";
}

const char *
cases_state(enum case_state st)
{
	static const char *const names[CASE_STATES] = { N_("open"),
		N_("open, extended"), N_("done"), N_("refused"),
		N_("dropped") };

	return (unsigned)st < CASE_STATES ? names[st] : "";
}
