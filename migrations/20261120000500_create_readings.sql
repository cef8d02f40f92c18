-- Aliases of a source as last read; every version is in the log.
create table alias (
    source text not null,
    name text not null,
    members text[] not null,
    primary key (source, name)
);

-- What each import read, for the settings page and the health check.
create table import_run (
    id bigint generated always as identity primary key,
    origin text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    read integer not null,
    changed integer not null,
    unchanged integer not null,
    gone integer not null,
    diagnostics jsonb not null
);

create index import_run_by_origin on import_run (origin, finished_at desc);

create table setting (
    key text primary key,
    value jsonb not null
);
