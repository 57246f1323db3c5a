# Where the QR code leads: my grid worker
grid-mine = My grid worker
grid-nobody = Nobody is on the board for this grid now; please call the community.
grid-away = Away until { $until }.
grid-stands-in = { $name } stands in.
grid-call = Call
grid-report = Report a problem
grid-progress = See progress
grid-levels = Whom else to turn to
grid-level-empty = nobody on the board
