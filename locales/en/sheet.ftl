# The sheet: many paper notes at once, sent on their way with one key
office-sheets = Sheets of notes
sheet-lead = Gather what came on paper, by phone, at the desk or in a chat as rows, look them over, and send them all with one key. Rows that are not sent stay here; several people can fill one sheet.
sheet-none = There is no sheet yet.
sheet-new = A new sheet
sheet-begin = Begin
sheet-title = Name
sheet-title-hint = Optional; for example: Monday's letter box
sheet-of-day = Notes of { $day }
sheet-by = Begun by
sheet-changed = Last change
sheet-drafts = Waiting
sheet-sent = Sent
sheet-totals = Can be sent: { $good }; need a change first: { $faulty }; sent: { $sent }.
sheet-send = Send on their way ({ $n })
sheet-sent-now = { $n ->
    [one] { $n } row is sent.
   *[other] { $n } rows are sent.
}
sheet-sent-waiting = { $n ->
    [one] {" "}{ $n } of them has no category or lies out of your reach: it is received, whoever is on duty answers for it, and the desk will dispatch it.
   *[other] {" "}{ $n } of them have no category or lie out of your reach: they are received, whoever is on duty answers for them, and the desk will dispatch them.
}
sheet-passed-over = {" "}Somebody had just changed or sent { $n } more; nothing went twice.
sheet-kept = { $n ->
    [one] { $n } row is kept.
   *[other] { $n } rows are kept.
}
sheet-placed = { $n ->
    [one] { $n } row has the place now.
   *[other] { $n } rows have the place now.
}
sheet-place-all = { $n ->
    [one] { $n } row has no place: where is it?
   *[other] { $n } rows have no place: where are they all?
}
sheet-place-all-keep = Write it into each
sheet-place-shared = { $n } rows have the place “{ $place }”: change them together if it is wrong
sheet-place-instead = Their place instead
sheet-place-instead-keep = Change them all
sheet-left-out = { $n ->
    [one] 1 line left out
   *[other] { $n } lines left out
}
sheet-left-out-line = Line { $line }: { $words }
sheet-nothing-typed = Nothing was typed.
sheet-problems = { $n ->
    [one] { $n } row needs a change first
   *[other] { $n } rows need a change first
}
sheet-problem = Row { $row }, { $column }: { $what }
sheet-problem-rows = Rows { $row }, { $column }: { $what }
sheet-problem-many = { $n } rows, among them { $row }, { $column }: { $what }
sheet-problems-more = { $n ->
    [one] { $n } more stands in the table.
   *[other] { $n } more stand in the table.
}
sheet-file-problems = Please look at this
sheet-show = Show
sheet-show-all = All
sheet-show-faulty = To change first
sheet-row = Row
sheet-place = Place
sheet-place-hint = A grid's code or name, a compound and building, or “longitude,latitude”.
sheet-words = What was told
sheet-name = Name
sheet-phone = Phone
sheet-contact = Contact
sheet-contact-kept = Kept under seal: { $contact }. Typing it again replaces it.
sheet-use-phone = Use as the phone: { $number }, which stands in the words
sheet-contact-forget = Keep no contact
sheet-category = Category
sheet-category-hint = Its name or code. Leave it empty if you are not sure; the desk decides later.
sheet-to = Goes to
sheet-state = State
sheet-is-good = Can be sent
sheet-is-faulty = Change first
sheet-is-sent = Sent
sheet-is-elsewhere = Looked into elsewhere
sheet-change-row = Change row { $row }
sheet-type = Type some rows
sheet-type-hint = A place is a grid's code or name, a compound and building, or “longitude,latitude”. Tab goes to the next cell, Enter keeps the rows. Empty rows do not count.
sheet-keep = Keep
sheet-paste = Paste or upload
sheet-pasted = Paste from a chat or from Excel
sheet-paste-hint = One note a line. With a header, columns may come in any order; without one they are place, words, name, phone, category. A line without separators is taken as words only. Chats of WeChat, QQ, DingTalk and WeCom can be pasted whole; lines that are left out are listed.
sheet-file = Upload a table
sheet-file-hint = xlsx or csv. Columns that may not be collected are not kept, and you are told.
sheet-take-in = Take in
sheet-drop = Delete the whole sheet
sheet-drop-sure = Delete this sheet and all its waiting rows?
sheet-drop-row = Delete this row
sheet-drop-row-sure = Delete this row?
sheet-complain = Make it a complaint
sheet-complain-row = Make row { $row } a complaint
sheet-complain-hint = For what somebody who works here did or said: the row and its contact become a complaint and leave the sheet. Whoever it is about and their lead do not see it.
sheet-complain-sure = Make this row a complaint and take it off the sheet? It goes as it was last saved; changes that are not saved do not go along.
sheet-complained = Row { $row } left the sheet and became the complaint below.
sheet-pass = Pass it on unread
sheet-pass-row = Pass row { $row } on unread
sheet-pass-hint = Whoever wrote it is not here: pass it on to a supervisor without reading it.
sheet-pass-left = Let { $name }, who wrote it, settle it. Only while they are away can it be passed on to a supervisor unread.
sheet-pass-sure = Pass this row with its contact on to a supervisor, who decides what it is, and take it off the sheet? You see nothing of it, there is no receipt, and it cannot be taken back.
sheet-passed-on = Row { $row } left the sheet; a supervisor decides what it is.
sheet-receipts = Receipts
sheet-receipts-lead = Print them, cut them apart, and hand them to whoever told the problem.
sheet-receipts-none = There is nothing to print: none of these rows was sent by you. Receipts are here for whoever sends the rows.
sheet-receipts-others = { $n ->
    [one] { $n } more was sent by somebody else, who prints its receipt.
   *[other] { $n } more were sent by somebody else, who prints their receipts.
}
sheet-receipts-how = With number and code one can look up the progress, online or at the desk.

