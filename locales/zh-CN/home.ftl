# 首页
home-title = 有事找网格员
home-lead = 打个电话、报一件事，或者看看办到哪一步了。
home-report = 我要报事
home-progress = 查进度
home-find = 谁是我的网格员？
home-find-label = 写小区、院落或网格的名字
home-find-hint = 也可以扫公示栏上的二维码，或在下面的名单里找。
home-find-button = 查找
home-found-none = 没有找到。请换个写法，或在下面的名单里找。
home-empty-title = 这里还没有启用
home-empty-text = 网格还没有导入。工作人员请登录，工作台上写着接下来要做什么。
home-empty-next = 网格还没有导入。接下来要做什么，写在工作台上。
home-communities = 社区
home-grids = 按网格查找
home-whole = { $name }（整个网格）
