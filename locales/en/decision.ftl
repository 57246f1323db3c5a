# What waits for my decision: more time, and appeals against being overdue
decision-title = Requests waiting for me
decision-lead = What others asked for and you decide, the longest wait first. Open the case and decide on its page.
decision-empty = Nothing waits for your decision.
decision-asked = What is asked
decision-since = Asked at
decision-extension = More time
decision-appeal = An appeal against being overdue, waits for a first review
decision-appeal-second = An appeal against being overdue, one person has agreed, waits for a second review
ratings-lead = Departments that were called by a whistle and wait for your word on how they responded; until then the work cannot go on. Those whose time to come was over first stand at the top.
ratings-empty = No department waits for your rating.
ratings-further = No department on this page waits for your rating; there may be some on the next one.
ratings-due = Work due
