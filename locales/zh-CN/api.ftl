# 接口对参数与字段的说明：机器读代码，人读文字
fault-field-unknown = 这里没有这个字段。
fault-field-shape = 这个字段的类型不对。
fault-bbox-malformed = 范围应写成：西,南,东,北（经纬度）。
fault-state-unknown = 没有这个状态。
fault-sort-unknown = 列表可按 -received、received 或 due 排序。
fault-limit-outside = 数目超出允许的范围。
fault-after-unknown = 这不是列表里的位置，请使用上一页的 next。
fault-date-malformed = 日期请写成 2026-11-23，时刻请带时区。
fault-scheme-unknown = 没有这套网格。
fault-level-unknown = 没有这个网格层级。
fault-by-unknown = 指标可按 category、department 或 channel 拆分。
fault-period-outside = 时段的起始日不能晚于截止日，最长 366 天。
fault-community-unknown = 没有这个社区。
