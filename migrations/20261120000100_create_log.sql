-- The log is the truth; every other table can be rebuilt from it.
--
-- Both logs draw their positions from one sequence, and an appender holds an advisory lock until it commits, so that a
-- higher position never becomes visible before a lower one.
create sequence log_position as bigint;

create table blob (
    sha256 text primary key,
    content bytea not null,
    constraint blob_sha256_is_hexadecimal check (sha256 ~ '^[0-9a-f]{64}$')
);

-- Events about the proposals of a source. Number 0 stands for the source as a whole.
create table event (
    source text not null,
    id bigint not null default nextval('log_position'),
    number integer not null,
    payload jsonb not null,
    actor text not null,
    on_behalf_of text,
    link text,
    occurred_at timestamptz,
    recorded_at timestamptz not null,
    primary key (source, id)
);

create index event_by_proposal on event (source, number, id);
create index event_by_position on event (id);

-- Events about the releases of a calendar.
create table calendar_event (
    id bigint primary key default nextval('log_position'),
    calendar text not null,
    payload jsonb not null,
    actor text not null,
    occurred_at timestamptz,
    recorded_at timestamptz not null
);
