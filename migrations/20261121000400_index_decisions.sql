-- The log of decisions is read newest first. What is read from GitHub and documents is many times more and is no decision;
-- the query names the same types, so that this index serves it.
create index event_of_decisions on event ((coalesce(occurred_at, recorded_at)) desc, id desc)
where payload ->> 'type' not in (
    'document-read', 'document-gone', 'issue-observed', 'pull-observed', 'landing-observed', 'bug-observed',
    'aliases-read', 'repositories-read'
);
