-- Documents in open pull requests: what may become a proposal, and documents of known ones in review. Part of the mirror:
-- it can be thrown away and read again.
create table candidate (
    source text not null,
    repository text not null,
    pull integer not null,
    path text not null,
    -- The commit at which it was looked for.
    head text not null,
    -- Git's address of its content and ours; none where the pull request removes it.
    git_sha text,
    blob text,
    main boolean not null,
    -- Number of its directory, and the SIG's, where the path states them.
    number integer,
    sig text,
    -- What it states, and of that what lists and search need.
    reading jsonb not null,
    stated integer,
    title text,
    owners text[] not null,
    pull_title text not null,
    author text,
    draft boolean not null,
    observed_at timestamptz not null,
    primary key (source, repository, pull, path),
    constraint candidate_content_is_whole check ((git_sha is null) = (blob is null))
);

-- The page of candidates takes a further first segment of addresses.
alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks', 'candidates'
    )
);
