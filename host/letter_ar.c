// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_ar = {
	.lang = "ar",
	.dear = "مرحبًا {person}،",
	.hello = "مرحبًا،",
	.regards = "مع أطيب التحيات\nفريق {event}",
	.contact = "هل لديك أسئلة؟ اكتب إلى {contact}",
	.complain = "يحق لك تقديم شكوى إلى السلطة الرقابية واللجوء إلى "
	    "القضاء:\n{complain}",
	.comma = "، ",
	.booth = "جناح ",
	.unknown = "غير معروف",
	.later = "يمكنك معرفة ما آلت إليه لاحقًا عبر الرابط أدناه.",
	.again = "كانت هذه المشاركة موقوفة إلى حين التحقق منها، وقد عاد "
	    "تمريرها.",
	.type = {
		[LETTER_OF_OTHER] = "بشأن بياناتك",
		[LETTER_OF_ACCESS] = "الاطلاع على بياناتك",
		[LETTER_OF_CORRECTION] = "تصحيح بياناتك",
		[LETTER_OF_ERASURE] = "محو بياناتك",
		[LETTER_OF_RESTRICTION] = "تقييد المعالجة",
		[LETTER_OF_PORTABILITY] = "نقل بياناتك",
		[LETTER_OF_OBJECTION] = "اعتراض",
		[LETTER_OF_WITHDRAWAL] = "سحب مشاركة",
		[LETTER_OF_NOT_ME] = "مشاركة لم تكن منك",
		[LETTER_OF_DISCLOSURE] = "لمن أُفصح عن بياناتك",
	},
	.subject = {
		[LETTER_LINK] = "الرابط الخاص بك: {event}",
		[LETTER_SHARES] = "ما شاركته: {event}",
		[LETTER_RECEIVED] = "وصلنا طلبك رقم {number}: {event}",
		[LETTER_EXTENDED] = "طلبك رقم {number} يستغرق وقتًا أطول: "
		    "{event}",
		[LETTER_REFUSED] = "رُفض طلبك رقم {number}: {event}",
		[LETTER_DONE] = "أُنجز طلبك رقم {number}: {event}",
		[LETTER_COPY] = "نسخة بياناتك جاهزة: {event}",
		[LETTER_ERASE_PLANNED] = "ستُمحى بياناتك: {event}",
		[LETTER_ERASE_UNDONE] = "لن تُمحى بياناتك: {event}",
		[LETTER_OBJECTION] = "اعتراضك سارٍ: {event}",
		[LETTER_RESTRICTED] = "التقييد سارٍ: {event}",
		[LETTER_UNRESTRICTED] = "ينتهي التقييد: {event}",
		[LETTER_BREACH] = "ما حدث لبياناتك: {event}",
		[LETTER_NO_DISCLOSURE] = "لم يُفصح عن بياناتك: {event}",
		[LETTER_DROPPED] = "أُغلق طلبك رقم {number}: {event}",
	},
	.text = {
		[LETTER_LINK] = "طلب شخص ما، والأرجح أنه أنت، الاطلاع على ما "
		    "لدى {event} عنك. يعرضه هذا الرابط:\n\n"
		    "{link}\n\n"
		    "يعمل مرة واحدة فقط خلال {minutes} دقيقة. من فضلك لا "
		    "ترسله إلى غيرك.\n\n"
		    "إذا لم تكن أنت، فلا يلزمك فعل أي شيء.",
		[LETTER_SHARES] = "هذا ما جرت مشاركته من شارتك في {event} منذ "
		    "رسالتنا الأخيرة، أو ما عاد تمريره:\n\n"
		    "{shares}\n\n"
		    "البيانات نفسها ليست في هذه الرسالة. لعرض هذه المشاركات "
		    "أو سحب إحداها أو إبلاغنا بأنها لم تكن منك:\n{link}\n\n"
		    "تصلك هذه الرسالة مرة واحدة في اليوم على الأكثر، وعند "
		    "وجود جديد فقط. لإيقافها:\n{optout}",
		[LETTER_RECEIVED] = "وصلنا طلبك ({type})، ورقمه {number}.\n\n"
		    "سيصلك ردنا في {date} على أبعد تقدير.",
		[LETTER_EXTENDED] = "يستغرق طلبك رقم {number} ({type}) أكثر من "
		    "شهر. سيصلك ردنا في {date} على أبعد تقدير.\n\n"
		    "السبب:\n{reason}",
		[LETTER_REFUSED] = "لا يمكننا تنفيذ ما طلبته في طلبك رقم "
		    "{number} ({type}).\n\n"
		    "السبب:\n{reason}",
		[LETTER_DONE] = "أُنجز طلبك رقم {number} ({type}).\n\n"
		    "{reason}",
		[LETTER_COPY] = "نسخة بياناتك التي طلبتها (الطلب رقم {number}) "
		    "جاهزة.\n\n"
		    "تجدها هنا:\n{link}\n\n"
		    "تبقى هناك حتى {date}.",
		[LETTER_ERASE_PLANNED] = "بناءً على طلبك (رقم {number})، سنمحو "
		    "بياناتك في {date} الساعة {time}. لن تعمل شارتك من الآن.\n\n"
		    "يمكنك التراجع حتى ذلك الحين: اطلب رابطًا من صفحة «{page}» ثم "
		    "اختر هناك «{undo}»، أو أخبرنا. وبعده لا يمكن التراجع عن "
		    "شيء.\n{link}\n\n"
		    "هذه آخر رسالة منا في هذا الشأن، إذ لن يبقى عنوانك لدينا. "
		    "ويُبلغ الرعاة الذين لديهم شيء من بياناتك بأن يمحوه أيضًا. "
		    "نحتفظ باسمك وبريدك الإلكتروني ورقم تسجيلك، بمعزل عن كل "
		    "ما سواها، حتى لا تُسجَّل من جديد عن طريق الخطأ.",
		[LETTER_ERASE_UNDONE] = "بناءً على طلبك (رقم {number})، لن "
		    "تُمحى بياناتك.",
		[LETTER_OBJECTION] = "اعتراضك (الطلب رقم {number}) سارٍ. لن "
		    "يصل شيء من بياناتك إلى الرعاة بعد الآن، ولن تُقرأ "
		    "شارتك.",
		[LETTER_RESTRICTED] = "التقييد الذي طلبته (الطلب رقم {number}) "
		    "سارٍ. تُحفظ بياناتك ولا يُفعل بها شيء آخر.",
		[LETTER_UNRESTRICTED] = "ينتهي تقييد بياناتك (الطلب رقم "
		    "{number}) في {date}.",
		[LETTER_BREACH] = "علينا أن نخبرك بأن أمرًا قد حدث لبياناتك في "
		    "{event}.\n\n"
		    "ما حدث:\n{reason}\n\n"
		    "متى: {when}\n\n"
		    "أي بياناتك: {fields}\n\n"
		    "ما قد ينتج عن ذلك:\n{likely}\n\n"
		    "ما فعلناه وما نفعله:\n{done}\n\n"
		    "ما يمكنك فعله:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "سألت عمّا إذا كانت بياناتك قد سُلّمت "
		    "إلى جهة رسمية (الطلب رقم {number}). لم يحدث ذلك.",
		[LETTER_DROPPED] = "أغلقنا طلبك رقم {number} ({type}) دون أي إجراء "
		    "آخر بشأنه.\n\n"
		    "السبب:\n{reason}",
	},
};
