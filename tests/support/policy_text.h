/* SPDX-License-Identifier: Apache-2.0 */
/* policy_text.h - the parts of a small policy file, for tests. */
#ifndef TESTS_SUPPORT_POLICY_TEXT_H
#define TESTS_SUPPORT_POLICY_TEXT_H

#define TOP "event = ev26\nvalid_from = 2026-06-01\n" \
	"valid_until = 2026-06-03\nretention_days = 30\nlanguages = { en }\n"
#define HEAD "sponsor acme {\nname = Acme\ncountry = IE\n" \
	"privacy_url = \"https://acme.example/p\"\ncontact = dpo\n"
#define PURPOSE "purpose {\nen = \"talk\"\n}\n"
#define TAIL "required = { name }\n}\n"
#define WHOLE TOP HEAD PURPOSE TAIL

#endif
