# 登录、退出、首次设置
account-sign-in-title = 工作人员登录
account-sign-in-lead = 居民不用登录：报事和查进度都在首页。
account-sign-in-button = 登录
account-name = 账号名
account-name-hint = 小写字母、数字和短横线
account-password = 密码
account-password-hint = 至少 8 个字符，建议 15 个以上；可以用一句话，可以有空格。
account-password-again = 再写一遍密码
account-setup-title = 首次设置：创建管理员
account-setup-lead = 管理员管账号和设置，不能查看居民信息。
account-setup-token = 首次设置链接中的口令
account-setup-token-hint = 启动程序时显示在窗口里，30 分钟内有效，只能用一次。
account-setup-button = 创建管理员
fault-setup-token = 口令不对、已用过或已过期。重新启动程序可以得到新的链接。
