# 驾驶舱；数字的名称与口径在 ui/cockpit/locales
cockpit-no-category = 未定类
cockpit-as-of = 数据时间：{ $time }
cockpit-again = 重新读取
