# 可能是同一件事
similar-title = 可能是同一件事
similar-lead = 同一类、离得近、最近报的，而且还没办完。是不是同一件，由您判断。
similar-metres = { $grid }，相距约 { $metres } 米
similar-building = { $grid }，{ $n } 号楼（栋）
similar-since = { $at } 起
similar-merge = 并入这一件
similar-merge-button = 确定并入
similar-ask = 是不是下面这件事？
similar-ask-hint = 附近已经有人报过类似的事，正在办。如果就是这件，不用重新派人，您也会收到每一步进展。
similar-none = 都不是，我报的是另一件
similar-same = { $category } · { $place } · { $since }报的 · { $state }
similar-joined = 这件事正在办，已经把您的报事加进去，每一步进展都会告诉您。
similar-joined-over = 您的报事加进了已有的同一件事，下面是那一件的进展和结果。
similar-goes-on = 这件事已并入正在办理的同一件事，下面的进展就是那一件的。
similar-merged-title = 并入这一件的上报
similar-merged-into = 这件事已并入正在办理的另一件，请到那一件里接着办：
similar-merged-photo = 并入的上报的照片或录音
similar-deed-merged = 已并入 { $number }
similar-deed-attached = { $number } 并入了这一件
similar-deed-due = { $deed }，按那张工单的时限提前到 { $at }
similar-deed-own-due = { $deed }；那张工单的时限不再适用，时限恢复为{ $at }

fault-same-unknown = 刚才选的那件事已经对不上了，请重新核对。
