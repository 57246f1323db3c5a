# The first page
home-title = Turn to your grid worker
home-lead = Call, report a problem, or see how far it has got.
home-report = Report a problem
home-progress = See progress
home-find = Who is my grid worker?
home-find-label = Name of the compound, yard or grid
home-find-hint = Or scan the QR code on the notice board, or look in the list below.
home-find-button = Find
home-found-none = Nothing found. Please write it differently, or look in the list below.
home-empty-title = Nobody serves here yet
home-empty-text = No grids were imported so far. If you work here, sign in; the workbench says what to do next.
home-empty-next = No grids were imported so far. The workbench says what to do next.
home-communities = Communities
home-grids = By grid
home-whole = { $name } (the whole grid)
