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

first-title = 启用前要做的事
first-lead = 请按顺序来。命令在运行本程序的机器上执行，--data、--database 或 --config 与启动时相同；加上 --dry-run 只检查，不改动。
first-done = 已完成
first-open = 待办
first-go = 打开
first-calendar = 导入今年的放假安排
first-calendar-why = 办理期限按工作日计算，要用到它。
first-grids = 导入网格
first-grids-why = 网格的边界，或者一份没有边界的清单。
first-catalogue = 导入事件清单
first-catalogue-why = 事件的类别、立案条件和处置时限。
first-people = 导入岗位与人员
first-people-why = 谁在哪个网格服务，用什么账号名。
first-accounts = 给工作人员开通账号
first-accounts-why = 密码由系统抽取，只显示一次，请当面交给本人。
first-boards = 打印带二维码的公示牌
first-boards-why = 贴在各网格，居民扫码就能找到网格员、报事。

role-clock = 系统按时办理
