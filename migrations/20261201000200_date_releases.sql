-- When releases were really tagged and branched, beside what their schedules plan (P-4).

-- Where the releases of a calendar are built, and how their tags are named: `{major}` and `{minor}` stand for the release's
-- numbers. Pre-releases follow after a hyphen. The branch of a release is that of the repository's code.
alter table calendar add column release_repository text;
alter table calendar add column release_tag text;
alter table calendar add constraint calendar_releases_are_whole
check ((release_repository is null) = (release_tag is null));
update calendar set release_repository = 'kubevirt/kubevirt', release_tag = 'v{major}.{minor}.0' where id = 'kubevirt';

-- Tags and branches of releases: `tags/v1.10.0`, `heads/release-1.10`.
create table github_ref (
    repository text not null,
    name text not null,
    sha text not null,
    -- Whether it is a tag that is an object of its own, with a date.
    annotated boolean not null,
    -- When it was made, as far as that can be shown; none until it was asked for.
    at timestamptz,
    primary key (repository, name)
);
