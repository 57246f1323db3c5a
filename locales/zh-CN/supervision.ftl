# 全程盯办：催办、督办、通报，和需要看的事件
supervision-title = 全程盯办
supervision-lead = 看事情办到哪一步，提醒负责人，要求限期答复。这里只列事件，不评价个人。
supervision-empty = 这里没有事件。
supervision-why = 列在这里的原因
supervision-list-overdue = 已超期
supervision-list-near = 临近时限
supervision-list-tier = 本层级超时
supervision-list-silent = 多日未动
supervision-list-asked = 等待督办答复
supervision-list-late = 督办答复超期
supervision-list-answered = 督办已答复
supervision-why-overdue = { $at }到期，还没有办结
supervision-why-near = { $at } 前应办结
supervision-why-tier = 本层级应在 { $at } 前解决或上提
supervision-why-silent = { $at }以后没有人办理
supervision-why-asked = 已督办，{ $at } 前应答复
supervision-why-late = 督办的答复应在 { $at } 前给出，还没有
supervision-why-answered = { $at } 答复了督办

supervision-do-remind = 催办
supervision-do-supervise = 督办
supervision-do-answer = 答复督办
supervision-lead-remind = 提醒负责人{ $name }，不要求答复。
supervision-lead-supervise = 请负责人{ $name }在限期内答复。
supervision-lead-answer = { $name }请您答复：
supervision-due-remind = 办理时限：{ $at } 前
supervision-due-supervise = 办理时限：{ $at } 前
supervision-due-answer = { $at } 前答复
supervision-words-remind = 对负责人说什么
supervision-words-supervise = 要答复什么
supervision-words-answer = 答复
supervision-words-hint = 写事情，不评价人。能看这件事的同事都看得到。
supervision-until = 答复期限
supervision-until-hint = 到这一天结束为止。
supervision-answer-owed = 督办待答复，由{ $name }答复
supervision-remind-done = 已催办，负责人会收到消息。
supervision-supervise-done = 已督办，负责人会收到消息；答复到了会列在“督办已答复”里。
supervision-answer-done = 已答复。
supervision-earlier = { $at }发出的是：“{ $words }”。现在写的不一样，这次没有发出。如果要再说一次，请再按一次按钮。

supervision-said-remind = 催办，提醒{ $name }
supervision-said-supervise = 督办，请{ $name }在 { $at } 前答复
supervision-said-late = 督办的答复超期
supervision-said-answer = 答复督办

message-supervision-reminded = 有人催办您负责的事件
message-supervision-supervised = 有一件督办要您限期答复
message-supervision-answered = 您的督办有了答复
message-supervision-overdue = 一件督办的答复超期了
message-supervision-tier_over = 一件事在本层级超过了时限，请解决或上提
message-supervision-undecided = 一件事过了时限还没有人决定怎么办，请尽快处理
message-supervision-undecided_again = 一件事提醒后仍没有人决定怎么办，请您过问
message-supervision-circulated = 有一份通报说到您所在的单位

refusal-case-over = 这件事已经办完，不用再催办、督办。
refusal-nobody-responsible = 这件事还没有负责人，请先派单。
refusal-own-case = 这件事由您自己负责。
refusal-no-answer-waited-for = 这件督办已经答复，或者不需要答复。
refusal-others-asked = 这件督办要由负责人答复。
refusal-said-before = 一天之内您已经用同样的话说过，负责人已收到，没有再发一次。情况有变化，请写明新的情况。

fault-list-unknown = 没有这个列表。

circular-title = 通报
circular-lead = 通报说单位的事：网格和部门。不点个人的名。
circular-empty = 还没有通报。
circular-new = 写通报
circular-new-lead = 选出说到的网格或部门。不写个人姓名和号码；微网格只有一个人，所以不能选。
circular-heading = 标题
circular-heading-hint = 不超过 60 个字。
circular-text = 内容
circular-text-hint = 说事情、期限和要求，不超过 4000 个字。
circular-grids = 说到的网格
circular-departments = 说到的部门
circular-publish = 发布
circular-withdraw = 撤回
circular-withdraw-confirm = 撤回后同事不再看到这份通报。确定撤回吗？

fault-circular-title = 请写标题，不超过 60 个字。
fault-circular-words = 请写内容，不超过 4000 个字。
fault-circular-unit = 请至少选一个网格或部门。
fault-circular-micro = 微网格只有一个人，通报不能点到微网格。
fault-circular-micro-named = 标题或内容里点到了微网格的名称或编号。微网格只有一个人，请改说所属的网格。
fault-circular-person = 通报里点到了同事（姓名、称呼、职务或个人号码），请改成单位。
fault-circular-case = 通报里写了事项编号，凭编号能查到是谁在办。请只说单位和件数。
fault-circular-twice = 这份通报您已经发布过，没有再发一份。
