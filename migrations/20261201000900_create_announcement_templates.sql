-- Templates of announcements that an admin changed; what has no row is as the program brings it.
create table announcement_template (
    what text primary key,
    subject text not null,
    body text not null,
    changed_by text not null,
    changed_at timestamptz not null
);
