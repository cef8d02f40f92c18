-- Reminders that were sent (P-27): they count how often, so that each step is said once and the SIG hears of it after two.
create table reminder (
    source text not null,
    number integer not null,
    release text not null,
    -- What it is about, in a form that stays the same while its words change.
    concern jsonb not null,
    reminded_at timestamptz not null,
    what text not null,
    deadline timestamptz not null,
    -- Days before the deadline that it had come to.
    days smallint not null,
    logins text[] not null,
    with_sig boolean not null,
    -- Login of who had it sent; none where the time had come.
    reminded_by text,
    primary key (source, number, release, concern, reminded_at)
);

create index reminder_by_time on reminder (reminded_at desc);
create index reminder_by_deadline on reminder (deadline);

-- How somebody is reminded: how often, and at which address. Contact data is never public and in no export (P-36).
create table subscription (
    person bigint primary key,
    cadence text not null,
    address text,
    confirmed_at timestamptz,
    -- Part of the links in mails to the address: whoever has it can confirm the address and stop the mails.
    token text not null,
    digest_at timestamptz,
    constraint subscription_person_exists foreign key (person) references person (id),
    constraint subscription_token_is_unique unique (token),
    constraint subscription_cadence_is_known check (cadence in ('as-due', 'weekly', 'never'))
);

-- Addresses of which whoever has them said that they want no mail, as hashes.
create table stopped_address (
    sha256 text primary key,
    stopped_at timestamptz not null
);

alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks', 'candidates', 'diagnostics', 'people', 'slips', 'export',
        'reminders'
    )
);
