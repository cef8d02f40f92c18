-- People who have signed in, by GitHub's numeric id. The demo's people have negative ids, which GitHub does not give.
create table person (
    id bigint primary key,
    -- As GitHub wrote it when the person last signed in; what it means is in `login`.
    login text not null,
    name text,
    -- Sessions that began under a lower one are signed out.
    session_epoch bigint not null default 0,
    first_seen_at timestamptz not null,
    seen_at timestamptz not null
);

-- Whom a login means. Once bound, a login stays with its person, whoever holds it at GitHub later.
create table login (
    login text primary key,
    person bigint not null,
    confirmed boolean not null,
    confirmed_by text,
    seen_at timestamptz not null,
    constraint login_person_exists foreign key (person) references person (id),
    constraint login_is_lower_case check (login = lower(login))
);

create index login_by_person on login (person);

-- Sessions of browsers; the hash of the id, so that who reads the table cannot be one of them.
create table session (
    sha256 text primary key,
    data jsonb not null,
    expires_at timestamptz not null,
    constraint session_sha256_is_hexadecimal check (sha256 ~ '^[0-9a-f]{64}$')
);

create index session_by_expiry on session (expires_at);

-- Personal tokens of the API; the hash alone.
create table token (
    id bigint generated always as identity primary key,
    person bigint not null,
    name text not null,
    sha256 text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    expires_at timestamptz,
    constraint token_person_exists foreign key (person) references person (id),
    constraint token_sha256_is_unique unique (sha256),
    constraint token_sha256_is_hexadecimal check (sha256 ~ '^[0-9a-f]{64}$')
);

create index token_by_person on token (person);
