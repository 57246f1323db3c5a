# The list of cases, the case page, the forms of its steps
cases-title = Cases
cases-where = Where you are
cases-number = Number
cases-number-hint = such as 20261123-0007
cases-search = Find
cases-what = Matter
cases-told-by = { $n ->
    [one] told by { $n } person
   *[other] told by { $n } people
}
cases-grid = Grid
cases-grid-code = Grid code
cases-state = State
cases-category = Category
cases-class-all = { $name } (all)
cases-limit = Time limit
cases-owner = Responsible
cases-owner-stands-in = { $who } (away; { $deputy } stands in)
cases-owner-me = Me
cases-department = Department
cases-received = Received
cases-reports = Told by
cases-outcome = Outcome
cases-visitor = Asked to visit
cases-visit-tries = Not reached (times)
cases-heard = Return visit
cases-leader-called = Leader called
cases-leader-called-words = { $n ->
    [one] Unsolved once; a leader decides who does it ({ $name })
   *[other] Unsolved { $n } times; a leader decides who does it ({ $name })
}
cases-channel = Channel
cases-closed = Closed
cases-due = Due
cases-due-overdue = Overdue
cases-due-today = Due today
cases-due-soon = Due within two days
cases-from = Received from
cases-to = Received to
cases-sort = Order
cases-sort-newest = Newest first
cases-sort-oldest = Oldest first
cases-sort-due = Next due first
cases-all = All
cases-open = All open
cases-filter = Show
cases-reset = Reset
cases-filter-faulty = The filter has a fault; nothing is shown
cases-box = Only cases within the chosen part of the map are listed.
cases-saved = My filters
cases-saved-name = Keep this filter as
cases-save = Keep
cases-delete = Delete
cases-saved-delete = Delete the filter “{ $name }”
cases-total = { $n ->
    [one] { $n } case
   *[other] { $n } cases
 }
cases-export = Export xlsx
cases-queued-note = When too much is told of one grid within an hour, the rest waits here for the desk to look through: file what is real, merge what was told twice, void what was told by mistake. Nothing was lost.
cases-visit-note = Only cases whose reporter still has to be visited.
cases-no-visit-note = Only cases that wait for no visit.
cases-empty = No case matches.
cases-empty-all = Show all cases
cases-pages = Pages
cases-first-page = Back to the first page
cases-next-page = Next page

cases-by = by { $at }
cases-soon = due soon: { $at }
cases-overdue = overdue since { $at }
cases-until = goes on { $at }
cases-map = Where it is
cases-why = How this deadline is reckoned
cases-why-start = Counted from { $at }; the limit is { $limit }.
cases-why-extended = { $n ->
    [one] Extended once, by the same limit.
   *[other] Extended { $n } times, by the same limit each time.
}
cases-why-skipped = Not counted: { $name }, { $first } to { $last }.
cases-why-skipped-day = Not counted: { $name }, { $day }.
cases-why-weekend = weekend
cases-why-moved = Reckoned by today’s rules it would end elsewhere: a rule was changed, or it was put off, after the clock began; { $at } holds.
cases-why-provisional = Provisional: this year's holidays are not published yet; it will be reckoned again.

limit-minute = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
limit-urgent-hour = { $n ->
    [one] { $n } urgent hour
   *[other] { $n } urgent hours
}
limit-urgent-day = { $n ->
    [one] { $n } urgent day
   *[other] { $n } urgent days
}
limit-work-hour = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
limit-work-day = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
limit-legal-day = { $n ->
    [one] { $n } working day, from the next day on
   *[other] { $n } working days, from the next day on
}
limit-natural-day = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

cases-told = What was told
cases-photo-report = Photo from the reporter, { $n }
cases-photo-result = Photo of the result, { $n }
cases-sound = Sound note
cases-contact = How to reach the reporter
cases-contact-none = No contact was left.
cases-contact-masked = A contact was left:
cases-contact-show = Show
cases-contact-hint = Only to work on this case. Each look is noted and the reporter can see it.
cases-contact-noted = This look was noted: to work on this case.
cases-contact-visit = Would like to be asked in person.
cases-contact-other = Another reporter of the same ({ $channel }, { $when })
cases-trail = Trail
cases-next = What may be done now
cases-next-none = There is nothing for you to do now.
cases-next-whistle = A whistle is open: the result can be told once each response is rated or the whistle is called off.
cases-done = Done.
cases-kept = What you wrote (not sent, copy it if you need it):
cases-extend-decide = Decide on more time

