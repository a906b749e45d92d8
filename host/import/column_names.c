// SPDX-License-Identifier: Apache-2.0
#include "host/import/column.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define COMPANY "company", "company name", "company / organization", \
	"company/organization", "company / organisation", \
	"company/organisation", "organization", "organisation", "employer", \
	"firma", "firmenname", "unternehmen", "firma / organisation", \
	"firma/organisation", "arbeitgeber", "société", "entreprise", \
	"organisme", "compañía", "empresa", "organización", "azienda", \
	"società", "organizzazione", "organização", "bedrijf", \
	"bedrijfsnaam", "organisatie", "werkgever"
#define JOB "job title", "jobtitle", "title / role", "job role", "role", \
	"jobtitel", "berufsbezeichnung", "stellenbezeichnung", \
	"position im unternehmen", "funktion", "titre du poste", \
	"intitulé du poste", "poste", "fonction", "cargo", "puesto", \
	"puesto de trabajo", "título profesional", "qualifica", "ruolo", \
	"posizione lavorativa", "titolo professionale", "função", \
	"função / cargo", "functie", "functietitel", "functieomschrijving"
#define WORK_PHONE "work phone", "work phone number", "business phone", \
	"telefon (geschäftlich)", "telefon geschäftlich", \
	"geschäftliche telefonnummer", "telefon (arbeit)", \
	"téléphone professionnel", "téléphone (travail)", \
	"teléfono del trabajo", "teléfono de trabajo", "teléfono laboral", \
	"telefono lavoro", "telefono ufficio", "telefono di lavoro", \
	"telefone comercial", "telefone do trabalho", "telefone profissional", \
	"zakelijk telefoonnummer", "werktelefoon", "telefoon werk"
#define PHONE "phone number", "telefonnummer", "numéro de téléphone", \
	"número de teléfono", "numero di telefono", "número de telefone", \
	"telefoonnummer"
#define CITY "city", "ort", "stadt", "ville", "ciudad", "città", "cidade", \
	"stad", "woonplaats"
#define COUNTRY "country", "land", "pays", "país", "paese", "nazione"
#define AGE "age", "your age", "alter", "âge", "edad", "età", "idade", \
	"leeftijd", "how old are you", "ihr alter", "wie alt sind sie", \
	"wie alt bist du", "votre âge", "quel âge avez-vous", "su edad", \
	"¿cuántos años tiene", "¿cuántos años tienes", "la sua età", \
	"quanti anni ha", "quanti anni hai", "sua idade", \
	"qual é a sua idade", "qual a sua idade", "uw leeftijd", \
	"hoe oud bent u", "hoe oud ben je"
#define BIRTH "date of birth", "birth date", "birthdate", "birthday", \
	"your date of birth", "geburtsdatum", "geburtstag", \
	"date de naissance", "fecha de nacimiento", "data di nascita", \
	"data de nascimento", "geboortedatum", "ihr geburtsdatum", \
	"votre date de naissance", "su fecha de nacimiento", \
	"la sua data di nascita", "sua data de nascimento", \
	"uw geboortedatum"

