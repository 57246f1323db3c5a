# 等我决定：延期申请与超期申诉
decision-title = 等我决定
decision-lead = 别人提出、要您决定的申请，等得最久的在前。打开事件，在事件页上决定。
decision-empty = 没有等您决定的申请。
decision-asked = 申请什么
decision-since = 何时提出
decision-extension = 延期申请
decision-appeal = 超期申诉，等第一人审议
decision-appeal-second = 超期申诉，已有一人同意，等第二人审议
ratings-lead = 吹哨叫来的部门，等您评价响应；评价完，这件事才能接着办。报到期限早的在前。
ratings-empty = 没有等您评价的部门。
ratings-further = 这一页里没有等您评价的部门，后面可能还有，请看下一页。
ratings-due = 处置期限
