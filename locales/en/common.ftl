# Words used everywhere
common-back = Back
common-continue = Continue
common-change = Change
common-made = Drawn up on { $day }
common-printed = This paper holds { $n } of them; export xlsx to have all.
common-printed-part = This paper holds { $n } of them.
common-print = Print
common-call = Call
common-optional = optional
common-none = none
common-sample = sample
common-wait = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}

form-prefix = Error:{" "}
form-summary-title = Some things need a change
form-summary-of = “{ $form }”: some things need a change
form-summary-line = “{ $field }”: { $said }
form-fault = Error:{" "}
form-unsent = What you wrote just now (it was not sent; you can copy it)
form-gone = This is not with you any more; somebody else may have it now. What you wrote was not sent; copy it before you leave.
form-earlier = This form was received as
form-earlier-unknown = This form was sent before.
form-earlier-again = What it says now differs, and was not received. If it is another matter, please send it once more.

fault-form-earlier = This form was received as { $number }. What it says now differs, and was not received. If it is another matter, please send it once more.
fault-form-earlier-unknown = This form was sent before. What it says now differs, and was not received. If it is another matter, please send it once more.
fault-field-missing = Please fill this in.
fault-report-too-many = This device, or this network, has sent a lot in a short time. Please press “Send” again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }; everything you filled in stays on this page. If it is urgent, please call.
fault-text-missing = Please write a few words.
fault-text-or-sound-missing = Please write a few words, or record them.
fault-text-too-long = This is too long; 2,000 characters at most, please.
fault-place-note-too-long = The words on the place are too long; 500 characters at most, please.
fault-words-missing = Please write a few words.
fault-grid-unknown = There is no such grid; please choose again.
fault-grid-scheme = This grid belongs to another scheme, such as the political-legal grids; please take one of the community's grids.
fault-grid-missing = Please choose the grid.
fault-grid-across = This grid's border cuts through the community's grids, so nothing can be counted for it.
fault-location-impossible = This position cannot be right; please choose again.
fault-location-elsewhere = This position is far from the grid; please pick the position again, or choose the grid where it lies.
fault-location-far = This position is far from every community here; is the device's position right? Please pick it again, or choose a grid.
fault-file = Photo { $n } chosen ({ $name }): { $said }
fault-lon-impossible = This longitude cannot be right; it is a number from -180 to 180.
fault-lat-impossible = This latitude cannot be right; it is a number from -90 to 90.
fault-category-unknown = There is no such category; please choose again.
fault-condition-unknown = This category has no such filing condition; please choose again.
fault-phone-malformed = This does not look like a phone number. Write 11 digits, or a landline with its area code, or leave it empty.
fault-name-too-long = This name is too long; 40 characters at most, please.
fault-photo-many = Three photos at most.
fault-photo-unreadable = This photo cannot be opened. Please choose a JPEG, PNG or WebP photo.
fault-photo-too-large = This photo is too large; please choose one of at most 20 MB.
fault-photo-too-many-pixels = This photo has too many pixels; please choose one of at most { $side } pixels a side and { $millions } million altogether.
fault-text-zero = A zero byte stands in this text, which cannot be kept; please take it out.
fault-sound-many = More than one sound note came; one at most, please.
fault-sound-unreadable = This recording cannot be opened. Please record again, or write a few words.
fault-sound-too-large = This recording is too long; please make it shorter.
fault-number-malformed = A report number is made of community code, date and count, like “510184999001-20260131-0001”; please compare it with your receipt.
fault-number-malformed-here = A report number has a date and a count, like “20260131-0001”, with or without the community code in front; please compare it with your receipt.
fault-code-wrong = Number and code do not belong together; please compare them with your receipt. If you do not have it at hand, call the number at the foot of this page.
fault-code-malformed = The code has 6 digits.
fault-rating-missing = Please say how satisfied you are.
fault-name-missing = Please write the account's name.
fault-password-missing = Please write the password.
fault-password-differs = The two passwords differ.
fault-password-too-short = A password has at least { $least } characters; 15 or more are better.
fault-password-too-long = A password has at most { $most } characters.
fault-password-too-common = This password is too easy to guess; please choose another one.
fault-account-name-taken = This account name is taken.
fault-account-name-malformed = An account name has 2 to 64 small letters, digits and hyphens.
fault-role-does-not-fit = This role does not fit the account.
fault-too-long = This is too long.

role-anonymous = visitor
role-resident = resident
role-volunteer = contact volunteer
role-steward = micro-grid steward
role-worker = grid worker
role-grid_lead = lead of the general grid
role-community_lead = lead of the community
role-desk = community desk
role-department = department
role-officer = enforcement officer
role-supervisor = integrity supervisor
role-command = subdistrict command
role-privacy_officer = privacy officer
role-auditor = auditor
role-admin = administrator
role-integration = partner system
fault-sign-in-wrong = The name or the password is wrong; please try again.
fault-sign-in-seconds = Too many tries. Please sign in again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
 }; if you have forgotten the password, ask the administrator for a new one.
fault-sign-in-minutes = Too many tries. Please sign in again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }; if you have forgotten the password, ask the administrator for a new one.
