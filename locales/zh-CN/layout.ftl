# 每一页的框架：页头、页脚、语言与长辈版切换
layout-name = 微格
layout-motto = 有事找得到人，件件有着落
layout-skip = 跳到正文
layout-demo = 这是演示数据：人名、电话、地址均为虚构示例。
layout-elder-on = 长辈版
layout-elder-off = 标准版
layout-other-language = English
layout-call = 需要帮忙，请打电话：
layout-call-none = 需要帮忙，请打政务服务热线：
layout-emergency = 危急时刻请先拨打：报警 110、火警 119、急救 120
layout-sign-in = 工作人员登录
layout-sign-out = 退出
layout-administrator = 管理员
