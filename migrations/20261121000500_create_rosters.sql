-- The release team of each release that has a roster of its own. Written from the log of the calendar.
create table roster (
    calendar text not null,
    major integer not null,
    minor integer not null,
    login text not null,
    part text not null,
    from_day date not null,
    to_day date,
    primary key (calendar, major, minor, login, from_day),
    constraint roster_part_is_known check (part in ('lead', 'shadow', 'member')),
    constraint roster_days_are_in_order check (to_day >= from_day)
);
