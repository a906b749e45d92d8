// SPDX-License-Identifier: Apache-2.0
#include "host/words_my.h"

const struct words_my *
words_my(const struct words *w)
{
	static const struct {
		const struct words *w;
		const struct words_my *my;
	} all[] = {
		{ &words_en, &words_my_en }, { &words_de, &words_my_de },
		{ &words_fr, &words_my_fr }, { &words_es, &words_my_es },
		{ &words_ja, &words_my_ja }, { &words_zh, &words_my_zh },
		{ &words_ar, &words_my_ar }, { &words_hi, &words_my_hi },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].w == w)
			return all[i].my;
	return &words_my_en;
}
