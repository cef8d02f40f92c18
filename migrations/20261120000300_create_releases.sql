create table release (
    calendar text not null,
    major integer not null,
    minor integer not null,
    primary key (calendar, major, minor)
);

-- Every version of every schedule ever read: a moved freeze keeps both dates.
create table schedule_version (
    calendar text not null,
    major integer not null,
    minor integer not null,
    event bigint not null,
    path text not null,
    blob text not null,
    proposed boolean not null,
    reading jsonb not null,
    occurred_at timestamptz,
    recorded_at timestamptz not null,
    primary key (calendar, major, minor, event)
);
