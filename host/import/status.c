// SPDX-License-Identifier: Apache-2.0
#include "host/import/status.h"

#include <stddef.h>
#include <string.h>

/* What is shown, and how it is written when folded (column_fold). */
static const struct {
	const char *shown;
	enum import_kind kind;
	bool attends;
	const char *const *word;
} table[] = {
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })
	{ "Attending", IMPORT_EVENTBRITE, true, NAMES("attending",
	    "nimmt teil", "teilnehmend", "participe", "participant",
	    "présent", "asistirá", "asiste", "asistente", "partecipa",
	    "parteciperà", "participa", "participando", "comparecerá",
	    "confirmado", "neemt deel", "aanwezig") },
	{ "Checked In", IMPORT_EVENTBRITE, true, NAMES("checked in",
	    "checked-in", "eingecheckt", "enregistré", "registrado",
	    "check-in effettuato", "check-in realizado", "ingecheckt") },
	{ "Not Attending", IMPORT_EVENTBRITE, false, NAMES("not attending",
	    "nimmt nicht teil", "ne participe pas", "no asistirá",
	    "no asiste", "non partecipa", "não comparecerá", "não participa",
	    "neemt niet deel") },
	{ "Refunded", IMPORT_EVENTBRITE, false, NAMES("refunded", "erstattet",
	    "rückerstattet", "remboursé", "reembolsado", "rimborsato",
	    "terugbetaald") },
	{ "Transferred", IMPORT_EVENTBRITE, false, NAMES("transferred",
	    "übertragen", "transféré", "transferido", "trasferito",
	    "overgedragen") },
	{ "Deleted", IMPORT_EVENTBRITE, false, NAMES("deleted", "gelöscht",
	    "supprimé", "eliminado", "eliminato", "excluído", "verwijderd") },
	{ "Canceled", IMPORT_EVENTBRITE, false, NAMES("canceled", "cancelled",
	    "storniert", "annulé", "cancelado", "annullato",
	    "geannuleerd") },
	{ "Unpaid", IMPORT_EVENTBRITE, false, NAMES("unpaid", "unbezahlt",
	    "impayé", "impagado", "non pagato", "não pago", "onbetaald") },
	{ "Refunded/Canceled", IMPORT_EVENTBRITE, false,
	    NAMES("refunded/canceled") },
	{ "paid", IMPORT_PRETIX, true, NAMES("paid", "bezahlt", "payé",
	    "pagado", "pagato", "pago", "betaald") },
	{ "pending (confirmed)", IMPORT_PRETIX, true,
	    NAMES("pending (confirmed)", "ausstehend (bestätigt)",
	    "pendiente (confirmado)", "in behandeling (bevestigd)") },
	{ "pending", IMPORT_PRETIX, false, NAMES("pending", "ausstehend",
	    "en attente", "pendiente", "in attesa", "pendente",
	    "openstaand") },
	{ "approval pending", IMPORT_PRETIX, false, NAMES("approval pending",
	    "freigabe ausstehend", "approbation en attente",
	    "aprobación pendiente", "autorización pendiente",
	    "in attesa di approvazione", "aprovação pendente",
	    "wacht op goedkeuring", "wachtend op goedkeuring") },
	{ "expired", IMPORT_PRETIX, false, NAMES("expired", "abgelaufen",
	    "expiré", "expirado", "scaduto", "verlopen") },
	{ "canceled", IMPORT_PRETIX, false, NAMES("canceled", "cancelled",
	    "storniert", "annulé", "cancelado", "cancellato", "eliminato",
	    "geannuleerd") },
	{ "canceled (paid fee)", IMPORT_PRETIX, false,
	    NAMES("canceled (paid fee)", "storniert (bezahlte gebühr)",
	    "annulé (frais payés)", "cancelado (tarifa pagada)",
	    "cancelada (tarifa pagada)", "cancelado (taxa paga)",
	    "geannuleerd (betaalde kosten)") },
};
#define NTABLE (sizeof(table) / sizeof(table[0]))

static bool
in_list(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

bool
status_find(enum import_kind kind, const char *word, bool *attends,
    uint8_t *index)
{
	char folded[COLUMN_NAME_MAX + 1];

	*attends = false;
	*index = 0;
	column_fold(word, folded);
	for (size_t i = 0; i < NTABLE; i++)
		if (table[i].kind == kind && in_list(folded, table[i].word)) {
			*attends = table[i].attends;
			*index = (uint8_t)i;
			return true;
		}
	return false;
}

const char *
status_word(uint8_t index)
{
	return index < NTABLE ? table[index].shown : "";
}

bool
status_is_placeholder(const char *name)
{
	static const char *const words[] = { "info requested",
		"information requested", "info angefordert",
		"angaben erforderlich", "information angefordert",
		"info demandée", "information demandée",
		"informations demandées", "info solicitada",
		"información solicitada", "info richiesta",
		"informazioni richieste", "informação solicitada",
		"info gevraagd", "informatie gevraagd",
		"informatie aangevraagd", NULL };
	char folded[COLUMN_NAME_MAX + 1];

	column_fold(name, folded);
	return in_list(folded, words);
}
