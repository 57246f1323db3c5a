# Perhaps the same
similar-title = Perhaps the same
similar-lead = Of the same kind, near, told lately and not done yet. Whether it is the same is yours to judge.
similar-metres = { $grid }, about { $metres } m away
similar-building = { $grid }, building { $n }
similar-since = Since { $at }
similar-merge = Merge into this one
similar-merge-button = Merge
similar-ask = Is it one of these?
similar-ask-hint = Somebody nearby has reported something like it, and it is being handled. If it is the same, nobody has to be sent again, and you hear of every step all the same.
similar-none = None of them; mine is something else
similar-same = { $category } · { $place } · reported on { $since } · { $state }
similar-joined = It is being handled already; your report was added, and you hear of every step.
similar-joined-over = Your report was added to the same matter that had been told before; below is how that one went.
similar-goes-on = It was joined to the same matter that is being handled; the steps below are those of that one.
similar-merged-title = Merged into this one
similar-merged-into = This was merged into another case; it goes on there:
similar-merged-photo = Photo or sound of the merged report
similar-deed-merged = Merged into { $number }
similar-deed-attached = { $number } was merged into this one
similar-deed-due = { $deed }; its order is due earlier: { $at }
similar-deed-own-due = { $deed }. The deadline of that order holds here no more; it is due by { $at } again

fault-same-unknown = What you chose does not fit any more; please check again.
