# 消息：别人办了与我有关的事
inbox-title = 收到的消息
inbox-unread = { $n } 条未读
inbox-for = 代{ $absent }收
inbox-new = 新
inbox-read = 都看过了
