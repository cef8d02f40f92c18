//! Thirty proposals of v1.10: what happens to each, and what its status is meanwhile, written by hand from PROCESS 2 to 4.
//!
//! Day 0 is 1 January. The schedule appears on day 15 without a Code Freeze, which gets its date on day 105. The freezes
//! are at noon UTC of day 100 (the end of 10 April Anywhere on Earth) and day 150 (30 May), the thaw is on day 157, GA on
//! day 178.
//!
//! `>` is the story: a day and what happens at 06:00, `day*` at noon, `day+5` at 06:05. Facts are `doc`, `issue`, `pr`,
//! `docs`, `bug`, `read`, `landed`; decisions begin with who decides: ada owns it, eve is another contributor, sue is of
//! the SIG, cyd approves, rel is of the release team. `usual` is a document and an issue that lack nothing, acceptance and
//! commitment. `=` is the status from a day at 06:00, or from its noon (`*`), with the row of P-12 that gives it; `+` the
//! same for v1.11.

/// What `usual` stands for in a story, and in what is expected of it.
pub const USUAL: (&str, &str) = (
    "5 doc; 6 issue; 20 sue accept; 25 ada commit",
    "0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment; 25 [11] Ready for EF; \
     100* [9] No date (CF); 105 [11] Not verified for CF",
);

pub const TABLE: &str = "
4701 goes as planned
> usual; 30 cyd acknowledge; 110 pr 7 open; 111 docs open; 112 read; 130 pr 7 merged; 170 landed 7; 171 sue sign landed
= usual; 110 [11] Not ready for CF: 1 PR; 130 [11] Ready for CF; 150* [12] Complete; 178* [12] Shipped

4702 is built but was not picked into the branch
> usual; 111 docs open; 112 read; 130 pr 7 merged; 170 unlanded 7
= usual; 112 [11] Not verified for CF; 130 [11] Ready for CF; 150* [12] Complete; 178* [12] Complete, not landed

4703 is built and nobody looked for it in the branch
> usual; 111 docs merged; 112 read; 150* pr 7 merged
= usual; 112 [11] Not verified for CF; 150* [12] Complete; 178* [12] Complete, landing not verified

4704 changes a process and has nothing to merge
> usual; 112 read; 115 sue nodocs; 120 sue nothing
= usual; 112 [11] Not ready for CF: no docs PR; 115 [11] Not verified for CF; 120 [11] Ready for CF; 150* [12] Complete
= 178* [12] Shipped

4705 is not looked at after the Enhancement Freeze
> usual
= usual; 150* [6] Not verified, due (CF); 178* [6] Not verified (CF)

4706 has an issue that nobody reads
> 5 doc; 20 sue accept; 25 ada commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 25 [11] Not verified for EF; 100* [6] Not verified, due (EF); 178* [6] Not verified (EF)

4707 has an owner who never commits in time
> 5 doc; 6 issue; 20 sue accept; 101 ada commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 100* [5] Exception required (EF); 178* [5] Missed (EF)

4708 asks before the Enhancement Freeze and is granted after it
> 5 doc; 6 issue; 20 sue accept; 90 ada ask EF 9 days; 102 rel grant 1 9 days; 104 ada commit
> 112 read; 130 pr 7 merged; 131 docs merged; 170 landed 7
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 90 [10] Exception pending (EF); 100* [7] Exception pending (EF); 102 [8] Exception until 19 Apr (EF)
= 104 [9] No date (CF); 105 [11] Not verified for CF; 112 [11] Not ready for CF: no docs PR; 131 [11] Ready for CF
= 150* [12] Complete; 178* [12] Shipped

4709 is granted before the Enhancement Freeze and lets the time pass
> 5 doc; 6 issue; 20 sue accept; 95 ada ask EF 9 days; 97 rel grant 1 9 days
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 95 [10] Exception pending (EF); 97 [10] Exception until 19 Apr (EF); 100* [8] Exception until 19 Apr (EF)
= 109* [5] Exception required (EF); 178* [5] Missed (EF)

4710 is denied twice
> 5 doc; 6 issue; 20 sue accept; 95 ada ask EF 9 days; 103 rel deny 1; 110 ada ask EF 2026-04-24; 112 rel deny 2
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 95 [10] Exception pending (EF); 100* [7] Exception pending (EF); 103 [5] Exception denied (EF)
= 110 [7] Exception pending (EF); 112 [5] Exception denied (EF); 178* [5] Missed (EF)

