# Telling a problem: four short pages and the receipt
report-step = Step { $n } of { $of }
report-what-title = What happened?
report-what-label = Tell us what it is
report-what-hint = A sentence or two will do. Please write no identity or phone numbers here; we ask later how to reach you.
report-photo-label = Photos
report-photo-hint = Three at most. The position stored in a photo is taken out.
report-sound-label = Say it
report-sound-hint = If typing is hard, record a few words instead.
report-kept-photos = { $n ->
    [one] { $n } photo is kept.
   *[other] { $n } photos are kept.
}
report-kept-sound = A recording is kept.
report-drop-legend = Tick what should be left out
report-drop-photo = Leave out photo { $n }
report-drop-sound = Leave out the recording
report-where-title = Where is it?
report-grid-label = Grid
report-grid-hint = Chosen already if you scanned a code; change it if it is somewhere else.
report-grid-choose = Please choose
report-grid-whole = { $name } (not sure which micro-grid)
report-place-label = Exact place (optional)
report-place-hint = For example: below building 3, entrance 2; east gate of the market
report-contact-title = How can we reach you?
report-contact-lead = All of this is optional. It is handled just the same; number and code show you how it goes.
report-phone-label = Phone number
report-phone-hint = Only somebody at work on this matter can open it, every look is recorded, and you can see the record.
report-name-label = What to call you
report-name-hint = For example: Mrs Wang
report-visit-label = I would like to be asked afterwards whether it is solved
report-contact-promise = Kept encrypted and used for this matter only.
report-check-title = Check your answers
report-only-sound = see the recording
report-contact-none = no contact left
report-send = Send to the grid worker
report-danger-title = This sounds dangerous: please call first
report-danger-text = This is not an emergency line. Call one of these numbers first, then go on here.
report-personal-title = There seems to be a personal number in your words
report-personal-text = Such as an identity, phone, plate or card number. You can go back and take it out; you can also send it as it is.

receipt-title = Received
receipt-number = Number
receipt-code = Code
receipt-keep = Please note number and code, take a picture or print them. With them you can see progress, answer questions and rate at any time.
receipt-grid = Grid
receipt-owner = Responsible now
receipt-owner-desk = the community desk
receipt-answer-by = Answer at the latest
receipt-next = What happens next
receipt-next-1 = The grid worker or the community looks at it, and comes to see it where needed.
receipt-next-2 = It is given to whoever can solve it; somebody else checks the result.
receipt-next-3 = You are told the result and can rate it; if it is not solved, you can ask for it again.
receipt-progress = See progress
receipt-again = Report something else
