# 案卷：一件事的全部办理过程，打印或下载
case-file-title = 案卷
case-file-take = 下载案卷（zip）
case-file-take-hint = 案卷不含报事人的联系方式。下载会记入这件事的办理过程。
case-file-taken = 下载了案卷
case-file-facts = 基本情况
case-file-photos = 处置前后照片
case-file-before = 处置前照片 { $n }
case-file-after = 处置后照片 { $n }
case-file-sound = 录音 { $n }
case-file-record = 日志号
case-file-when = 时间
case-file-who = 办理人
case-file-what = 办理情况
case-file-note = 日志号是系统日志的编号；日志只增不改，每条都带上一条的哈希值。
case-file-made = { $name } 于 { $at } 生成