4711 is never accepted
> 5 doc; 6 issue
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 100* [4] Not accepted

4712 comes in late by an exception
> 5 doc; 6 issue; 101 ada ask EF 9 days; 103 rel grant 1 9 days; 106 sue accept; 107 ada commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 100* [4] Not accepted; 101 [4] Exception pending (EF)
= 103 [4] Exception until 19 Apr (EF); 106 [8] Exception until 19 Apr (EF); 107 [11] Not verified for CF
= 150* [6] Not verified, due (CF); 178* [6] Not verified (CF)

4713 is asked for more, granted, and done in time
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 140 ada ask CF 6 days; 145 ada file 1; 146 rel review 1
> 147 rel askmore 1; 148 ada answer 1; 151 rel grant 1 6 days; 153 pr 7 merged; 160 pr 8 open
= usual; 110 [11] Not ready for CF: 1 PR; 140 [10] Exception pending (CF); 150* [7] Exception pending (CF)
= 151 [8] Exception until 5 Jun (CF); 153 [12] Complete; 178* [12] Complete, not landed

4714 is granted before the Code Freeze, extended, and runs out
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 140 ada ask CF 3 days; 145 rel grant 1 3 days; 152 rel extend 1 6 days
> 157 pr 7 merged
= usual; 110 [11] Not ready for CF: 1 PR; 140 [10] Exception pending (CF); 145 [10] Exception until 2 Jun (CF)
= 150* [8] Exception until 2 Jun (CF); 152 [8] Exception until 5 Jun (CF); 156* [5] Exception required (CF)
= 178* [5] Missed (CF)

4715 asks after the Code Freeze and is denied
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 151 ada ask CF 10 days; 154 rel deny 1
= usual; 110 [11] Not ready for CF: 1 PR; 150* [5] Exception required (CF); 151 [7] Exception pending (CF)
= 154 [5] Exception denied (CF); 178* [5] Missed (CF)

4716 is merged late, which heals nothing, and waived, which does
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 152 pr 7 merged; 155 rel waive implementation
= usual; 110 [11] Not ready for CF: 1 PR; 150* [5] Exception required (CF); 155 [12] Complete
= 178* [12] Complete, landing not verified

4717 is deferred, taken up again, and deprecated
> usual; 40 sue defer; 60 sue accept; 160 sue deprecate
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment; 25 [11] Ready for EF
= 40 [1] Deferred; 60 [11] Ready for EF; 100* [9] No date (CF); 105 [11] Not verified for CF
= 150* [6] Not verified, due (CF); 160 [1] Deprecated

4718 is rejected
> usual; 50 sue reject; 51 doc implementable
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment; 25 [11] Ready for EF
= 50 [1] Rejected

4719 is withdrawn by its owner
> usual; 120 ada withdraw
= usual; 120 [1] Withdrawn

4720 is replaced before it was accepted
> 5 doc; 6 issue; 60 sue replace 4701
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 60 [1] Replaced by 4701

4721 moves to the next release
> usual; 80 sue retarget; 90 sue accept-next; 120 doc next
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment; 25 [11] Ready for EF
= 80 [3] Retargeted to v1.11
+ 0 [2] Not targeted; 80 [4] Proposed for consideration; 90 [9] No date (EF)

4722 is removed after the Enhancement Freeze; a grant takes it back
> 5 doc; 6 issue; 20 sue accept; 103 rel remove; 106 ada ask EF 20 days; 108 rel grant 1 20 days; 110 ada commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 100* [5] Exception required (EF); 103 [3] Removed from Milestone; 108 [8] Exception until 30 Apr (EF)
= 110 [11] Not verified for CF; 150* [6] Not verified, due (CF); 178* [6] Not verified (CF)

4723 is removed and re-admitted, which lifts the removal only
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 152 rel remove; 153 pr 7 merged; 154 rel readmit
= usual; 110 [11] Not ready for CF: 1 PR; 150* [5] Exception required (CF); 152 [3] Removed from Milestone
= 154 [5] Exception required (CF); 178* [5] Missed (CF)

4724 is meant for the next release from the start
> 5 doc next; 7 pr 7 open
= 0 [2] Not targeted
+ 0 [2] Not targeted; 5 [4] Proposed for consideration

