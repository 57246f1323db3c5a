# Leads for enforcement officers: the grid refers, officers take, work and answer
referral-title = Enforcement leads
referral-lead = The grid only refers a lead; officers inspect, choose the procedure and decide by law.
referral-empty = There are no leads.
referral-tab-open = Running
referral-tab-over = With a result
referral-tab-all = All

referral-of-case = Enforcement lead
referral-of-case-hint = The case goes on and its time runs; the result comes back here.
referral-refer = Refer a lead
referral-refer-lead = Write about the place and the matter, not about people. Two officers take it, and the result comes back into the case.
referral-send = Refer
referral-case = From case
referral-place = Place
referral-place-hint = So that it can be found; a unit or shop may be named, a person may not.
referral-finding = What was found
referral-finding-hint = What was seen, and when. Identity numbers, phone numbers and number plates are starred out.
referral-item = Penalty item it may fall under
referral-item-hint = As the list words it, such as “occupying or blocking a fire lane”.
referral-team = Enforcement team
referral-evidence = Photos that go along
referral-photo = Photo { $n }
referral-new-photo = More photos
referral-new-photo-hint = Of the place and things, without faces where possible. At most 3.
referral-referrer = Referred by
referral-referred-at = Referred
referral-officers = Officers
referral-away = Away
referral-away-stand-in = { $officer } is away; { $deputy } stands in
referral-away-nobody = { $officer } is away and no officer stands in; the other one can hand it on
referral-officer-away = { $officer } (away until { $until })
referral-stood-in = { $who } (for { $absent })
referral-procedure = Procedure
referral-result = Result
referral-reason = Reason
referral-due = Due
referral-due-why = by { $at } ({ $limit })
referral-limit-referred = to be taken:
referral-limit-taken = to choose a procedure:
referral-limit-started = to report the result:
referral-print = Print the sheet
referral-sheet = Referral of a lead
referral-sign-from = Referred by
referral-sign-first = Officer
referral-sign-second = Officer
referral-printed = Printed { $at }

referral-state-referred = Waiting to be taken
referral-state-taken = Taken
referral-state-started = Under way
referral-state-ended = With a result
referral-state-refused = Not taken
referral-state-withdrawn = Taken back

referral-procedure-simple = Simple procedure
referral-procedure-general = General procedure

referral-result-no_violation = No violation found
referral-result-corrected_on_spot = Put right on the spot
referral-result-penalty_decided = A penalty was decided
referral-result-transferred = Passed to another authority
referral-result-closed = Closed

referral-answer-refused = The team did not take it
referral-answer-withdrawn = The lead was taken back
referral-answer-no_violation = No violation found
referral-answer-corrected_on_spot = Put right on the spot
referral-answer-penalty_decided = A penalty was decided
referral-answer-transferred = Passed to another authority
referral-answer-closed = Closed

referral-reason-not_ours = Not a matter for this team
referral-reason-no_breach = No rule is touched
referral-reason-too_little = Place or evidence do not suffice
referral-reason-already = An authority is already at it

referral-do-take = Take it
referral-do-take-hint = You take it together with a second officer; from then on the two of you work on it.
referral-do-hand = Hand it on to another officer
referral-do-hand-hint = You go on together with the officer chosen here, in the place of the other one; the deadline stays.
referral-do-over = Take it over
referral-do-over-hint = You and the officer chosen here go on in the place of those who had it; the deadline stays.
referral-do-refuse = Do not take it
referral-do-refuse-hint = Say why, and whom to turn to instead.
referral-do-start = Note the procedure
referral-do-start-hint = Only which procedure applies is noted; the file itself is kept in the officers’ own system.
referral-do-end = Report the result
referral-do-end-hint = Only how it ended, and nothing about anybody. It goes back into the case at once.
referral-do-withdraw = Take the lead back
referral-do-withdraw-hint = If it was a mistake, and nobody has taken it yet.
referral-do-remind = Remind
referral-do-remind-hint = Time itself reminds.
referral-withdraw-confirm = Take this lead back?
referral-second = Second officer
referral-words = Note
referral-words-hint = About the matter, not about people. May be left out.
referral-refuse-words = Whom to turn to
referral-refuse-words-hint = Such as a department or a hotline.

referral-done-refer = Referred; the officers get a message.
referral-done-take = Taken.
referral-done-hand = Handed on; the deadline stays.
referral-done-refuse = Whoever referred it was told.
referral-done-start = The procedure is noted.
referral-done-end = The result is back in the case.
referral-done-withdraw = Taken back.
referral-done-remind = Reminded.

referral-deed-referred = Lead referred
referral-deed-taken = Taken by { $first } and { $second }
referral-deed-handed = Handed on to { $first } and { $second }
referral-deed-started = { $procedure }
referral-deed-ended = Result: { $result }
referral-deed-refused = Not taken: { $reason }
referral-deed-withdrawn = Lead taken back
referral-deed-overdue = The deadline passed; those concerned were told
referral-deed-answered = The enforcement lead has a result: { $answer }

case-deed-referred = A lead went to enforcement officers
case-deed-referral_answered = The enforcement lead has a result

message-referral-referred = There is a new enforcement lead
message-referral-taken = An enforcement lead was taken
message-referral-handed = An enforcement lead was handed on to { $first } and { $second }
message-referral-started = The procedure of a lead was noted
message-referral-ended = The lead you referred has a result
message-referral-refused = The lead you referred was not taken
message-referral-withdrawn = An enforcement lead was taken back
message-referral-overdue = An enforcement lead is past its deadline
message-referral_answered = The result of a lead came back into your case

refusal-two_officers = Two different officers are needed; please choose somebody else.
refusal-already_taken = Two officers of the team have taken this lead; one of them, or the officer who stands in, can hand it on.
refusal-not_of_the_team = There are no two officers of one team for this place, or the one chosen is not of the team.
refusal-second_away = The one chosen is away and cannot come along; please choose somebody who is there.
refusal-one_for_both = The other officer is away and you stand in for them; one person is not two, so hand the lead on to an officer who is there.
refusal-procedure_missing = Before a penalty or a closing, the procedure has to be noted.
refusal-already_referred = A lead of this case is already with officers; wait for its result before referring another.

fault-team-none = No enforcement team serves this place yet; please ask the desk.
fault-team-unknown = There is no such team; please choose again.
fault-photo-unknown = The photo chosen does not belong to this case.
fault-officer-unknown = There is no such officer; please choose again.
