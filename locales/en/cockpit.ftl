# The cockpit; names and definitions of its numbers are in ui/cockpit/locales
cockpit-no-category = No category yet
cockpit-as-of = Data of { $time }
cockpit-again = Read again
