# Absence
absence-lead = While you are away, a deputy does your work; it comes back to you by itself.
absence-now = You are away until { $until }; { $deputy } does your work.
absence-back = I am back
absence-change = Change
absence-until = Last day away
absence-until-hint = From midnight after it you are back by yourself.
absence-deputy = Deputy
absence-deputy-hint = Tasks at hand and new ones go there, and so do the messages about them. Leads go to an officer only; a mediation is handed over by the grid's lead.
absence-usual = The usual deputy: { $name }
absence-send = Save

fault-not-in-the-future = This day is over; choose today or later.
fault-too-far = At most a year; choose an earlier day.
fault-deputy-does-not-fit = Please choose another deputy.
fault-deputy-does-other-work = This colleague's post cannot do your work; choose another deputy.
fault-deputy-away = This colleague is away then, too; choose another one.
fault-missing = Please fill this in.
