-- Which aliases of OWNERS_ALIASES stand for which group, and how a source treats exceptions.

-- The SIG whose members an alias of the source's OWNERS_ALIASES lists.
create table sig_alias (
    source text not null,
    sig text not null,
    alias text not null,
    primary key (source, sig, alias)
);

insert into sig_alias (source, sig, alias)
values
    ('cep', 'sig-ci', 'ci-maintainers'),
    ('cep', 'sig-scale', 'sig-scale-approvers'),
    ('vep', 'sig-ci', 'ci-maintainers'),
    ('vep', 'sig-compute', 'sig-compute-approvers'),
    ('vep', 'sig-network', 'sig-network-approvers'),
    ('vep', 'sig-storage', 'sig-storage-approvers'),
    ('vep', 'sig-scale', 'sig-scale-approvers');

-- The release team of a release without a roster: an alias of the OWNERS_ALIASES that a source or the calendar's own
-- repository holds.
alter table calendar add column release_team_alias text;
update calendar set release_team_alias = 'sig-release-approvers' where id = 'kubevirt';

-- Aliases of the calendar's own repository as last read.
create table calendar_alias (
    calendar text not null,
    name text not null,
    members text[] not null,
    primary key (calendar, name)
);

alter table source
    add column sig_decides_exceptions boolean not null default false,
    add column long_exception_days integer not null default 14,
    add constraint source_long_exception_is_positive check (long_exception_days > 0);

-- Pages that came since take further first segments of addresses.
alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start'
    )
);

-- The person of the log: GitHub's numeric id of who recorded it, where they were signed in.
alter table event add column actor_id bigint;
alter table calendar_event add column actor_id bigint;

-- Events about sources as a whole are few among many.
create index event_of_sources on event (id) where number = 0;
