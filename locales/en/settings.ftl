# Settings: a community's own rules
settings-title = Settings
settings-lead = The limits, counts and lists that the community lays down for itself. Whatever was not changed is the default.
settings-kept = Saved.
settings-undone = It is as it was before.
settings-usual = All of it is the default
settings-differing = { $n ->
    [one] { $n } setting differs from the default
   *[other] { $n } settings differ from the default
}
settings-changes = What was changed
settings-changes-none = Nothing was changed yet.
settings-when = When
settings-what = What
settings-back = Set back
settings-undo = Set back
settings-undo-confirm = Everything that this change changed will be what it was before, and that is noted as a change of its own. Are you sure?
settings-same-title = Nothing changed
settings-same = These settings are as they were before already.
settings-not-undone = It was not set back
settings-changed = { $name }: was { $was }, is { $now }
settings-none = none
settings-stale = Somebody has changed the settings meanwhile. What you typed is still below; look at what was changed and save again.
settings-keep = Save
settings-between = { $least } to { $most }
settings-default = Default: { $value }
settings-nothing = Nothing
settings-row = Line { $n }:
settings-column-category = Category
settings-column-department = Department
settings-column-sample = Sample (%)
settings-column-within = Visit within (may stay empty)
settings-column-unit = Unit
settings-column-code = Code (small letters)
settings-column-name = Name (needed for your own)
settings-unit-minute = minutes
settings-unit-urgent_hour = urgent hours
settings-unit-urgent_day = urgent days
settings-unit-work_hour = working hours
settings-unit-work_day = working days
settings-unit-legal_day = legal working days
settings-unit-natural_day = days
settings-unit-days = days
settings-unit-hours = hours
settings-unit-minutes = minutes
settings-unit-times = times
settings-unit-metres = metres
settings-unit-percent = %
settings-unit-people = people
settings-n-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
settings-n-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
settings-n-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
settings-n-times = { $n ->
    [one] once
   *[other] { $n } times
}
settings-n-metres = { $n ->
    [one] { $n } metre
   *[other] { $n } metres
}
settings-n-percent = { $n } %
settings-n-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}

settings-group-intake = Receiving and dispatching
settings-group-intake-lead = How soon a report is looked at, given to somebody, and taken.
settings-group-intake-when = Holds for steps that begin after saving; clocks that run already stay as they are.
settings-group-handling = Time to handle
settings-group-handling-lead = How long each level has, how soon reporters are answered, how often a case is handed over or given more time.
settings-group-handling-when = A limit of the filing condition itself comes first. Holds for steps that begin after saving; clocks that run already stay as they are.
settings-group-closing = After closing
settings-group-closing-lead = How long reporters can ask for more, and handlers appeal against being overdue.
settings-group-closing-when = Holds for cases that are closed from now on; those closed already keep their dates.
settings-group-visit = Return visits
settings-group-visit-lead = Which reporters are visited before a case is closed, how soon, and how often one tries.
settings-group-visit-when = Holds from the next check that is passed; visits somebody has already stay as they are.
settings-group-whistle = Whistles
settings-group-whistle-lead = How soon departments are on the spot after a whistle, and who of a department is called when nobody came.
settings-group-whistle-when = Holds from the next whistle; those that were blown stay as they are.
settings-group-lane = Fast lane
settings-group-lane-lead = Matters that go straight to a department, past the levels of the grid.
settings-group-lane-when = Holds from the next dispatch. The first line that fits wins; the fast lane comes before routing rules.
settings-group-duplicate = Duplicates
settings-group-duplicate-lead = How near in place and time two reports may be the same problem.
settings-group-duplicate-when = Holds at once. It is only ever an offer: people decide.
settings-group-supervision = Supervision
settings-group-supervision-lead = Which cases are shown to whoever supervises: without a step for days, or close to their deadline.
settings-group-supervision-when = The lists follow at once; questions that were asked already keep their dates.
settings-group-referral = Enforcement leads
settings-group-referral-lead = How soon leads are taken by the enforcement team and have a result.
settings-group-referral-when = Holds from the next step; clocks that run already stay as they are.
settings-group-mediation = Mediation
settings-group-mediation-lead = Which disputes are mediated, for how long, and how long contacts and papers are kept.
settings-group-mediation-when = Limits hold from the next step; the days of keeping hold at once.
settings-group-complaint = Complaints about staff
settings-group-complaint-lead = How soon a complaint is answered.
settings-group-complaint-when = Holds from the next complaint; those received already keep their dates.
settings-group-figures = Figures
settings-group-figures-lead = Numbers of residents below which nothing is shown.
settings-group-figures-when = Pages, files and the wall follow at once.
settings-group-phones = Numbers to call
settings-group-phones-lead = Telephone numbers of offices on the pages for residents and on boards. Of offices only, never of a person.
settings-group-phones-when = Pages follow at once; printed boards have to be printed again.

