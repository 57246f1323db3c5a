# The map
map-title = Map of grids
map-net = Look at the net
map-to-cockpit = Cockpit
map-to-boards = Notice boards
map-level = Level
map-level-community = Community grid
map-level-general = General grid
map-level-dedicated = Dedicated grid
map-level-micro = Micro-grid
map-state = State
map-state-open = All open
map-category = Class
map-category-any = All classes
map-show = Show
map-drawing = Drawing of the grids: areas name their grid and how many cases are open, where there is room; the darker, the more, and a dashed red edge means that something is overdue. The list beside or below holds the same numbers.
map-drawing-plain = The grids: areas are named where there is room. All of them stand in the list beside or below.
map-legend = Legend
map-legend-none = nothing open
map-legend-few = 1–4 open
map-legend-some = 5–9 open
map-legend-many = 10 or more open
map-legend-overdue = something overdue (dashed red edge)
map-legend-number = number: cases open
map-piece = { $open } open
map-piece-late = · { $overdue } overdue
map-no-borders = No boundaries were loaded yet; the grids are listed below.
map-cases = Cases
map-cases-of = the newest { $shown } of { $total }
map-cases-placeless = { $n ->
    [one] 1 of them has no location and is not on the map.
   *[other] { $n } of them have no location and are not on the map.
}
map-cases-all = See the whole list
map-cases-none = No case fits these filters.
map-no-category = No category yet
map-grids = Open and overdue by grid
map-grids-plain = The grids
map-grids-order = In the order of the codes. A grid often has one worker, so these numbers are no ranking.
map-grids-reach = All cases of a grid are counted; a number leads to a list where you may see all of them.
map-grids-rest = In none of these grids: with the level above
map-grid = Grid
map-code = Code
map-open = Open
map-overdue = Overdue
