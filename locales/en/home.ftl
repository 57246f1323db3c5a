# The first page
home-title = My grid worker
home-lead = Turn to your grid worker: call, report a problem, or see how far it has got.
