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
workbench-visit = Visit waits
workbench-close = To close
workbench-reopened = Reopened by residents
workbench-unrated = Responses to rate
workbench-mine = In my hands
workbench-open = All open
workbench-department-empty = { $n ->
    [one] One department has nobody any more: { $names }. What is given to it goes to the desk for now.
   *[other] { $n } departments have nobody any more: { $names }. What is given to them goes to the desk for now.
}
workbench-department-empty-see = Bring the list of people up to date
workbench-closed = The account of { $who } ({ $post }) is closed, and the list of people has the post still. Nothing new goes there; open cases in hand: { $n }.
workbench-closed-see = See and hand over
workbench-administrator = You administer this installation: its accounts, no residents and no cases. Tokens of programs and walls are made in the shell: weige token.
workbench-nothing = Your post has no cases to handle.

first-title = Before it can serve anybody
first-lead = In this order, please. Commands run on the machine of this program, with the same --data, --database or --config as it; with --dry-run they only check and change nothing.
first-done = Done
first-open = To do
first-go = Open
first-calendar = Import the holidays of this year
first-calendar-why = Deadlines are reckoned in working days and need them.
first-grids = Import the grids
first-grids-why = Their borders, or a list without borders.
first-catalogue = Import the catalogue of cases
first-catalogue-why = Categories, filing conditions and limits.
first-people = Import posts and people
first-people-why = Who serves in which grid, and under which account name.
first-accounts = Make the sign-ins of those who work here
first-accounts-why = Passwords are drawn and shown once; hand them over in person.
first-boards = Print the notice boards with their QR codes
first-boards-why = Put one up in each grid; residents scan it to find their grid worker and to report.

role-clock = Done by the clock
