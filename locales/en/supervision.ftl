# Supervision: reminders, questions with a date, circulars, and the cases that need looking at
supervision-title = Supervision
supervision-lead = See how far things have come, remind whoever is responsible, ask for an answer by a date. Only cases are listed; nobody is rated.
supervision-empty = No cases here.
supervision-why = Why it stands here
supervision-list-overdue = Overdue
supervision-list-near = Due soon
supervision-list-tier = Past the level's limit
supervision-list-silent = Silent
supervision-list-asked = Answer awaited
supervision-list-late = Answer overdue
supervision-list-answered = Answered
supervision-why-overdue = It was due { $at } and is not closed
supervision-why-near = It is due by { $at }
supervision-why-tier = This level should have solved it or lifted it up by { $at }
supervision-why-silent = Nobody has taken a step since { $at }
supervision-why-asked = An answer is due by { $at }
supervision-why-late = The answer was due by { $at } and has not come
supervision-why-answered = Answered { $at }

supervision-do-remind = Remind
supervision-do-supervise = Ask for an answer
supervision-do-answer = Answer the question
supervision-lead-remind = Reminds { $name }, who is responsible. No answer is due.
supervision-lead-supervise = Asks { $name }, who is responsible, for an answer by a date.
supervision-lead-answer = { $name } asks you for an answer:
supervision-due-remind = The case is due by { $at }
supervision-due-supervise = The case is due by { $at }
supervision-due-answer = Answer by { $at }
supervision-words-remind = What to say
supervision-words-supervise = What has to be answered
supervision-words-answer = Answer
supervision-words-hint = Write about the matter, not about the person. Every colleague who may see the case reads it.
supervision-until = Answer due on
supervision-until-hint = Until the end of that day.
supervision-answer-owed = { $name } owes an answer
supervision-remind-done = Reminded; whoever is responsible gets a message.
supervision-supervise-done = Asked; whoever is responsible gets a message. The answer will stand under “Answered”.
supervision-answer-done = Answered.
supervision-earlier = What went out on { $at } was: “{ $words }”. What it says now differs, and was not sent. To say that as well, please press the button once more.

supervision-said-remind = { $name } was reminded
supervision-said-supervise = { $name } was asked for an answer by { $at }
supervision-said-late = The answer is overdue
supervision-said-answer = The question was answered

message-supervision-reminded = You were reminded of a case you are responsible for
message-supervision-supervised = You are asked for an answer by a date
message-supervision-answered = Your question was answered
message-supervision-overdue = An answer to a question is overdue
message-supervision-tier_over = A case is past the limit of its level: solve it or lift it up
message-supervision-undecided = Nobody has decided in time what becomes of a case: please do
message-supervision-undecided_again = A case still waits for a decision after those who decide were told: please see to it
message-supervision-circulated = A circular speaks of your unit

refusal-case-over = This case is over; there is nothing to remind anybody of.
refusal-nobody-responsible = Nobody is responsible for this case yet; please dispatch it first.
refusal-own-case = You are responsible for this case yourself.
refusal-no-answer-waited-for = This was answered already, or needs no answer.
refusal-others-asked = Whoever is responsible has to answer this.
refusal-said-before = You said the same less than a day ago and the one responsible has it, so it was not sent again. If something is new, please say what.

fault-list-unknown = There is no such list.

circular-title = Circulars
circular-lead = A circular speaks of units: grids and departments. It names nobody.
circular-empty = There are no circulars yet.
circular-new = Write a circular
circular-new-lead = Choose the grids or departments it speaks of. No names or numbers of people; a micro-grid is one person and cannot be chosen.
circular-heading = Heading
circular-heading-hint = Up to 60 characters.
circular-text = Text
circular-text-hint = The matter, the deadlines, what is asked for; up to 4,000 characters.
circular-grids = Grids it speaks of
circular-departments = Departments it speaks of
circular-publish = Publish
circular-withdraw = Take back
circular-withdraw-confirm = Colleagues will not see this circular any more. Take it back?

fault-circular-title = Please write a heading of up to 60 characters.
fault-circular-words = Please write a text of up to 4,000 characters.
fault-circular-unit = Please choose at least one grid or department.
fault-circular-micro = A micro-grid is one person; a circular cannot speak of it.
fault-circular-micro-named = The heading or the text names a micro-grid by its name or code. That is one person; please name the grid above it.
fault-circular-person = The circular tells of a colleague (by name, by what they are called, by their post) or holds somebody’s number; please name the unit instead.
fault-circular-case = The circular gives the number of a case, by which its readers find who has it in hand. Please name the unit and how many there are.
fault-circular-twice = You have published this circular already; it was not published again.
