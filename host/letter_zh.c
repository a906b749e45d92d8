// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_zh = {
	.lang = "zh",
	.dear = "{person}，您好：",
	.hello = "您好：",
	.regards = "此致\n{event} 主办方",
	.contact = "如有疑问，请联系：{contact}",
	.complain = "您有权向监管机构投诉，也有权向法院起诉：\n{complain}",
	.may_complain = "您有权向监管机构投诉，也有权向法院起诉。",
	.comma = "、",
	.booth = "展位 ",
	.unknown = "尚不清楚",
	.later = "之后的状态可通过下面的链接查看。",
	.again = "此分享曾因核实而暂停提供，现已恢复提供。",
	.type = {
		[LETTER_OF_OTHER] = "关于您的数据",
		[LETTER_OF_ACCESS] = "查阅您的数据",
		[LETTER_OF_CORRECTION] = "更正您的数据",
		[LETTER_OF_ERASURE] = "删除您的数据",
		[LETTER_OF_RESTRICTION] = "限制处理",
		[LETTER_OF_PORTABILITY] = "可携带的数据",
		[LETTER_OF_OBJECTION] = "反对",
		[LETTER_OF_WITHDRAWAL] = "撤回分享",
		[LETTER_OF_NOT_ME] = "并非您本人的分享",
		[LETTER_OF_DISCLOSURE] = "您的数据提供给了谁",
	},
	.subject = {
		[LETTER_LINK] = "您的链接：{event}",
		[LETTER_SHARES] = "您分享的内容：{event}",
		[LETTER_RECEIVED] = "已收到您的请求 {number}：{event}",
		[LETTER_EXTENDED] = "您的请求 {number} 需要更长时间：{event}",
		[LETTER_REFUSED] = "您的请求 {number} 未获同意：{event}",
		[LETTER_DONE] = "您的请求 {number} 已办结：{event}",
		[LETTER_COPY] = "您的数据副本已备好：{event}",
		[LETTER_ERASE_PLANNED] = "您的数据将被删除：{event}",
		[LETTER_ERASE_UNDONE] = "您的数据不会被删除：{event}",
		[LETTER_OBJECTION] = "您的反对已生效：{event}",
		[LETTER_RESTRICTED] = "限制处理已生效：{event}",
		[LETTER_UNRESTRICTED] = "限制处理即将结束：{event}",
		[LETTER_BREACH] = "您的数据发生了什么：{event}",
		[LETTER_NO_DISCLOSURE] = "您的数据未被提供：{event}",
		[LETTER_DROPPED] = "您的请求 {number} 已关闭：{event}",
		[LETTER_ERASE_HELD] = "您的数据暂时无法删除：{event}",
		[LETTER_AGREED] = "您的反对已撤回：{event}",
		[LETTER_AGREED_NEW] = "您的反对已撤回：{event}",
	},
	.text = {
		[LETTER_LINK] = "有人（很可能是您本人）要求查看 {event} 保存的"
		    "关于您的信息。请打开此链接：\n\n"
		    "{link}\n\n"
		    "它只能使用一次，{minutes} 分钟内有效。请勿转发。\n\n"
		    "如果不是您本人，您无需做任何事。",
		[LETTER_SHARES] = "自上一封邮件以来，您的胸牌在 {event} 分享或"
		    "恢复提供了"
		    "以下内容：\n\n"
		    "{shares}\n\n"
		    "本邮件不含数据本身。要查看或撤回这些分享，或者说明并非"
		    "您本人：\n{link}\n\n"
		    "仅在有新消息时，您才会收到此邮件，每天最多一封。不再"
		    "接收：\n{optout}",
		[LETTER_RECEIVED] = "我们已收到您的请求（{type}），编号为 "
		    "{number}。\n\n"
		    "您最迟将于{date}收到我们的答复。",
		[LETTER_EXTENDED] = "您的请求 {number}（{type}）需要一个月以上"
		    "的时间。您最迟将于{date}收到我们的答复。\n\n"
		    "原因：\n{reason}",
		[LETTER_REFUSED] = "我们无法按您的请求 {number}（{type}）"
		    "办理。\n\n"
		    "原因：\n{reason}",
		[LETTER_DONE] = "您的请求 {number}（{type}）已办结。\n\n"
		    "{reason}",
		[LETTER_COPY] = "您要求的数据副本（请求 {number}）已备好。\n\n"
		    "请在此查看：\n{link}\n\n"
		    "保存至{date}。",
		[LETTER_ERASE_PLANNED] = "按照您的要求（请求 {number}），我们将"
		    "于{date} {time} 删除您的数据。您的胸牌从现在起失效。\n\n"
		    "在此之前，您可以取消：请在“{page}”页面获取链接，然后在"
		    "其中选择“{undo}”。也可以告诉我们。此后无法撤销。\n"
		    "{link}\n\n"
		    "这是我们就此事发出的最后一封邮件。已收到部分数据的赞助商也会被要求删除。为避免您被误"
		    "重新登记，我们仅将您的姓名、电子邮件地址和登记编号与其他"
		    "信息分开保存；保存多久见活动的隐私页面。",
		[LETTER_ERASE_UNDONE] = "按照您的要求（请求 {number}），您的"
		    "数据不会被删除。",
		[LETTER_OBJECTION] = "您的反对（请求 {number}）已生效。您的任何"
		    "信息都不再提供给赞助商，您的胸牌也不会被读取。",
		[LETTER_RESTRICTED] = "您要求的限制（请求 {number}）已生效。您的"
		    "数据会被保存，但不作其他用途。",
		[LETTER_UNRESTRICTED] = "对您数据的限制（请求 {number}）将于"
		    "{date}结束。",
		[LETTER_BREACH] = "我们必须告知您，您的数据在 {event} 发生了"
		    "安全事件。\n\n"
		    "发生了什么：\n{reason}\n\n"
		    "时间：{when}\n\n"
		    "展位：{booth}\n\n"
		    "涉及您的哪些数据：{fields}\n\n"
		    "可能的后果：\n{likely}\n\n"
		    "我们采取的措施：\n{done}\n\n"
		    "您可以做什么：\n{advice}",
		[LETTER_NO_DISCLOSURE] = "您询问您的数据是否提供给了主管机关"
		    "（请求 {number}）。没有提供。",
		[LETTER_DROPPED] = "我们已关闭您的请求 {number}（{type}），"
		    "不再作进一步处理。\n\n"
		    "原因：\n{reason}",
		[LETTER_ERASE_HELD] = "您要求我们删除您的数据（请求 {number}）。目前还不能"
		    "删除：由于投诉或法律请求，其中一部分必须暂时保留（GDPR 第 17 条"
		    "第 3 款 e 项）。\n\n"
		    "除此之外不会对其作任何处理：您的胸牌不能使用，赞助商也不会得到"
		    "您的任何信息。一旦此原因消失，我们就会删除您的数据，并事先写信"
		    "告知您日期。\n\n"
		    "您仍可取消：请在“{page}”页面获取链接，然后在其中选择"
		    "“{undo}”。也可以告诉我们。\n{link}",
		[LETTER_AGREED] =
		    "按照您的要求，您的反对（请求 {number}）不再有效，您的胸牌可以再次读取。您"
		    "之前分享的信息会重新提供给赞助商。",
		[LETTER_AGREED_NEW] =
		    "按照您的要求，您的反对（请求 {number}）不再有效，您的胸牌可以再次读取。您"
		    "之前分享的信息已被撤回，并已要求赞助商删除。",
	},
};
