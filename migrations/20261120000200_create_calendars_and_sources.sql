create table calendar (
    id text primary key,
    repository text not null,
    zone_minutes integer not null default -720,
    constraint calendar_zone_is_a_zone check (zone_minutes between -720 and 840)
);

create table source (
    id text primary key,
    noun text not null,
    repository text not null,
    template text not null,
    owning_sig text,
    sign_off text[] not null default '{}',
    target_label text,
    blocking_labels text[] not null default '{}',
    work_after_code_freeze boolean not null default false,
    calendar text not null,
    constraint source_calendar_exists foreign key (calendar) references calendar (id),
    -- The id is the first segment of every address of its proposals.
    constraint source_id_is_free check (
        id ~ '^[a-z][a-z0-9-]*$'
        and id not in (
            'proposals', 'releases', 'glossary', 'settings', 'healthz', 'api', 'pkg', 'demo', 'pulls', 'exceptions',
            'check-ins', 'decisions', 'announcements', 'representation', 'agenda', 'me', 'sign-in', 'sign-out', 'metrics'
        )
    )
);

insert into calendar (id, repository) values ('kubevirt', 'kubevirt/sig-release');

insert into source (id, noun, repository, template, owning_sig, sign_off, blocking_labels, work_after_code_freeze, calendar)
values
    ('cep', 'CEP', 'kubevirt/project-infra', 'cep', 'sig-ci', '{}', '{priority/critical-urgent}', false, 'kubevirt'),
    (
        'vep', 'VEP', 'kubevirt/enhancements', 'vep', null, '{sig-compute,sig-network,sig-storage}',
        '{priority/critical-urgent}', true, 'kubevirt'
    );
