# Events at places: told by sensors and partner systems, about places, never about persons
office-place-events = Events at places
place-event-lead = What sensors and partner systems told. A kind that is mapped to a category becomes a case by itself; the desk decides on the others here.
place-event-waiting = Waiting for a decision
place-event-none = No event waits for a decision.
place-event-kind = Kind
place-event-words = What it says
place-event-at = When it happened
place-event-decide = Decide
place-event-case = Make it a case
place-event-aside = Nothing to do
place-event-kinds = Which kinds become cases
place-event-kinds-hint = Write the code or the name of a category; kinds left empty wait for the desk.