sheet-hint-place-words-only = No grid was recognised; the desk will find out where it is{ $about }
sheet-hint-place-compound-only = Only { $about } was recognised, not the part of it that this building lies in
sheet-hint-row-twice = The same as row { $about }
sheet-hint-phone-in-words = { $about } stands in the words, where it will be starred out once sent. To reach whoever told it, press “Change” and tick “Use as the phone”.
sheet-hint-danger-call = This may be dangerous: call { $about } first

fault-cell-error = The workbook could not reckon this cell; please write what belongs there.
fault-place-missing = Please write the place, or name the compound in the words.
fault-place-too-long = This place is too long; 200 characters at most, please.
fault-place-unknown = No place of this community was recognised; please write a grid’s code or name.
fault-place-outside = This position is not in this community.
fault-grid-ambiguous = Several grids have this name; please write the code.
fault-sheet-too-long = A sheet has { $most } rows at most; please begin another one.
fault-sheet-sent = Rows of it are sent; this sheet cannot be deleted.
fault-sheet-sealed = The sheet holds rows that speak of somebody who works here. Whoever wrote them has to settle them first, or where they are away, somebody passes the row on to a supervisor unread.
fault-row-unsealed = You can read this row, so it is not passed on unread: go on with it; where it is about somebody who works here, whoever wrote it makes it a complaint.
fault-row-comes-back = There is no supervisor here, so this row would come back to you. Let a colleague pass it on, or appoint a supervisor first.
fault-row-stale = Somebody has just changed this row. What you typed is still here; look at it and keep it again.
fault-row-sent = This row has just been sent and cannot change any more.
fault-row-stale-by = { $who } changed this row on { $when }. What you typed is still here; look at it and keep it again.
fault-row-sent-by = { $who } sent this row on { $when }; it cannot change any more.
sheet-row-was-changed = changed this row
sheet-row-was-sent = sent this row
