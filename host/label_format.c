// SPDX-License-Identifier: Apache-2.0
#include "host/label_format.h"

#include <string.h>

#define A4 210000, 297000
#define LETTER 215900, 279400

/* Margins are what is left around labels that stand in the middle of the
 * sheet, as all of these do. */
static const struct label_format formats[] = {
	{ "avery-l4784", "63.5 x 29.6 mm, 27 on A4", A4, 63500, 29600, 3, 9,
	    7250, 15300, 66000, 29600, 2000 },
	{ "avery-l4785", "80 x 50 mm, 10 on A4", A4, 80000, 50000, 2, 5,
	    17500, 13500, 95000, 55000, 3000 },
	{ "avery-l7418", "86.5 x 55.5 mm, 8 on A4", A4, 86500, 55500, 2, 4,
	    18500, 37500, 86500, 55500, 0 },
	{ "avery-5392", "4 x 3 inch, 6 on Letter", LETTER, 101600, 76200, 2,
	    3, 6350, 25400, 101600, 76200, 0 },
	{ "avery-74459", "4 x 3 inch, 6 on Letter, as avery-5392", LETTER,
	    101600, 76200, 2, 3, 6350, 25400, 101600, 76200, 0 },
	{ "card", "86 x 54 mm, a card a page", 86000, 54000, 86000, 54000, 1,
	    1, 0, 0, 86000, 54000, 0 },
};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

const struct label_format *
label_format_find(const char *name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

size_t
label_format_all(const struct label_format **out)
{
	*out = formats;
	return FORMATS;
}
