-- Drafts of requests for an exception: private to whoever writes them, never part of the log or of an export.
create table exception_draft (
    -- Empty and 0 as long as no proposal is named.
    source text not null,
    number integer not null,
    -- The freeze and the release it is about: `cf v1.10`.
    topic text not null,
    -- `person:7`, or `browser:` and the hash of a cookie while nobody has signed in.
    keeper text not null,
    fields jsonb not null,
    saved_at timestamptz not null,
    primary key (source, number, topic, keeper),
    constraint exception_draft_keeper_is_known check (keeper ~ '^(person:-?[0-9]+|browser:[0-9a-f]{64})$')
);

create index exception_draft_by_keeper on exception_draft (keeper, saved_at);