4725 is deferred in its document, and goes on there
> 5 doc; 6 issue; 30 doc deferred; 50 doc implementable; 55 sue accept; 60 ada commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 30 [1] Deferred; 50 [4] Proposed for consideration
= 55 [11] Not ready for EF: no commitment; 60 [11] Ready for EF; 100* [9] No date (CF); 105 [11] Not verified for CF
= 150* [6] Not verified, due (CF); 178* [6] Not verified (CF)

4726 is accepted before there are dates, and held up by a bug
> 5 doc; 6 issue; 8 sue accept 1; 9 ada commit; 112 read; 120 sue nothing; 121 sue nodocs; 130 bug open; 149 bug closed
> 151 bug open
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 8 [9] No date (EF); 15 [11] Ready for EF; 100* [9] No date (CF)
= 105 [11] Not verified for CF; 112 [11] Not ready for CF: no docs PR; 121 [11] Ready for CF
= 130 [11] Not ready for CF: 1 bug; 149 [11] Ready for CF; 150* [12] Complete; 178* [12] Shipped

4727 gets reviewers, and another owner who commits anew
> 5 doc nobody; 6 issue; 20 sue accept; 22 sue assign; 25 ada commit; 30 ada handover eve; 35 eve commit
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no reviewer, no approver +1
= 22 [11] Not ready for EF: no commitment; 25 [11] Ready for EF; 30 [11] Not ready for EF: no commitment
= 35 [11] Ready for EF; 100* [9] No date (CF); 105 [11] Not verified for CF; 150* [6] Not verified, due (CF)
= 178* [6] Not verified (CF)

4728 is rejected by mistake, and has a pull request that is none of its own
> usual; 40 sue reject; 40+5 sue undo; 60 sue rank 3; 112 read; 115 sue nodocs; 120 pr 9 open; 125 ada classify 9
> 126 sue nothing
= usual; 112 [11] Not ready for CF: no docs PR; 115 [11] Not verified for CF; 120 [11] Not ready for CF: 1 PR
= 125 [11] Not verified for CF; 126 [11] Ready for CF; 150* [12] Complete; 178* [12] Shipped

4729 misses the Code Freeze under an exception from the Enhancement Freeze
> 5 doc; 6 issue; 20 sue accept; 101 ada ask EF 60 days; 102 rel grant 1 60 days; 110 pr 7 open; 110 sue nodocs; 112 read
= 0 [2] Not targeted; 5 [4] Proposed for consideration; 20 [11] Not ready for EF: no commitment
= 100* [5] Exception required (EF); 101 [7] Exception pending (EF); 102 [8] Exception until 9 Jun (EF)
= 150* [5] Exception required (CF); 160* [5] Exception required (EF); 178* [5] Missed (EF)

4730 asks, takes it back, asks again, and nobody decides
> usual; 110 pr 7 open; 110 sue nodocs; 112 read; 140 eve ask CF 6 days; 145 eve takeback 1; 149 ada ask CF 28 days
= usual; 110 [11] Not ready for CF: 1 PR; 140 [10] Exception pending (CF); 145 [11] Not ready for CF: 1 PR
= 149 [10] Exception pending (CF); 150* [7] Exception pending (CF); 178* [5] Missed (CF)
";

/// Every status that P-12 knows, by the row that gives it.
pub const STATUSES: &str = "
1 rejected; 1 withdrawn; 1 replaced; 1 deprecated; 1 deferred
2 not-targeted
3 retargeted; 3 removed
4 proposed; 4 not-accepted; 4 exception-until-ef; 4 exception-pending-ef
5 exception-denied-ef; 5 exception-denied-cf; 5 exception-required-ef; 5 exception-required-cf; 5 missed-ef; 5 missed-cf
6 not-verified-due-ef; 6 not-verified-due-cf; 6 never-verified-ef; 6 never-verified-cf
7 exception-pending-ef; 7 exception-pending-cf
8 exception-until-ef; 8 exception-until-cf
9 no-date-ef; 9 no-date-cf
10 exception-until-ef; 10 exception-until-cf; 10 exception-pending-ef; 10 exception-pending-cf
11 ready-ef; 11 ready-cf; 11 not-ready-ef; 11 not-ready-cf; 11 not-verified-ef; 11 not-verified-cf
12 complete; 12 shipped; 12 complete-not-landed; 12 complete-landing-not-verified
";