cases-reason-serves = Why: { $role } of { $grid }
cases-reason-stands-in = Why: stands in for { $absent }, { $role } of { $grid }
cases-reason-last = Why: nobody else is there now
cases-people-here = This grid and those above it
cases-people-departments = Departments
cases-people-elsewhere = Other grids

cases-deed-handed_over = Handed over to { $name }
cases-deed-reported = Report received ({ $channel })
cases-deed-verifying = { $name } was asked to look
cases-deed-reclassified = Category changed from { $was } to { $now }
cases-deed-verified-exists = Looked: it is there
cases-deed-verified-not = Looked: nothing found
cases-deed-verified-unclear = Looked: could not be verified
cases-deed-dispatched = Dispatched to { $name }
cases-deed-deputy = Not taken in time; passed to the deputy { $name }
cases-deed-escalated = Lifted one level up, to { $name }
cases-deed-unanswered = Not taken in time, passed on to { $name }
cases-deed-suspended = Suspended until { $at }
cases-deed-extension-fell-suspended = The request for more time fell away: the case was suspended, and its deadline moves by as long
cases-deed-extension-fell-handled = The request for more time fell away: a result was given
cases-deed-extension-fell-given_on = The request for more time fell away: the work went to somebody else
cases-deed-extension-fell-ended = The request for more time fell away: the case is over
cases-extension-over = The request for more time needs no decision any more
cases-deed-extension-granted = More time was granted
cases-deed-extension-refused = More time was refused
cases-deed-visited-solved = Reporter asked: it is solved
cases-deed-visited-unsolved = Reporter asked: it is not solved
cases-deed-not-reached-over = Not reached for the last time; the reporter need not be asked any more
cases-deed-visited-leader = { $heard }. It stayed unsolved several times; { $name } was called to look at it
cases-deed-rated-solved = Rated by the reporter: solved
cases-deed-rated-unsolved = Rated by the reporter: not solved
cases-deed-visit-passed = { $name } was asked to visit the reporter
cases-deed-reopened-leader = Reopened by the reporter; { $name } was called to look at it
cases-deed-closed-solved = Closed: solved
cases-deed-closed-partly = Closed: solved in part
cases-deed-closed-nothing-found = Closed: nothing was found there
cases-deed-closed-wont-fix = Closed: will not be fixed ({ $reason })

step-words = Words
step-answer = What the reporter is told
step-answer-hint = The reporter reads exactly this. The note of the result is for colleagues and is never sent to the reporter.
step-close-answer-hint = The reporter reads exactly this. What was written at the check is filled in; change it as you like.
step-photo = Photo
step-photo-hint = Up to 3; please no faces and no number plates.
step-photo-needed-hint = To say that it is solved, matters of this kind need a photo: 1 to 3; please no faces and no number plates.
photo-kept = Photos kept so far
photo-kept-hint = They need not be chosen again; untick those to leave out.
step-to = To whom
step-to-duty = Whoever is on duty
step-choose = Please choose
step-yes = Result
step-yes-yes = Yes
step-yes-no = No
step-until = Until which day
step-into = Merge into (number)
step-found = What was found
step-redirect = Why not here
step-reason = Reason for returning
step-reason-words = { $reason }: { $words }
step-claimed = Result
step-claimed-solved = Solved
step-claimed-partly = Solved in part
step-filing = Category and filing condition
step-filing-limit = limit { $limit }
step-filing-other = Another category (choose below)
step-filing-none = No category yet
step-filing-none-hint = the community's usual limit applies
step-filing-catalogue = Catalogue

