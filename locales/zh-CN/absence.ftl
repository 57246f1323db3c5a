# 请假交接
absence-lead = 不在岗时，新来的和手上的事由代办人接着办，到期自动交还。
absence-now = 您在 { $until } 前不在岗，由{ $deputy }代办。
absence-back = 我已经回来了
absence-change = 修改
absence-until = 最后一个不在岗的日子
absence-until-hint = 第二天零点起自动恢复。
absence-deputy = 代办人
absence-deputy-hint = 手上的和新来的任务都交给他，有关的消息他也会收到。执法线索只交给执法人员；调解由网格负责人转交。
absence-usual = 平时的代办人：{ $name }
absence-send = 确定

fault-not-in-the-future = 日期已经过去，请选今天或以后。
fault-too-far = 最长一年，请选早一点的日期。
fault-deputy-does-not-fit = 请另选一位代办人。
fault-deputy-does-other-work = 这位同事的岗位办不了您的工作，请另选一位代办人。
fault-deputy-away = 这位同事那时也不在岗，请另选一位。
fault-missing = 请填写这一项。
