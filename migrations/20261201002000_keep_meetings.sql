-- Who meets: a SIG, or the release team. And how often and when a meeting was last changed, so that calendars notice.
alter table meeting add column of_seat text not null default 'sig-ci';
alter table meeting alter column of_seat drop default;
alter table meeting add column revision integer not null default 0;
alter table meeting add column changed_at timestamptz;

-- The zones of the world come with the program.
alter table meeting drop constraint meeting_zone_exists;
drop table time_zone;

alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks', 'candidates', 'diagnostics', 'people', 'slips', 'export',
        'reminders', 'meetings'
    )
);
