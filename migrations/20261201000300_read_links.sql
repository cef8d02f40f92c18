-- Pull requests and bugs that tracking issues link and that no list of a repository brings are asked for one by one: in
-- other repositories, or untouched for longer than lists are read back.
create table github_link (
    repository text not null,
    number integer not null,
    -- When to ask next at the earliest.
    again_at timestamptz not null,
    -- Why nothing could be read, as a clause.
    why text,
    primary key (repository, number)
);

-- Comments with a line that looks like a command, for the list of those that only look like one.
create index github_comment_with_command on github_comment (repository, number)
where not gone and facts ->> 'body' ~ '(^|\n)[^[:alnum:]\n]*/[a-z]';

-- A page that came since takes a further first segment of addresses.
alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks', 'diagnostics'
    )
);
