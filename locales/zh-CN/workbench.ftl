# 工作台与办公页面的菜单
office-menu = 办公菜单
office-menu-short = 菜单
office-menu-close = 关闭
office-work = 工作台
office-tasks = 我的任务
office-cases = 事件列表
office-new = 代报一件
office-report-here = 快速上报
office-cockpit = 驾驶舱
office-absence = 请假交接
office-away = 您在 { $until } 前不在岗，这期间的工作由{ $deputy }代办。
office-away-change = 修改

workbench-title = 工作台
workbench-decide = 待受理
workbench-queued = 集中上报，待甄别
workbench-dispatch = 待派单
workbench-accept = 待接单
workbench-overdue = 已超时
workbench-today = 今天到期
workbench-check = 待核查
workbench-close = 待回访、结案
workbench-reopened = 居民要求重办
workbench-mine = 我负责的
workbench-open = 全部在办
workbench-administrator = 您是系统管理员，只管账号，看不到居民和事件。机器和大屏的口令用命令行管理：weige token。
workbench-nothing = 您的岗位没有事件要办。

role-clock = 系统按时办理
