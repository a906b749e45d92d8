// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_ja = {
	.lang = "ja",
	.dear = "{person} 様",
	.hello = "ご参加の皆様",
	.regards = "よろしくお願いいたします。\n{event} 運営事務局",
	.contact = "お問い合わせ: {contact}",
	.complain = "監督機関に苦情を申し立てる権利、および裁判所に訴える"
	    "権利があります:\n{complain}",
	.may_complain = "監督機関に苦情を申し立てる権利、および裁判所に"
	    "訴える権利があります。",
	.comma = "、",
	.booth = "ブース ",
	.unknown = "不明",
	.later = "その後の状態は、下のリンクでご覧いただけます。",
	.again = "確認が済むまで提供を止めていましたが、再び提供しています。",
	.type = {
		[LETTER_OF_OTHER] = "個人データについて",
		[LETTER_OF_ACCESS] = "個人データの開示",
		[LETTER_OF_CORRECTION] = "個人データの訂正",
		[LETTER_OF_ERASURE] = "個人データの消去",
		[LETTER_OF_RESTRICTION] = "取扱いの制限",
		[LETTER_OF_PORTABILITY] = "データの持ち出し",
		[LETTER_OF_OBJECTION] = "異議",
		[LETTER_OF_WITHDRAWAL] = "共有の撤回",
		[LETTER_OF_NOT_ME] = "ご本人によらない共有",
		[LETTER_OF_DISCLOSURE] = "データの提供先",
	},
	.subject = {
		[LETTER_LINK] = "リンクのお知らせ: {event}",
		[LETTER_SHARES] = "共有された内容: {event}",
		[LETTER_RECEIVED] = "ご請求 {number} を受け付けました: {event}",
		[LETTER_EXTENDED] =
		    "ご請求 {number} の回答期限を延長します: {event}",
		[LETTER_REFUSED] = "ご請求 {number} にはお応えできません: "
		    "{event}",
		[LETTER_DONE] = "ご請求 {number} の対応が完了しました: {event}",
		[LETTER_COPY] = "データの写しが用意できました: {event}",
		[LETTER_ERASE_PLANNED] = "データを消去します: {event}",
		[LETTER_ERASE_UNDONE] = "データは消去されません: {event}",
		[LETTER_OBJECTION] = "異議が有効になりました: {event}",
		[LETTER_RESTRICTED] = "取扱いの制限が有効になりました: {event}",
		[LETTER_UNRESTRICTED] = "取扱いの制限が終わります: {event}",
		[LETTER_BREACH] = "個人データに関するお知らせ: {event}",
		[LETTER_NO_DISCLOSURE] =
		    "データは提供されていません: {event}",
		[LETTER_DROPPED] = "ご請求 {number} を終了しました: {event}",
		[LETTER_ERASE_HELD] = "データはまだ消去できません: {event}",
		[LETTER_AGREED] = "異議は取り下げられました: {event}",
		[LETTER_AGREED_NEW] = "異議は取り下げられました: {event}",
	},
	.text = {
		[LETTER_LINK] = "{event} が保有するあなたのデータを見たいという"
		    "お申し出がありました。こちらのリンクからご覧になれます。"
		    "\n\n"
		    "{link}\n\n"
		    "このリンクは 1 回だけ、{minutes} 分以内に使えます。"
		    "ほかの人に渡さないでください。\n\n"
		    "お心当たりがない場合は、何もする必要はありません。",
		[LETTER_SHARES] = "前回のメール以降、{event} であなたのバッジ"
		    "から共有された内容、または再び提供される内容は次のとお"
		    "りです。\n\n"
		    "{shares}\n\n"
		    "このメールにデータそのものは含まれていません。共有の"
		    "確認や撤回、身に覚えのない共有のご連絡はこちらから:"
		    "\n{link}\n\n"
		    "このメールは、お知らせがある場合に限り、1 日に 1 回まで"
		    "届きます。配信の停止はこちらから:\n{optout}",
		[LETTER_RECEIVED] = "ご請求（{type}）を受け付けました。番号は "
		    "{number} です。\n\n"
		    "遅くとも {date} までに回答いたします。",
		[LETTER_EXTENDED] = "ご請求 {number}（{type}）の対応には "
		    "1 か月以上かかります。遅くとも {date} までに回答"
		    "いたします。\n\n"
		    "理由:\n{reason}",
		[LETTER_REFUSED] = "ご請求 {number}（{type}）にはお応え"
		    "できません。\n\n"
		    "理由:\n{reason}",
		[LETTER_DONE] = "ご請求 {number}（{type}）の対応が完了"
		    "しました。\n\n"
		    "{reason}",
		[LETTER_COPY] = "ご請求 {number} のデータの写しが用意"
		    "できました。\n\n"
		    "こちらからご覧になれます:\n{link}\n\n"
		    "{date} まで保管されます。",
		[LETTER_ERASE_PLANNED] = "ご請求 {number} のとおり、{date} {time} に"
		    "あなたのデータを消去します。バッジは今から使えなく"
		    "なります。\n\n"
		    "それまでは取りやめることができます。ページ「{page}」で"
		    "リンクを受け取り、そこで「{undo}」を選んでください。お知らせ"
		    "くださっても結構です。その後は取り消せません。\n{link}\n\n"
		    "この件についてのメールはこれが最後です。データの一部を受け取ったスポンサーにも消去"
		    "するよう伝えます。誤って再び登録されないように、お名前、"
		    "メールアドレス、登録番号だけを、ほかのものとは別に保管"
		    "します。期間はイベントのプライバシーのページにあります。",
		[LETTER_ERASE_UNDONE] = "ご請求 {number} のとおり、あなたの"
		    "データは消去されません。",
		[LETTER_OBJECTION] = "あなたの異議（ご請求 {number}）が有効に"
		    "なりました。今後あなたのデータがスポンサーに渡ることは"
		    "なく、バッジも読み取られません。",
		[LETTER_RESTRICTED] = "ご請求 {number} の取扱いの制限が有効に"
		    "なりました。データは保管されますが、ほかには何にも"
		    "使われません。",
		[LETTER_UNRESTRICTED] = "あなたのデータの取扱いの制限（ご請求 "
		    "{number}）は {date} に終わります。",
		[LETTER_BREACH] = "{event} であなたのデータに関する事案が"
		    "ありましたので、お知らせします。\n\n"
		    "何があったか:\n{reason}\n\n"
		    "日付: {when}\n\n"
		    "ブース: {booth}\n\n"
		    "対象となるデータ: {fields}\n\n"
		    "起こりうる影響:\n{likely}\n\n"
		    "当方の対応:\n{done}\n\n"
		    "あなたにできること:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "データが公的機関に提供されたかとの"
		    "お尋ね（ご請求 {number}）について、提供の事実は"
		    "ありません。",
		[LETTER_DROPPED] = "ご請求 {number}（{type}）は、これ以上の"
		    "対応を行わずに終了しました。\n\n"
		    "理由:\n{reason}",
		[LETTER_ERASE_HELD] = "ご請求 {number} により、データの消去をお求めいただき"
		    "ました。しかし、苦情または法的請求のため、一部を今は保存して"
		    "おかなければならず（GDPR 第17条3項e）、まだ消去できません。"
		    "\n\n"
		    "ほかには何にも使われません。バッジは使えず、スポンサーには"
		    "何も渡りません。この理由がなくなりしだいデータを消去し、その前に"
		    "日付をお知らせします。\n\n"
		    "今でも取りやめることができます。ページ「{page}」でリンクを"
		    "受け取り、そこで「{undo}」を選んでください。お知らせくださっても"
		    "結構です。\n{link}",
		[LETTER_AGREED] =
		    "ご希望のとおり、あなたの異議（ご請求 {number}）は効力を失い、バッジは再び読み取れ"
		    "るようになりました。以前に共有したものは、再びスポンサーに渡ります。",
		[LETTER_AGREED_NEW] =
		    "ご希望のとおり、あなたの異議（ご請求 {number}）は効力を失い、バッジは再び読み取れ"
		    "るようになりました。以前に共有したものは撤回され、スポンサーには削除するよう求められます。",
	},
};