step-verify-hint = Ask a colleague nearby to have a look.
step-verify-done = Somebody was asked to look.
step-verified-hint = Say here what you found.
step-verified-done = Noted; the desk decides what is next.
step-file-hint = Choose category and condition; the limit runs from now.
cases-file-late = Set the category
step-file-late-hint = It was filed without one. The limit of the category then holds, counted from filing; a deadline that was extended, paused or has passed stays.
cases-file-anew = Change the category
step-file-anew-hint = Only where it was filed under the wrong one. The limit of the new category then holds, counted from filing, with the extensions and pauses there were; a deadline that has passed or came with an order stays. The task stays with whoever has it; hand it over if somebody else should do it.
step-file-words = Why the category changes
step-file-words-hint = Stays in the trail; the reporter does not see it.
step-file-done = Filed; next it is dispatched.
step-redirect-words = Where to go instead
step-redirect-words-hint = Name the office and its number; the reporter reads it.
step-redirect-hint = If it is not ours, say who can help.
step-redirect-done = The reporter was told.
step-merge-words = Why it is the same
step-dispatch-far = They serve another grid and are meant all the same
step-merge-far = They lie far apart and are one problem all the same
step-merge-hint = The same problem as another case that runs; also after filing, as long as there is no result.
step-merge-done = Merged; all reporters get the answer.
step-fix-words = How it was fixed
step-fix-words-hint = One sentence; the reporter reads it.
step-fix-hint = Already fixed on the spot: done in one go.
step-fix-done = Closed; the reporter can see the result.
step-void-hint = Only if it was filed by mistake.
step-void-words = Why it is void
step-void-words-hint = The reporter reads it.
step-void-confirm = Declare this case void? This cannot be undone.
step-void-done = Declared void.
step-dispatch-hint = Give it to whoever is to handle it.
step-dispatch-to = To whom
step-dispatch-other = Somebody else (choose below)
step-dispatch-words = Why not by the fast lane
step-dispatch-words-hint = Nothing to write for the department on the list; for anybody else say why, which stays in the trail.
step-dispatch-done = Dispatched; it waits to be accepted.
step-accept-hint = You take it and are responsible for it.
step-accept-done = Accepted; you are responsible now.
step-return-hint = If it is not yours, give it back and say why.
step-return-words = More words
step-return-reason-not_mine = Not my duty
step-return-reason-wrong_place = Not in my grid
step-return-reason-too_little = Too little is known
step-return-reason-other = Something else (say it below)
step-return-done = Returned; whoever dispatched it decides again.
step-escalate-hint = Nobody takes it: one level up.
step-escalate-words = Why it goes up
step-escalate-done = Lifted one level up.
step-ask-words = Your question
step-ask-words-hint = The reporter sees it on the progress page and can answer.
step-ask-hint = If something is unclear, ask.
step-ask-done = Asked; it waits for the reporter's answer.
step-answer-done = Answered.
step-extend-words = Why more time is needed
step-extend-hint = Before the deadline; if granted, the same limit is added.
step-extend-yes = Your decision
step-extend-refuse-words = If you refuse: why
step-extend-yes-yes = Grant more time
step-extend-yes-no = Refuse
step-extend-done = Noted.
step-hand_over-hint = A colleague goes on and is responsible.
step-goes-up-hint = { $n ->
    [one] It was passed on once. This time it goes not to whom you choose but one level up, where a leader decides; if you are that leader, give it down with “Lower”.
   *[other] It was passed on { $n } times. This time it goes not to whom you choose but one level up, where a leader decides; if you are that leader, give it down with “Lower”.
}
step-hand_over-done = Handed over.
step-suspend-hint = Stop the clock while nothing can be done; it goes on by itself.
step-suspend-words = Why it has to wait (the reporter reads it)
step-suspend-done = Suspended; it goes on by itself.
step-resume-hint = Go on; the limit runs again.
step-resume-done = It goes on.
step-handle-words = The result
step-handle-words-hint = What was done and how it turned out, in a sentence or two.
step-handle-left = What is left (where it is solved in part)
step-handle-left-hint = The reporter reads it.
step-handle-hint = When it is done; somebody else checks it.
step-handle-done = The result is in; somebody else checks it.
step-check-yes = What you found
step-check-yes-yes = It is fixed
step-check-yes-no = Not fixed, back to work
step-check-claimed = Whoever did the work says: { $claim }. What did you find
step-check-claimed-yes = It is so
step-check-claimed-no = It is not so, back to work
step-check-words = If it goes back to work: what is missing
step-check-hint = By somebody who did not do the work.
step-check-done = Noted.
step-visit-yes = What the reporter says
step-visit-yes-yes = It is solved
step-visit-yes-no = It is not solved
step-visit-yes-not_reached = Nobody was reached
step-visit-method = How
step-visit-method-phone = By telephone
step-visit-method-on_site = On the spot
step-visit-satisfaction = How content (leave it where nobody was reached)
step-visit-satisfaction-satisfied = Satisfied
step-visit-satisfaction-fairly = Fairly satisfied
step-visit-satisfaction-dissatisfied = Not satisfied
step-visit-hint = Call or go and ask the reporter.
step-visit-words = The reporter’s words (needed where it is not solved, or the reporter is not satisfied)
step-visit-words-hint = Whoever works on this reads it. Is it about a person who works here? Enter it as a complaint instead.
step-visit-done = Noted.
step-pass_visit-hint = Where whoever was asked has no time or does nothing; the next one nearby is asked. When the time is over, that happens by itself.
step-pass_visit-done = Somebody else was asked.
step-close-hint = Tell the reporter the result and close.
step-close-done = Closed; the reporter can rate it.
step-rate-hint = Rating of the reporter.
step-rate-done = Rated.
step-reopen-hint = The reporter wants it done again.
step-reopen-done = Reopened.
step-withdraw-hint = Taken back by the reporter.
step-withdraw-done = Withdrawn.

