create table proposal (
    source text not null,
    number integer not null,
    title text not null default '',
    directory_sig text,
    -- Position of the latest event; a decision made on an older one is refused.
    version bigint not null,
    primary key (source, number)
);

-- Documents as they are now, rendered and searchable.
create table document (
    source text not null,
    path text not null,
    number integer not null,
    main boolean not null,
    blob text not null,
    html text not null,
    contents jsonb not null,
    renderer integer not null,
    search tsvector not null,
    primary key (source, path)
);

create index document_by_proposal on document (source, number);
create index document_by_words on document using gin (search);

-- Every version of every document ever read; an empty blob means that it was gone from then on.
create table document_version (
    source text not null,
    event bigint not null,
    number integer not null,
    path text not null,
    main boolean not null,
    blob text not null,
    reading jsonb not null,
    occurred_at timestamptz,
    recorded_at timestamptz not null,
    primary key (source, event)
);

create index document_version_by_proposal on document_version (source, number, event);

-- The unit of the process: a proposal in a release.
create table participation (
    source text not null,
    number integer not null,
    major integer not null,
    minor integer not null,
    stages text[] not null,
    accepted_at timestamptz,
    rank integer,
    committed_by text,
    committed_on date,
    departed text,
    retargeted_to text,
    primary key (source, number, major, minor),
    constraint participation_departure_is_known check (departed in ('removed', 'retargeted'))
);

create index participation_by_release on participation (source, major, minor);
