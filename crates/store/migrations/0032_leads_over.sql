-- A lead whose case became a complaint goes on without it now, with its place and its penalty item. Before, those were put under seal
-- with all the rest, nobody found the lead, and it waited for no time: nobody can work on it any more, so it ended with its case. All
-- three texts of such a row are the one sentence that stands instead of them, in whatever language; what is under seal comes back with
-- the case. Its version stays, for the words of its steps are found by it.
UPDATE referrals SET state = 'withdrawn', first_id = NULL, second_id = NULL, course = NULL, wakes_at = NULL,
    ended_at = COALESCE((SELECT cases.closed_at FROM cases WHERE cases.community_id = referrals.community_id AND cases.id = referrals.case_id), referred_at)
    WHERE ended_at IS NULL AND place = finding AND finding = item AND EXISTS (SELECT 1 FROM cases
        WHERE cases.community_id = referrals.community_id AND cases.id = referrals.case_id AND cases.withheld);
