-- Time zones of meetings, as calendars write them (RFC 5545, 3.6.5): the lines between BEGIN:VTIMEZONE and its END, with
-- the rules by which it changes between standard and daylight saving time.
create table time_zone (
    name text primary key,
    rules text not null
);

-- Meetings that come again every so many weeks, at a time of day in their zone.
create table meeting (
    calendar text not null,
    key text not null,
    title text not null,
    zone text not null,
    first_day date not null,
    begins time not null,
    -- How long it takes; not known where it is null.
    minutes integer,
    every_weeks integer not null,
    place text,
    constraint meeting_is_one primary key (calendar, key),
    constraint meeting_calendar_exists foreign key (calendar) references calendar (id),
    constraint meeting_zone_exists foreign key (zone) references time_zone (name),
    constraint meeting_key_is_plain check (key ~ '^[a-z][a-z0-9-]*$'),
    constraint meeting_takes_time check (minutes > 0),
    constraint meeting_comes_again check (every_weeks between 1 and 52)
);

insert into time_zone (name, rules) values (
    'Europe/Berlin',
    'TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD'
);

-- Of the CI operations group (PROCESS P-31).
insert into meeting (calendar, key, title, zone, first_day, begins, minutes, every_weeks) values
    ('kubevirt', 'ci-operations-sync', 'CI operations: weekly sync', 'Europe/Berlin', '2026-01-05', '10:00', null, 1),
    ('kubevirt', 'ci-operations-grooming', 'CI operations: grooming', 'Europe/Berlin', '2026-01-05', '11:30', 25, 2);

-- Addresses of feeds begin with one more; what pages took since stays taken.
alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks', 'candidates', 'diagnostics', 'people'
    )
);
