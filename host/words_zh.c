// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_zh = {
	.lang = "zh",
	.home_title = "Badgeward",
	.own = "中文",
	.home_text = "在本次活动中，赞助商在读取您的胸牌之前会先征求您的同意。"
	    "提供什么由您决定，之后也可以撤回。",
	.home_receipt = "查看或撤回分享",
	.home_badge = "我的胸牌里有什么？",
	.missing_title = "这里没有内容",
	.missing_text = "此地址不存在。",
	.odd_title = "未能完成",
	.odd_text = "您的浏览器发送了与此地址不符的内容。请返回并重新"
	    "加载页面，然后再试一次。",
	.name_title = "此服务器的名称不同",
	.name_text = "这些页面在另一个地址。请使用此地址：",
	.badge_title = "您的胸牌里有什么？",
	.badge_text = {
		"您的胸牌里有一枚小芯片，可在几厘米的距离内读取。",
		"您登记的信息以加密形式存储在其中。用手机读取时只能看到本页的"
		"地址，看不到任何有关您的信息。",
		"赞助商的设备只能打开活动允许该赞助商使用的项目，并且只有在您"
		"在屏幕上同意之后才会读取胸牌。",
		"不同意不会给您带来任何损失，也没有人会记录您是谁。",
	},
	.ask_title = "查看您分享的内容",
	.ask_text = "分享之后，展位的屏幕上显示了一个二维码。请用手机扫描。"
	    "也可以在此输入或粘贴代码：它在二维码所含地址的末尾。",
	.ask_label = "您的代码",
	.ask_button = "显示我的分享",
	.ask_hint = "共26个字母和数字；连字符和空格不影响。",
	.bad_code = "代码不完整。它由26个字母（A至Z）和数字（2至7）组成。请检"
	    "查后重试。",
	.secret = "任何持有此代码的人都可以查看本页并撤回这次分享。",
	.shared_with = "您已与%s分享",
	.what = "您分享的项目",
	.when = "时间",
	.kept = "最长保存",
	.kept_day = "%llu天，至",
	.kept_days = "%llu天，至",
	.kept_end = "",
	.country = "国家或地区",
	.purpose = "用途",
	.contact = "联系方式",
	.privacy = "隐私政策",
	.event = "活动",
	.reference = "编号",
	.no_values = "此处不显示具体信息。",
	.field = { NULL, "姓名", "电子邮件", "公司", "职位", "工作电话",
	    "所在地" },
	.live = "赞助商可以获取这些信息。",
	.undone = "您已在展位撤销了这次分享。赞助商不会得到这些信息。",
	.withdrawn = "您已撤回这次分享。赞助商不会再得到这些信息。",
	.held = "这次分享尚未转交：需要先进行核查。您仍然可以撤回。",
	.checked = "这次分享暂不转交：需要先进行核查。如果赞助商此前已经收到，"
	    "我们已告知其在核查结束前不得使用。您仍然可以撤回。",
	.over = "赞助商可以保存这些信息的期限已过。赞助商不能再获取这些信息，并"
	    "且必须删除已有的内容。",
	.withdraw_title = "改变主意了？",
	.withdraw_text = "撤回后不可恢复。如果赞助商已经获取了您的信息，则必须"
	    "将其删除；其联系方式见上文。",
	.withdraw_button = "撤回这次分享",
	.withdrawn_title = "已撤回",
	.withdrawn_text = "这次分享已撤回。您无需再做任何事。",
	.unknown_title = "这次分享尚未送达",
	.unknown_text = "展位的设备可能稍后才会发送，也可能是代码有误。您无需"
	    "等待：现在撤回，分享一旦送达即视为已撤回。",
	.unknown_button = "现在撤回",
	.pending_title = "已记录",
	.pending_text = "如果30天内有使用此代码的分享送达，它会立即被撤回，赞"
	    "助商不会得到它。",
	.slow_title = "尝试次数过多",
	.slow_text = "请稍候再试。",
	.busy_title = "请稍候",
	.busy_text = "系统正忙，暂时还不能查找您的分享。"
	    "请几秒钟后再试。",
	.failed_title = "操作未成功",
	.failed_text = "没有任何更改。请稍后再试。",
	.proof_title = "留存记录",
	.proof_text = "供您保存：这次同意的回执（打印版和程序版），以及它已写"
	    "入设备签名日志的证明。",
	.proof_receipt = "回执（JSON-LD）",
	.proof_log = "证明（tlog-proof）",
	.back = "另一个代码",
	.month = { "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月",
	    "9月", "10月", "11月", "12月" },
	.date = "%3$d年%2$s%1$d日",

	/* The receipt, the public page, and the check of a proof. */
	.read_title = "您在屏幕上看到的内容",
	.read_lost = "原文已不再保存。",
	.version = "政策版本",
	.proof_paper = "回执（PDF）",
	.proof_check = "验证证明",
	.paper_title = "同意回执",
	.paper_made = "生成时间",
	.paper_state = "状态",
	.paper_code = "如需查看或撤回这次分享，请打开 %s，并输入展位屏幕上的代"
	    "码。本页不含代码，因此仅持有本页的人无法撤回。",
	.pub_title = "本活动收集哪些信息",
	.pub_track = "本页不使用Cookie，不统计访问，也无需登录。",
	.pub_none = "目前还没有生效的政策。任何人都不得向您索取信息。",
	.pub_who = "由谁负责",
	.pub_controller = "活动负责方",
	.pub_contact = "数据保护联系方式",
	.pub_complaint = "投诉",
	.pub_complain = "您也可以向您居住地、工作地或事件发生地的数据保护机构"
	    "投诉。",
	.pub_what = "收集的内容",
	.pub_fields = "注册时，活动会得到您填写的信息。其中赞助商只可能得到以"
	    "下各项：",
	.pub_booth = "在展位，只有在您于屏幕上同意之后才会记录：您与哪个赞助商"
	    "分享、分享了哪些项目、时间、语言以及使用的胸牌。信息本身不在设备"
	    "的日志中。",
	.pub_no = "如果您拒绝或没有回答，只会计数，不会记录您是谁。",
	.pub_how = "由谁处理",
	.pub_how_text = "活动保存注册信息和分享记录。每个赞助商只会得到您与其"
	    "分享的内容，并自行对此负责。",
	.pub_kept = "保存多久",
	.pub_kept_text = "每个赞助商可以在下列期限内保存您分享的内容，之后必须"
	    "删除。",
	.day = "%llu天",
	.days = "%llu天",
	.pub_rights = "您的权利",
	.pub_rights_text = "凭展位屏幕上的代码，您可以随时查看和撤回每次分享，"
	    "无需登录。",
	.pub_rights_ask = "如需查看、更正或删除与您有关的信息，请联系活动方或"
	    "赞助商。",
	.pub_sponsors = "可能向您提出请求的赞助商",
	.pub_always = "分享时必含",
	.pub_ticked = "仅在您勾选时",
	.pub_valid = "有效期",
	.chk_text = "证明是您在分享页面得到的文件 share.tlog-proof。验证在您的"
	    "浏览器中进行：不会发送任何内容，打开本页后也不再需要网络。"
	    "也可以验证活动所保存的关于您的全部信息的副本"
	    "（ZIP 或 about-me.json）。证明正确并不表示该分享"
	    "此后未被撤回。",
	.chk_file = "证明文件",
	.chk_paste = "或将证明粘贴到此处",
	.chk_keys = "用于验证的密钥，每行一个",
	.chk_keys_text = "这些密钥来自本主机自身。作弊的主机可以出示假密钥，因"
	    "此其证明力不及您从别处（例如印刷的活动手册）得到的密钥：如有，请"
	    "在此处替换。",
	.chk_button = "验证",
	.chk_cannot = "此浏览器无法在此验证：需要脚本和安全连接（https）。",
	.chk_unread = "无法读取此文件。它可能已被更改或已不存在："
	    "请重新选择。",
	.chk_right = "证明正确。",
	.chk_wrong = "证明不正确。",
	.chk_none = "这不是证明。",
	.chk_jsonld = "这是供程序使用的回执（receipt.jsonld）。它没有签名，因"
	    "此其中没有可验证的内容。",
	.chk_pdf = "这是 PDF 文件。纸质回执没有签名，因此其中没有可验证的内容"
	    "。",
	.chk_else = "这是别的内容，例如回执的代码或其他文件。",
	.chk_copy =
	    "这是某活动所保存的关于您的全部信息的副本（about-me.json）。副本本身没有签名；其中可"
	    "以核验的是每次分享的证明，即设备以该编号记录了一次分享。它并不证明旁边的赞助商名称和其他"
	    "内容。",
	.chk_unproved =
	    "副本中没有这次分享的证明：制作副本时，设备尚未发送证明。",
	.chk_not_its = "这是另一条目的证明，不是这次分享的证明。",
	.chk_again = "这不是一次分享，或者副本在上文已经列出过它。",
	.chk_zip = "此处无法打开这个 ZIP。请解压后选择其中的 about-me.json 文"
	    "件。",
	.chk_choose = "请选择文件 share.tlog-proof：您的分享页面以“证明（"
	    "tlog-proof）”提供它。",
	.chk_format = "这是一份完整的、格式已知的证明。",
	.chk_entry = "其中的条目完整，编号与证明所述一致。",
	.chk_tree = "该条目在已签名的日志中。",
	.chk_log = "设备已用其密钥对日志签名。",
	.chk_host = "主机已签名，确认看到的日志就是如此。",
	.chk_nokey = "密钥中没有此日志的密钥。",
	.chk_nohost = "密钥中没有此日志的主机密钥，因此未验证主机的签名。",
	.chk_own = "密钥来自本主机：其证明力不及从别处得到的密钥。",
	.chk_given = "密钥由您提供。",
	.chk_origin = "日志",
	.chk_number = "条目",
	.chk_kind = "类型",
	.chk_share = "分享",
	.chk_other = "不是分享",
	.chk_size = "日志中的条目数",
	.chk_seen = "主机看到的时间",
	.chk_commit = "指纹",
	.chk_commit_text = "关于分享的内容，证明中只有这个加盐的指纹，无法从中"
	    "读出内容。",
	.ret_host = "活动方自身最长保存：",
	.ret_registrations = "您注册时提供的信息",
	.ret_shares = "分享记录",
	.ret_logs = "设备对分享的记录",
	.ret_deleted = "您已被删除的备注",
	.ret_cases = "您的请求及答复",
	.ret_event = "自活动或最后一个赞助商的期限结束起",
	.ret_period = "自赞助商的期限结束起",
	.ret_erasure = "自删除或活动结束起",
	.ret_answer = "自答复起",
	.ret_mail = "发送给您的邮件",
	.ret_disclosures = "向政府机关或法院提供的与您有关的内容",
	.ret_incidents = "事件报告（不含姓名）",
	.ret_exports = "哪家赞助商或哪个程序得到了哪些文件",
	.ret_salts = "活动记录中哪些行与您有关",
	.ret_sent = "自发送之日起",
	.ret_disclosed = "自提供之日起，或自可以告知您之日起",
	.ret_closed = "自报告结束起",
	.ret_exported = "自导出之日起",
	.ret_held = "只有在争议或法律义务需要时才会保存更久：相关内容会保留到该事项结束为止。",
	/* The daily mail's pages. */
	.daily_title = "已分享的内容",
	.daily_ask = "本页显示我们邮件中告知您的分享。请打开邮件中的链接，或在"
	    "此输入其代码。",
	.daily_none = "此链接已失效：已过期，或输入有误。",
	.daily_withdraw = "撤回",
	.daily_notme = "这不是我",
	.daily_hint = "“这不是我”会撤回该分享，并请主办方调查。",
	.daily_sure = "如果当时是别人出示了您的胸牌，请告诉我们。此分享将被"
	    "撤回，主办方会进行调查。在此之前，该设备在同一刻钟内"
	    "记录的所有内容（包括他人的分享）都不会提供给赞助商。"
	    "如果是您本人并想取消，请改为撤回。",
	.daily_sure_yes = "是的，这不是我",
	.daily_disowned = "已撤回：您已告知这不是您本人",
	.daily_noted_title = "感谢您告知我们",
	.daily_noted = "此分享已撤回，主办方将进行调查。同一设备在该时段的记录"
	    "在此之前暂不提供。",
	.daily_stop_title = "不再接收每日邮件",
	.daily_stop = "是否不再通过邮件告知您胸牌分享了什么？分享保持不变，您"
	    "仍可撤回。",
	.daily_stop_button = "停止发送这些邮件",
	.daily_stopped_title = "不再接收每日邮件",
	.daily_stopped = "您不会再收到此类邮件。",
	/* Staff. */
	.staff_login = "工作人员和赞助商登录",
};
