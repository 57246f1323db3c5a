# 扫码落地页：我的网格员
grid-mine = 我的网格员
grid-nobody = 这个网格暂时没有公示的网格员，请拨打社区电话。
grid-away = { $until } 前不在岗。
grid-stands-in = 这段时间由{ $name }代班。
grid-call = 打电话
grid-report = 我要报事
grid-progress = 查进度
grid-levels = 还可以找谁
grid-level-empty = 暂无公示
