# The case file: everything that was done about a case, to print or take away
case-file-title = Case file
case-file-take = Download the case file (zip)
case-file-take-hint = The reporter's contact is not in it. That it was downloaded is noted in the trail of the case.
case-file-taken = Downloaded the case file
case-file-facts = Facts
case-file-photos = Photos before and after
case-file-before = Photo before { $n }
case-file-after = Photo after { $n }
case-file-sound = Sound note { $n }
case-file-record = Entry
case-file-when = When
case-file-who = Who
case-file-what = What was done
case-file-note = Entries are numbered as in the journal, which only grows; each entry carries the hash of the one before.
case-file-made = Made by { $name }, { $at }
