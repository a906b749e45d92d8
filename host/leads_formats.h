/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_formats.h - leads as files that other programs open: a spreadsheet,
 * contacts, what Salesforce imports. As export_leads, which calls these.
 */
#ifndef HOST_LEADS_FORMATS_H
#define HOST_LEADS_FORMATS_H

#include "host/export_leads.h"

/* XLSX: one sheet, "Leads" (the next where one is full), a frozen head with the
 * names of the CSV's columns and of what staff noted, by which rows are filtered;
 * every cell is text but for time and keep_until (dates by the event's clocks,
 * whose zone their heads say) and rating (a number). In all of these an answer has its
 * question's text before it (leads_source_question). */
BW_MUST_USE bw_err leads_xlsx(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left);

/* CSV as of export_leads, with what staff noted behind it, as XLSX has it: for
 * each lead more is looked up than for CSV, which is made many times as fast. */
BW_MUST_USE bw_err leads_noted(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left);

/* vCard 4.0 (RFC 6350), one for each person (leads_source_people), by whose key
 * a card is found again (UID; the share's id where there is none). FN, which must
 * be there, is the e-mail address or the share's id where no name was released.
 * NOTE has for each share the event, its id, until when it may be kept and what
 * staff noted, the newest first, CATEGORIES the tags of all, REV the newest one's time. *n counts
 * leads. */
BW_MUST_USE bw_err leads_vcard(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left);

/* CSV with the labels that Salesforce's Data Import Wizard maps by itself, one
 * row for each person, of whom it would make as many leads as there are rows.
 * Description has until when each share may be kept and what was noted of it, the
 * newest first, as far as
 * Salesforce takes it. *n counts leads. Its required Last Name is the last word of the name, Company the company; each
 * is "[not provided]" where nothing was released. Country is the end of the
 * location, if that is a country's English name; the rest is in City. What is
 * longer than Salesforce takes is cut there and stands whole in Description.
 * Formulas are guarded as in leads_row.h, but a telephone number of digits,
 * blanks and "+-()./" stays as it is. */
BW_MUST_USE bw_err leads_salesforce(struct store *s,
    const struct leads_what *what, struct outfile *out, uint64_t *n,
    struct store_left_out *left);

#endif