fault-phone-in-words = This number stands in the words, where it will be starred out. Keep it here if it is theirs; if not, delete it. Then send again.
fault-filter-grid = There is no such grid.
fault-filter-state = There is no such state.
fault-filter-category = There is no such category.
fault-filter-owner = There is no such person.
fault-filter-department = There is no such department.
fault-filter-from = The first day is not a date.
fault-filter-to = The last day is not a date.
fault-filter-after = This page cannot be found; please begin with the first one.
fault-filter-due = There is no such deadline filter.
fault-filter-q = The number is incomplete: write 20261123-0007 or the whole number.
fault-filter-sort = There is no such order.
fault-filter-name-missing = Please give this filter a name.
fault-filter-name-long = The name is too long: 40 characters at most.
fault-filter-many = You can keep 20 filters; delete one you do not use.
fault-addressee-unknown = There is no such person or department; choose again.
fault-addressee-closed = The account of this person is closed, so nobody would see it; choose somebody else.
fault-dispatch-far = Whom you chose serves “{ $grid }”, another general grid than that of this case. If they are meant all the same, please confirm and dispatch again.
fault-merge-far = These two are about { $metres } m apart; the other one lies in “{ $grid }”. If they really are one problem, please confirm and merge again.
fault-merge-far-grid = These two are not in the same general grid; the other one lies in “{ $grid }”. If they really are one problem, please confirm and merge again.
fault-case-unknown = There is no case of this number.

