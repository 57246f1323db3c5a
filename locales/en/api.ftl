# What the API says of parameters and fields; machines read the code, people the words
fault-field-unknown = This field is not known here.
fault-field-shape = This field is of another kind.
fault-bbox-malformed = A box is west,south,east,north in degrees.
fault-state-unknown = There is no such state.
fault-sort-unknown = Lists are sorted by -received, received or due.
fault-limit-outside = The number lies outside what is allowed.
fault-after-unknown = This is no place in a list; please take the “next” of the page before.
fault-date-malformed = A day is written 2026-11-23, a moment with its offset.
fault-scheme-unknown = There is no such scheme of grids.
fault-level-unknown = There is no such level.
fault-by-unknown = Figures are split by category, department or channel.
fault-period-outside = A period begins before it ends and has at most 366 days.
fault-community-unknown = There is no such community.
