# The workbench and the menu of office pages
office-menu = Office menu
office-menu-short = Menu
office-menu-close = Close
office-work = Workbench
office-tasks = My tasks
office-cases = Cases
office-new = Enter a report
office-report-here = Quick report
office-cockpit = Cockpit
office-absence = Absence
office-away = You are away until { $until }; { $deputy } does your work meanwhile.
office-away-change = Change

workbench-title = Workbench
workbench-decide = To decide
workbench-queued = Came in a rush, to look through
workbench-dispatch = To dispatch
workbench-accept = Waiting to be accepted
workbench-overdue = Overdue
workbench-today = Due today
workbench-check = To check
workbench-close = To visit or close
workbench-reopened = Reopened by residents
workbench-mine = In my hands
workbench-open = All open
workbench-administrator = You administer this installation: its accounts, no residents and no cases. Tokens of programs and walls are made in the shell: weige token.
workbench-nothing = Your post has no cases to handle.

role-clock = Done by the clock