settings-case-decide_within = From report to decision
settings-case-decide_within-hint = How soon it is decided whether to take it up.
settings-case-verify_within = Looking whether it is there
settings-case-verify_within-hint = How soon whoever was sent to look has answered.
settings-case-dispatch_within = From filing to dispatch
settings-case-dispatch_within-hint = How soon a filed case is given to somebody.
settings-case-accept_within = Taking it
settings-case-accept_within-hint = How soon a task is taken; after that it goes to the deputy.
settings-case-deputy_within = The deputy takes it
settings-case-deputy_within-hint = After that it goes to the lead of the next level.
settings-case-lead_within = The lead takes it
settings-case-lead_within-hint = After that it goes on up, to the desk at last.
settings-case-return_within = Returning it
settings-case-return_within-hint = How long a task may be returned after its dispatch.
settings-case-default_limit = Cases without a filing condition
settings-case-default_limit-hint = From filing to the end.
settings-case-tiers-micro = Micro-grid
settings-case-tiers-micro-hint = How long this level has before the case has to go up.
settings-case-tiers-general = General grid
settings-case-tiers-community = Community
settings-case-tiers-subdistrict = Subdistrict
settings-case-check_within = Check and closing
settings-case-check_within-hint = On top of the time to handle. Empty: that covers it.
settings-case-first_answer_within = First answer to the reporter
settings-case-first_answer_within-hint = Where the filing condition says nothing. Empty: not asked for.
settings-case-update_every = Telling the reporter how it goes
settings-case-update_every-hint = How often. Empty: not asked for.
settings-case-ask_within = Waiting for the reporter’s answer
settings-case-ask_within-hint = How long a question waits. After that the work goes on with what is known; an answer that comes later is still taken.
settings-case-suspension_days = Longest suspension
settings-case-suspension_days-hint = Where the filing condition says nothing.
settings-case-max_transfers = Hand-overs
settings-case-max_transfers-hint = After so many the next one goes a level up, where a leader decides.
settings-case-max_extensions = More time
settings-case-max_extensions-hint = How often more time may be granted.
settings-case-reopen_days = Reopening
settings-case-reopen_days-hint = For so many days after closing the reporter can reopen a case.
settings-case-reopenings_to_leader = Unsolved rounds until a leader is called
settings-case-reopenings_to_leader-hint = A reopening counts, and so does a return visit that hears "not solved". From then on a leader decides who does it.
settings-case-appeal_days = Appeal against being overdue
settings-case-appeal_days-hint = For so many days after closing.
settings-case-visit-sample = Sample
settings-case-visit-sample-hint = Of a hundred cases whose category asks no visit, so many are visited. Taken by the case's number, whoever handled it.
settings-case-visit-within = Time for a visit
settings-case-visit-within-hint = From the check on.
settings-case-visit-again_within = Trying again
settings-case-visit-again_within-hint = How soon, where nobody was reached.
settings-case-visit-pause = At least between two tries
settings-case-visit-tries = Tries at most
settings-case-visit-tries-hint = After so many the case may be closed without an answer.
settings-case-visit-of = What differs for some categories
settings-case-visit-of-hint = The first line that fits wins.
settings-case-whistle-ordinary = Ordinary
settings-case-whistle-ordinary-hint = How soon departments are on the spot.
settings-case-whistle-urgent = Urgent
settings-case-whistle-urgent-hint = Not slower than an ordinary one.
settings-case-whistle-emergency = Emergency
settings-case-whistle-emergency-hint = Not slower than an urgent one.
settings-case-whistle-hear-ordinary = Ordinary: to acknowledge
settings-case-whistle-hear-ordinary-hint = How soon departments say that they have heard; not slower than being there.
settings-case-whistle-hear-urgent = Urgent: to acknowledge
settings-case-whistle-hear-emergency = Emergency: to acknowledge
settings-case-whistle-leader_titles = Titles of those who lead a department
settings-case-whistle-leader_titles-hint = One a line. When nobody came in time, the first person with such a title is called, from the top.
settings-case-fast_lane = Matters of the fast lane
settings-case-fast_lane-hint = On each line a category or class, and the department that handles it.
settings-duplicate-metres = Distance
settings-duplicate-metres-hint = How far apart at most.
settings-duplicate-days = Time
settings-duplicate-days-hint = How long apart at most.
settings-duplicate-families = Categories that count as one
settings-duplicate-families-hint = One family a line: codes of categories with spaces between them, such as 20110 20111. Else a class is a family.
settings-duplicate-hidden = Categories not offered to residents
settings-duplicate-hidden-hint = What concerns persons is nobody else's business.
settings-supervision-silent_days = Silent
settings-supervision-silent_days-hint = Cases in which nobody did anything for so long are listed.
settings-supervision-near_hours = Close to the deadline
settings-supervision-near_hours-hint = Cases that are due within so long are listed.
settings-supervision-answer_days_max = Answers to supervision
settings-supervision-answer_days_max-hint = The longest time that may be given.
settings-referral-take_within = Taking a lead
settings-referral-take_within-hint = Two officers take it, or say why not.
settings-referral-start_within = Beginning the procedure
settings-referral-start_within-hint = Or a first look ends it.
settings-referral-simple_within = Simple procedure
settings-referral-general_within = General procedure
settings-mediation-limit = Time to mediate
settings-mediation-max_extensions = More time
settings-mediation-max_extensions-hint = How often, if both sides want it.
settings-mediation-follow_up_within = Look at the agreement
settings-mediation-follow_up_within-hint = How long after it was made.
settings-mediation-contact_days = Contacts are kept
settings-mediation-contact_days-hint = So many days after the end they are erased.
settings-mediation-words_days = Words and papers are kept
settings-mediation-words_days-hint = Not shorter than contacts.
settings-mediation-kinds = Kinds of disputes
settings-mediation-kinds-hint = The usual ones need no name; your own do.
settings-mediation-categories = Categories that are disputes
settings-mediation-categories-hint = Whoever tells one is told of mediation, and the page of such a case offers to open one.
settings-complaint-limit = Time to answer
settings-figures-fewest = Fewest people
settings-figures-fewest-hint = Smaller numbers are not shown, so that nobody can be guessed.
settings-phones-desk = The community's desk
settings-phones-desk-hint = It stands in the foot of every page, too. Empty: not shown.
settings-phones-water = Water supply repair
settings-phones-power = Power supply repair
settings-phones-gas = Gas emergencies
settings-phones-lift = People trapped in a lift

fault-setting-shape = This value cannot be used; please give another.
fault-setting-number = Give a whole number, and choose its unit.
fault-setting-number-in = Line { $n }: give a whole number.
fault-setting-half = Line { $n } is not complete.
fault-setting-range = Give a number from { $least } to { $most }.
fault-setting-slower = A more urgent whistle cannot leave more time.
fault-setting-hears = Acknowledging cannot have more time than being there.
fault-setting-phone = Give a telephone number: 3 to 15 digits, perhaps with spaces, hyphens, brackets and a plus.
fault-setting-empty = At least one line is needed.
fault-setting-many = At most { $most } lines.
fault-setting-line = Each line needs words, at most { $most } characters.
fault-setting-twice = “{ $what }” stands there twice.
fault-setting-alone = A family has at least two categories.
fault-setting-category = The catalogue has no “{ $code }”.
fault-setting-department = There is no department of the code “{ $code }”.
fault-setting-code = “{ $code }” is no code: 2 to 20 small letters.
fault-setting-nameless = “{ $code }” is a kind of your own; give it a name.
fault-setting-order = Words cannot be kept shorter than contacts.
settings-lane-alert = Lines of the fast lane whose department has nobody left, so that the desk takes these matters: { $n }.
