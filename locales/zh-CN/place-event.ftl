# 地点事件：传感器和对接系统报来的，只说地点，不说人
office-place-events = 地点事件
place-event-lead = 传感器和对接系统报来的地点事件。已对应类别的种类自动成为事件；其余在这里由窗口决定。
place-event-waiting = 等待决定
place-event-none = 没有等待决定的地点事件。
place-event-kind = 种类
place-event-words = 说明
place-event-at = 发生时间
place-event-decide = 决定
place-event-case = 转为事件
place-event-aside = 不用办
place-event-kinds = 哪些种类自动成为事件
place-event-kinds-hint = 填类别代码或名称；空着的种类仍由窗口决定。