const struct column_names column_table[] = {
	{ IMPORT_EVENTBRITE, COL_KEY, false, NAMES("barcode #",
	    "barcode number", "barcode", "barcode-nr.", "barcode-nr",
	    "barcode nr.", "barcode-nummer", "barcodenummer", "strichcode",
	    "code-barres", "code-barres n°", "n° de code-barres",
	    "numéro de code-barres", "numéro du code-barres",
	    "código de barras", "n.º de código de barras",
	    "nº de código de barras", "número de código de barras",
	    "número do código de barras", "codice a barre",
	    "n. codice a barre", "numero codice a barre",
	    "numero del codice a barre", "streepjescode") },
	{ IMPORT_EVENTBRITE, COL_STATUS, false, NAMES("attendee status",
	    "teilnehmerstatus", "teilnehmer-status", "status des teilnehmers",
	    "statut du participant", "statut participant",
	    "estado del asistente", "estado del participante",
	    "stato del partecipante", "stato partecipante",
	    "status do participante", "estado do participante",
	    "deelnemersstatus", "status deelnemer", "status van deelnemer",
	    "status van de deelnemer") },
	{ IMPORT_EVENTBRITE, COL_FIRST, false, NAMES("first name",
	    "attendee first name", "vorname", "vorname des teilnehmers",
	    "vorname teilnehmer", "prénom", "prénom du participant", "nombre",
	    "nombre del asistente", "nome", "nome del partecipante",
	    "nome do participante", "primeiro nome", "nome próprio",
	    "voornaam", "voornaam deelnemer", "voornaam van deelnemer",
	    "voornaam van de deelnemer") },
	{ IMPORT_EVENTBRITE, COL_LAST, false, NAMES("last name",
	    "attendee last name", "surname", "nachname",
	    "nachname des teilnehmers", "nachname teilnehmer",
	    "nom de famille", "nom de famille du participant",
	    "nom du participant", "nom", "apellido", "apellidos",
	    "apellido del asistente", "apellidos del asistente", "cognome",
	    "cognome del partecipante", "sobrenome",
	    "sobrenome do participante", "apelido", "apelido do participante",
	    "achternaam", "achternaam deelnemer", "achternaam van deelnemer",
	    "achternaam van de deelnemer") },
	{ IMPORT_EVENTBRITE, COL_EMAIL, false, NAMES("email",
	    "attendee email", "e-mail", "email address", "e-mail address",
	    "e-mail-adresse", "e-mail-adresse des teilnehmers",
	    "e-mail des teilnehmers", "adresse e-mail", "adresse email",
	    "adresse e-mail du participant", "e-mail du participant",
	    "courriel", "correo electrónico",
	    "correo electrónico del asistente",
	    "dirección de correo electrónico", "indirizzo e-mail",
	    "indirizzo email", "e-mail del partecipante",
	    "email del partecipante", "e-mail do participante",
	    "email do participante", "endereço de e-mail", "e-mailadres",
	    "e-mailadres deelnemer", "e-mailadres van deelnemer",
	    "e-mail van de deelnemer") },
	{ IMPORT_EVENTBRITE, COL_COMPANY, false, NAMES(COMPANY) },
	{ IMPORT_EVENTBRITE, COL_JOB, false, NAMES(JOB) },
	{ IMPORT_EVENTBRITE, COL_PHONE, false, NAMES(WORK_PHONE, PHONE) },
	{ IMPORT_EVENTBRITE, COL_CITY, false, NAMES("home city",
	    "stadt (privat)", "privatadresse: stadt", "wohnort",
	    "ville (domicile)", "ville de résidence", "ciudad de residencia",
	    "ciudad (domicilio)", "città di residenza", "cidade residencial",
	    CITY) },
	{ IMPORT_EVENTBRITE, COL_STATE, false, NAMES("home state",
	    "home state/province", "bundesland (privat)",
	    "privatadresse: bundesland", "provincia de residencia",
	    "provincia di residenza", "estado residencial") },
	{ IMPORT_EVENTBRITE, COL_COUNTRY, false, NAMES("home country",
	    "land (privat)", "privatadresse: land", "pays (domicile)",
	    "pays de résidence", "país de residencia", "país (domicilio)",
	    "paese di residenza", "país residencial", COUNTRY) },
	{ IMPORT_EVENTBRITE, COL_CITY, true, NAMES("purchaser city",
	    "stadt des käufers", "ville de l'acheteur",
	    "ciudad del comprador", "città dell'acquirente",
	    "cidade do comprador", "stad van koper") },
	{ IMPORT_EVENTBRITE, COL_STATE, true, NAMES("purchaser state",
	    "bundesland des käufers", "région de l'acheteur",
	    "estado del comprador", "provincia dell'acquirente",
	    "estado do comprador", "provincie van koper") },
	{ IMPORT_EVENTBRITE, COL_COUNTRY, true, NAMES("purchaser country",
	    "land des käufers", "pays de l'acheteur", "país del comprador",
	    "paese dell'acquirente", "país do comprador", "land van koper") },
	{ IMPORT_EVENTBRITE, COL_AGE, false, NAMES(AGE) },
	{ IMPORT_EVENTBRITE, COL_BIRTH, false, NAMES(BIRTH) },
	{ IMPORT_EVENTBRITE, COL_QUANTITY, false, NAMES("quantity",
	    "ticket quantity", "anzahl", "ticketanzahl", "anzahl der tickets",
	    "quantité", "quantité de billets", "cantidad",
	    "cantidad de entradas", "quantità", "quantità biglietti",
	    "quantidade", "quantidade de ingressos", "aantal",
	    "aantal tickets") },
	{ IMPORT_EVENTBRITE, COL_EVENT, false, NAMES("event id", "event-id",
	    "id de l'événement", "id del evento", "id dell'evento",
	    "id do evento", "id evento", "evenement-id") },
	{ IMPORT_EVENTBRITE, COL_BUYER_EMAIL, false, NAMES("buyer email",
	    "purchaser email", "e-mail des käufers",
	    "e-mail-adresse des käufers", "e-mail de l'acheteur",
	    "adresse e-mail de l'acheteur",
	    "correo electrónico del comprador", "e-mail dell'acquirente",
	    "email dell'acquirente", "e-mail do comprador",
	    "email do comprador", "e-mail van koper",
	    "e-mailadres van koper") },

	{ IMPORT_PRETIX, COL_KEY, false, NAMES("pseudonymization id",
	    "pseudonymization_id", "pseudonyme id", "pseudonymisierungs-id",
	    "id pseudonyme", "id seudónimo", "id pseudonimo",
	    "id proteção de dados", "id de pseudonimização",
	    "pseudonimisatie-id") },
	{ IMPORT_PRETIX, COL_STATUS, false, NAMES("status", "order status",
	    "état", "estado", "stato") },
	{ IMPORT_PRETIX, COL_NAME, false, NAMES("attendee name",
	    "name teilnehmer*in", "teilnehmername", "name des teilnehmers",
	    "nom du participant", "nombre del participante",
	    "nome del partecipante", "nome do participante",
	    "naam van aanwezige", "naam van gast") },
	{ IMPORT_PRETIX, COL_EMAIL, false, NAMES("attendee email",
	    "attendee e-mail", "e-mail teilnehmer*in", "teilnehmer-e-mail",
	    "e-mail-adresse des teilnehmers", "adresse mail du participant",
	    "e-mail du participant", "correo electrónico del participante",
	    "email partecipante", "e-mail do participante",
	    "e-mailadres van aanwezige", "e-mailadres van gast") },
	{ IMPORT_PRETIX, COL_COMPANY, false, NAMES("attendee company",
	    "teilnehmer*innen-firma", COMPANY) },
	{ IMPORT_PRETIX, COL_JOB, false, NAMES(JOB) },
	{ IMPORT_PRETIX, COL_PHONE, false, NAMES(WORK_PHONE) },
	{ IMPORT_PRETIX, COL_PHONE, true, NAMES(PHONE) },
	{ IMPORT_PRETIX, COL_CITY, false, NAMES(CITY) },
	{ IMPORT_PRETIX, COL_STATE, false, NAMES("state", "bundesland",
	    "bundesstaat", "état/province/région", "estado", "stato",
	    "staat") },
	{ IMPORT_PRETIX, COL_COUNTRY, false, NAMES(COUNTRY) },
	{ IMPORT_PRETIX, COL_AGE, false, NAMES(AGE) },
	{ IMPORT_PRETIX, COL_BIRTH, false, NAMES(BIRTH) },
	{ IMPORT_PRETIX, COL_EVENT, false, NAMES("event slug",
	    "kurzname der veranstaltung", "nom court de l'évènement",
	    "url semántica del evento", "url dell'evento", "slug do evento",
	    "slug evento", "evenement slug") },
	{ IMPORT_PRETIX, COL_ADDON, false, NAMES("add-on to position id",
	    "zusatzprodukt zu position", "programmteil zu position",
	    "complemento da id de posição") },
	{ IMPORT_PRETIX, COL_BUYER_EMAIL, false, NAMES("email", "e-mail",
	    "correo electrónico") },
};
const size_t column_table_len = sizeof(column_table) / sizeof(column_table[0]);

const char *const column_invoice[] = { "invoice address name",
	"rechnungsadresse: name", "nom sur l'adresse de facturation",
	"dirección de facturación", "indirizzo di fatturazione",
	"endereço da fatura", "nome de endereço de facturação",
	"naam factuuradres", NULL };