cases-adopted = Adopted by
cases-first-receiver = First received by
cases-tier = Level
cases-clocks = Clocks
cases-clock-over = over
cases-clock-answer = To be taken
cases-clock-dispatch = To be dispatched
cases-clock-contact = First answer
cases-clock-update = Next word to the reporter
cases-clock-report_in = Hear and report in
cases-clock-tier = This level
cases-clock-handle = Result
cases-clock-visit = Return visit
cases-clock-whole = Closing
cases-clock-resume = Goes on
cases-clock-question = Answer of the reporter
cases-why-rule = Rule: filing condition { $condition } of catalogue version { $version }.
cases-why-rule-usual = Rule: the community’s usual limit.
cases-why-rule-setting = Rule: the community’s setting “{ $name }” under “{ $group }”.
cases-why-chosen = Whoever works on it chose this date.
cases-why-promised = The receipt promised it for this moment.
cases-why-handling = Not later than the time for the matter itself.
cases-why-on-top = Plus { $limit } for check and closing.
cases-why-calendar = Calendar: the notice of { $years }.
cases-why-calendar-missing = Calendar: the notice of { $years }; { $missing } is not published yet.
cases-why-paused = Stood still: { $since } to { $till }.
cases-reason-fast-lane = Why: fast lane, straight to this department
cases-reason-department-empty = Why: the department that the catalogue names has nobody any more; the desk sees to it first
cases-reason-lane-empty = Why: the department of the fast lane has nobody to take it now
whistle-title = Whistle
whistle-urgency-ordinary = ordinary
whistle-urgency-urgent = urgent
whistle-urgency-emergency = emergency
whistle-called-by = { $name } called
whistle-within = to acknowledge within { $hear } and report in within { $limit }
whistle-within-cut = to acknowledge within { $hear } and report in by { $at } at the latest: the result is due then, and there is none before the whistle is over
whistle-by = { $urgency }; called { $called }, to report in by { $at }
whistle-hear-by = {" "}(to acknowledge by { $at })
whistle-leads = { $who } (leads)
whistle-helps = { $who } (helps)
whistle-stage-called = called
whistle-stage-acknowledged = acknowledged
whistle-stage-on_site = on the spot
whistle-stage-finished = finished
whistle-stage-rated = rated
whistle-called-off-unrated = called off, to be rated
whistle-called-off = called off
whistle-did-not-come = rated, did not come
whistle-late = { $stage }, late
whistle-acknowledged-at = Acknowledged { $at }
whistle-reported-in-at = Reported in { $at }
whistle-finished-at = Finished { $at }
whistle-climbed-at = Not there, leader told { $at }
whistle-unheard-at = Not acknowledged, leader told { $at }
whistle-ended-at = Over { $at }
whistle-response = Response of the department:
coordination-title = Called together
coordination-items = What was agreed
coordination-done = done
coordination-dropped = dropped
appeal-waiting = Appeal: waiting for two people to decide.
appeal-agreed = Appeal: one agreed, another one has to decide.
appeal-granted = Appeal: granted. It was overdue; figures of timeliness leave it out.
appeal-refused = Appeal: refused.
step-urgency = How soon
step-departments = Which departments
step-leads = Which of them leads
step-leads-first = The first one chosen above
step-response = The response
step-response-satisfied = satisfied
step-response-fairly = fairly satisfied
step-response-dissatisfied = dissatisfied
step-parties = Who is called
step-outside = Bodies outside the net
step-outside-hint = One in a line, such as the property company
step-place = Where
step-item = Which one
step-coordinate-until = When they meet
step-coordinate-words = What about
step-agree-words = What is to be done
step-agree-to = Who does it
step-agree-to-nobody = A body outside the net (name it below)
step-agree-until = By when
step-settle-yes = How it ended
step-settle-yes-yes = It is done
step-settle-yes-no = It is dropped
step-settle-words = If it is dropped: why
step-review-yes = Your decision
step-review-yes-yes = Agree
step-review-yes-no = Refuse
step-review-words = If you refuse: why
step-raise-to-nobody = The next level above
step-raise-words = Why it has to go up
step-lower-words = Why a lower level is enough
step-tell-words = What the reporter reads
step-whistle-words = What they are called for
step-finish-words = What was done
step-release-words = Why
step-call_off-words = Why
step-appeal-words = Why it could not be in time
step-rate_response-departments = Which department
step-rate_response-words = Words (needed when dissatisfied)
step-adopt-hint = You answer for the end and close it; whoever is responsible stays so.
step-adopt-done = You answer for the end of it now.
step-release-hint = You answer for it no more.
step-release-done = Released.
step-raise-hint = This level cannot do it; give it to one that can.
step-raise-done = Raised.
step-lower-hint = A lower level is enough.
step-lower-done = Given to a lower level.
step-tell-hint = Let the reporter know how it goes.
step-tell-done = The reporter can read it.
step-whistle-hint = Call departments to the spot; each has to finish and be rated before the result.
step-whistle-done = They are called.
step-acknowledge-hint = Say that you have heard.
step-acknowledge-done = Acknowledged.
step-report_in-hint = When you are on the spot.
step-report_in-done = Reported in.
step-finish-hint = Your part is done.
step-finish-done = Finished.
step-rate_response-hint = Of the department, not of a person.
step-rate_response-done = Rated.
step-call_off-hint = They are not needed any more; departments that came, finished or did not report in are still rated by whoever whistled.
step-call_off-done = Called off.
step-climb-hint = Time does it.
step-climb-done = Told.
step-lapse-hint = Time does it.
step-lapse-done = No longer waiting.
step-coordinate-hint = Call the parties together.
step-coordinate-done = They are called together.
step-agree-hint = Who does what by when; the case is not closed before it is settled.
step-agree-done = Noted.
step-settle-hint = It is done, or will not be.
step-settle-done = Settled.
step-appeal-hint = Once for a case; that it was overdue stays a fact.
step-appeal-done = Appealed.
step-review-hint = Two people have to agree, neither of them concerned.
step-review-done = Noted.
fault-department-unknown = There is no such department; choose again.
fault-response-person = What is rated is how the department responded: please name nobody (by name, by what they are called, by their post), nor give anybody’s number.
fault-colleague-conduct = Everybody who works on this reads it: please write of the matter, and not of how somebody who works here behaved. That is told as a complaint.
fault-department-not-called = The department that leads has to be one of those called.
fault-lane-left = This category is on the fast lane: say why it goes to somebody else.
fault-visit-nobody = The reporter was not reached, so nothing can be said here.
fault-department-twice = The same department is named twice.
fault-department-empty = Nobody of this department is there now; choose another one.
cases-too-early-from = The time for this has not come: only after { $at }.
cases-suspended-once = This case was suspended before: a case is suspended only once.
cases-extended-often = { $n ->
    [one] More time was given once already, which is as often as is allowed.
   *[other] More time was given { $n } times already, which is as often as is allowed.
}
