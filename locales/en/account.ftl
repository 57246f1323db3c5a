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
account-setup-lead = The administrator keeps accounts and settings and cannot see residents' data.
account-setup-token = Token of the first-run link
account-setup-token-hint = Shown where the program was started; valid for 30 minutes and once.
account-setup-button = Create the administrator
fault-setup-token = This token is wrong, used or too old. Start the program again for a new link.
