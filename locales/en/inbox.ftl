# Messages: what others did that concerns me
inbox-title = What came to you
inbox-unread = { $n } unread
inbox-for = for { $absent }
inbox-new = new
inbox-read = I have read them all
