# Sign in, sign out, first run
account-sign-in-title = Staff sign-in
account-sign-in-lead = Residents need no account: reporting and progress are on the first page.
account-sign-in-button = Sign in
account-name = Account name
account-name-hint = Small letters, digits and hyphens
account-password = Password
account-password-hint = At least 8 characters, 15 or more are better; a sentence with spaces is fine.
account-password-again = Password again
account-setup-title = First run: create the administrator
account-setup-lead = The administrator keeps accounts and cannot see residents' data.
account-setup-token = Token of the first-run link
account-setup-token-hint = Shown where the program was started; valid for 30 minutes and once.
account-setup-button = Create the administrator
account-setup-done = The administrator account was created. Please sign in.
account-setup-void-title = This first-run link is not valid
account-setup-void-used = It works once, for 30 minutes. If the administrator was made with it, sign in.
account-setup-void-late = If there is no administrator yet, start the program again: it shows a new link where it was started.
account-setup-void-sign-in = Sign in
account-setup-over-title = The first run is over
account-setup-over-text = There is an administrator already; this is done once, and nothing was changed now. Sign in with the account you have, or ask the administrator for one.
fault-setup-token = This token is wrong, used or too old. Start the program again for a new link.

accounts-title = Sign-ins
accounts-lead = Account names come from the list of posts and people. Passwords are drawn here and shown once; close an account when somebody leaves.
accounts-drawn = New passwords
accounts-drawn-note = Write them down or print them now and hand them over in person. They are not shown again.
accounts-communities = Communities
accounts-no-community = There is no community yet. Take in its grids on the command line first: weige import grids.
accounts-show = Which ones
accounts-show-all = All
accounts-show-without = Without
accounts-show-open = Open
accounts-show-closed = Closed
accounts-make-all = Make one for { $n ->
    [one] { $n } member
   *[other] { $n } members
 } without
accounts-none = There is nobody like this.
accounts-member = Name
accounts-posts = Posts
accounts-state = State
accounts-do = What to do
accounts-left = has left
accounts-is-open = may sign in
accounts-is-closed = closed
accounts-is-without = no account
accounts-is-unnamed = the list names no account
accounts-make = Make
accounts-password = New password
accounts-close = Close
accounts-open = Open again
