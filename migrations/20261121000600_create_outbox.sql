-- Where mails about a calendar's releases go.
alter table calendar add column mailing_list text;
update calendar set mailing_list = 'kubevirt-dev@googlegroups.com' where id = 'kubevirt';

-- What goes out, written in the transaction of its cause and sent by a job: at least once, each under a key of its own,
-- so that its receiver can tell a repetition.
create table outgoing (
    source text not null,
    key text not null,
    number integer not null,
    -- Position in the log of the decision that causes it.
    event bigint not null,
    payload jsonb not null,
    state text not null default 'waiting',
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    primary key (source, key),
    constraint outgoing_state_is_known check (state in ('waiting', 'sent'))
);

create index outgoing_due on outgoing (next_attempt_at) where state = 'waiting';
