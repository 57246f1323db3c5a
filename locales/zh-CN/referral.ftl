# 线索移送：网格移送，执法人员受理、办理、反馈
referral-title = 执法线索
referral-lead = 网格只移送线索；检查、程序和处罚由执法人员依法办理。
referral-empty = 没有线索。
referral-tab-open = 办理中
referral-tab-over = 已有结果
referral-tab-all = 全部

referral-of-case = 执法线索
referral-of-case-hint = 移送后，这件事照常办理，时限不停；结果会回到这里。
referral-refer = 移送线索
referral-refer-lead = 写地点和事，不写人。由两名执法人员受理，结果会回到这件事里。
referral-send = 移送
referral-case = 来自事件
referral-place = 地点
referral-place-hint = 写到能找到为止；可以写单位或店铺的名称，不写个人姓名。
referral-finding = 发现的情况
referral-finding-hint = 看到了什么、什么时候。个人号码和车牌会自动隐去。
referral-item = 可能涉及的处罚事项
referral-item-hint = 照清单上的写法，例如“占用、堵塞、封闭消防车通道”。
referral-team = 执法队伍
referral-evidence = 随线索移送的照片
referral-photo = 照片 { $n }
referral-new-photo = 再加照片
referral-new-photo-hint = 拍地点和物，尽量不拍到人。最多 3 张。
referral-referrer = 移送人
referral-referred-at = 移送时间
referral-officers = 执法人员
referral-away = 不在岗
referral-away-stand-in = { $officer }不在岗，由{ $deputy }代办
referral-away-nobody = { $officer }不在岗，没有执法人员代办，请由另一人转交
referral-officer-away = { $officer }（{ $until } 前不在岗）
referral-stood-in = { $who }（代{ $absent }）
referral-procedure = 程序
referral-result = 结果
referral-reason = 理由
referral-due = 时限
referral-due-why = { $at } 前（{ $limit }）
referral-limit-referred = 受理
referral-limit-taken = 确定程序
referral-limit-started = 反馈结果
referral-print = 打印移送单
referral-sheet = 线索移送单
referral-sign-from = 移送人签字
referral-sign-first = 执法人员签字
referral-sign-second = 执法人员签字
referral-printed = 打印于 { $at }

referral-state-referred = 待受理
referral-state-taken = 已受理
referral-state-started = 办理中
referral-state-ended = 已有结果
referral-state-refused = 未受理
referral-state-withdrawn = 已撤回

referral-procedure-simple = 简易程序
referral-procedure-general = 一般程序

referral-result-no_violation = 未发现违法
referral-result-corrected_on_spot = 当场改正
referral-result-penalty_decided = 已作出处罚决定
referral-result-transferred = 已移送其他机关
referral-result-closed = 已结案

referral-answer-refused = 执法队伍未受理
referral-answer-withdrawn = 线索已撤回
referral-answer-no_violation = 未发现违法
referral-answer-corrected_on_spot = 当场改正
referral-answer-penalty_decided = 已作出处罚决定
referral-answer-transferred = 已移送其他机关
referral-answer-closed = 已结案

referral-reason-not_ours = 不属于本队伍管辖
referral-reason-no_breach = 不涉及违法
referral-reason-too_little = 地点或证据不足
referral-reason-already = 有关机关已在办理

referral-do-take = 受理
referral-do-take-hint = 您和另一名执法人员一起受理；受理后由两人办理。
referral-do-hand = 转办给别的执法人员
referral-do-hand-hint = 由您和所选的执法人员接着办，换下原来的另一人；时限不变。
referral-do-over = 接手办理
referral-do-over-hint = 由您和所选的执法人员接着办，换下原来的人；时限不变。
referral-do-refuse = 不予受理
referral-do-refuse-hint = 写明理由，并告诉移送人应当找谁。
referral-do-start = 确定程序
referral-do-start-hint = 只记录用哪种程序；案卷在执法系统里办理。
referral-do-end = 反馈结果
referral-do-end-hint = 只反馈结果状态，不写当事人。结果马上回到事件里。
referral-do-withdraw = 撤回线索
referral-do-withdraw-hint = 移送错了、还没有人受理时可以撤回。
referral-do-remind = 提醒
referral-do-remind-hint = 由系统按时提醒。
referral-withdraw-confirm = 确定撤回这条线索吗？
referral-second = 另一名执法人员
referral-words = 说明
referral-words-hint = 写事，不写人。可不填。
referral-refuse-words = 应当找谁
referral-refuse-words-hint = 例如哪个部门、哪个热线。

referral-done-refer = 已移送，执法人员会收到消息。
referral-done-take = 已受理。
referral-done-hand = 已转办，时限不变。
referral-done-refuse = 已告知移送人。
referral-done-start = 已记录程序。
referral-done-end = 结果已回到事件里。
referral-done-withdraw = 已撤回。
referral-done-remind = 已提醒。

referral-deed-referred = 移送线索
referral-deed-taken = { $first }、{ $second }受理
referral-deed-handed = 转由{ $first }、{ $second }办理
referral-deed-started = 适用{ $procedure }
referral-deed-ended = 结果：{ $result }
referral-deed-refused = 未受理：{ $reason }
referral-deed-withdrawn = 撤回线索
referral-deed-overdue = 时限已过，已提醒
referral-deed-answered = 执法线索有了结果：{ $answer }

case-deed-referred = 线索已移送执法人员
case-deed-referral_answered = 执法线索有了结果

message-referral-referred = 有一条新的执法线索
message-referral-taken = 执法线索已受理
message-referral-handed = 执法线索已转办给{ $first }、{ $second }
message-referral-started = 执法线索已确定程序
message-referral-ended = 您移送的线索有了结果
message-referral-refused = 您移送的线索未被受理
message-referral-withdrawn = 一条执法线索已撤回
message-referral-overdue = 一条执法线索超过了时限
message-referral_answered = 执法线索的结果回到了您负责的事件

refusal-two_officers = 需要两名不同的执法人员，请另选一位。
refusal-already_taken = 这条线索已有同队的两名执法人员受理，要换人请由他们之一或代办的执法人员转交。
refusal-not_of_the_team = 这个地方没有两名同队的执法人员，或所选的人不在这支队伍里。
refusal-second_away = 所选的人不在岗，不能一起办理，请另选一位在岗的。
refusal-one_for_both = 另一名执法人员不在岗，代办人就是您；一个人不能顶两个人，请先转办给在岗的执法人员。
refusal-procedure_missing = 作出处罚决定或结案之前，要先确定程序。
refusal-already_referred = 这件事已有一条线索在办理，等有了结果再移送。

fault-team-none = 这个地方还没有配备执法队伍，请联系综合窗口。
fault-team-unknown = 没有这支执法队伍，请重新选择。
fault-photo-unknown = 所选的照片不在这件事里。
fault-officer-unknown = 没有这位执法人员，请重新选择。
