-- What GitHub shows, as last read: a mirror that can be thrown away and read again. What follows from it for proposals is
-- in the log.

-- Repositories that are read besides those of sources and calendars: where proposals are implemented and documented.
create table code_repository (
    source text not null,
    name text not null,
    role text not null,
    -- The branch that a release is built from, with `{major}` and `{minor}` in it; none where that is the main branch.
    release_branch text,
    primary key (source, name),
    constraint code_repository_role_is_known check (role in ('code', 'docs'))
);

insert into code_repository (source, name, role, release_branch)
values
    ('cep', 'kubevirt/project-infra', 'code', null),
    ('cep', 'kubevirt/kubevirtci', 'code', null),
    ('cep', 'kubevirt/kubevirt', 'code', 'release-{major}.{minor}'),
    ('cep', 'kubevirt/user-guide', 'docs', null),
    ('vep', 'kubevirt/kubevirt', 'code', 'release-{major}.{minor}'),
    ('vep', 'kubevirt/containerized-data-importer', 'code', null),
    ('vep', 'kubevirt/kubevirtci', 'code', null),
    ('vep', 'kubevirt/user-guide', 'docs', null);

-- The label that lets a pull request of a tracked proposal pass first (P-28).
alter table source add column approved_label text;
update source set approved_label = 'approved-vep';

-- A repository as GitHub calls it now.
create table github_repository (
    name text primary key,
    -- What GitHub calls it since it was renamed.
    renamed_to text,
    default_branch text not null,
    read_at timestamptz not null
);

-- Complete answers, by who asked and what for, so that asking again costs nothing.
create table github_page (
    scope text not null,
    url text not null,
    etag text not null,
    next text,
    read_at timestamptz not null,
    primary key (scope, url)
);

-- How far each list of a repository is known: everything that changed by `cursor` is in the mirror. `walking` says that it
-- was begun and not read to its end, so that a first page without news is not the whole truth.
create table github_list (
    repository text not null,
    list text not null,
    cursor timestamptz,
    walking boolean not null default false,
    primary key (repository, list),
    constraint github_list_is_known check (list in ('issues', 'pulls', 'comments'))
);

-- Issues and pull requests. Positions rise with every change, so that what follows from them can follow.
create sequence github_position as bigint;
create table github_item (
    repository text not null,
    number integer not null,
    position bigint not null default nextval('github_position'),
    is_pull boolean not null,
    updated_at timestamptz not null,
    facts jsonb not null,
    -- Proposals and pull requests that its text names, as `owner/name#n`.
    refs text[] not null default '{}',
    -- Events of a pull request, or the paths it changes, as read when it was last changed at `detail_of`.
    detail jsonb,
    detail_of timestamptz,
    -- Deleted, or where it was transferred to.
    gone text,
    -- Two changes within one second came in an unknown order, or a webhook told less than everything: read it again.
    stale boolean not null default false,
    primary key (repository, number)
);

create index github_item_by_position on github_item (position);
create index github_item_by_ref on github_item using gin (refs);
create index github_item_stale on github_item (repository, number) where stale;

create table github_comment (
    repository text not null,
    id bigint not null,
    number integer not null,
    updated_at timestamptz not null,
    facts jsonb not null,
    gone boolean not null default false,
    primary key (repository, id)
);

create index github_comment_by_item on github_comment (repository, number);

create table github_review (
    repository text not null,
    id bigint not null,
    number integer not null,
    facts jsonb not null,
    primary key (repository, id)
);

create index github_review_by_item on github_review (repository, number);

-- Files of repositories, by git's address of their content and ours.
create table github_file (
    repository text not null,
    path text not null,
    git_sha text not null,
    sha256 text not null,
    changed_at timestamptz,
    primary key (repository, path)
);

-- Branches with their latest commit.
create table github_branch (
    repository text not null,
    name text not null,
    sha text not null,
    primary key (repository, name)
);

-- Whether a merged pull request is in a branch; once it is, it stays. As long as the branch stands where it stood, it is
-- not asked again.
create table github_landing (
    repository text not null,
    number integer not null,
    branch text not null,
    contained boolean not null,
    -- Where the branch stood; none while there was no such branch.
    branch_sha text,
    asked_at timestamptz not null,
    primary key (repository, number, branch)
);

-- Runs of the sync.
create table sync_run (
    id bigint generated always as identity primary key,
    reason text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    progress jsonb not null default '{}',
    requests integer not null default 0,
    unchanged integer not null default 0,
    changed integer not null default 0,
    events integer not null default 0,
    odd jsonb not null default '[]',
    errors jsonb not null default '[]'
);

create index sync_run_by_start on sync_run (started_at desc);

-- Webhooks as they came, kept before anything is made of them.
create table webhook_delivery (
    id text primary key,
    event text not null,
    received_at timestamptz not null,
    payload jsonb not null,
    state text not null default 'waiting',
    processed_at timestamptz,
    attempts integer not null default 0,
    note text,
    constraint webhook_delivery_state_is_known check (state in ('waiting', 'done', 'ignored', 'failed'))
);

create index webhook_delivery_waiting on webhook_delivery (received_at) where state = 'waiting';
create index webhook_delivery_by_time on webhook_delivery (received_at desc);

-- Pages that came since take further first segments of addresses.
alter table source drop constraint source_id_is_free;
alter table source add constraint source_id_is_free check (
    id ~ '^[a-z][a-z0-9-]*$'
    and id not in (
        'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
        'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics',
        'start', 'sync', 'mismatches', 'outbox', 'webhooks'
    )
);

-- What is read from GitHub and is no decision has further names (see 20261121000400).
drop index event_of_decisions;
create index event_of_decisions on event ((coalesce(occurred_at, recorded_at)) desc, id desc)
where payload ->> 'type' not in (
    'document-read', 'document-gone', 'issue-observed', 'pull-observed', 'landing-observed', 'bug-observed',
    'aliases-read', 'repositories-read', 'titled', 'reading-failed', 'board-observed', 'issue-gone'
);
