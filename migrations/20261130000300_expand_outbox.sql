-- The outbox carries comments and labels for GitHub besides mail. Rows from before are mails.
alter table outgoing
    add column kind text not null default 'mail',
    -- The issue or pull request that a comment or label is for.
    add column repository text,
    add column item integer,
    -- What goes out, word for word, as pages show it. Its version rises with every change, so that what somebody confirms
    -- is what they saw.
    add column preview text not null default '',
    add column version integer not null default 1,
    -- Found in a comment of ours, it is this row's.
    add column marker text,
    -- GitHub's id of the comment, once it is known.
    add column remote_id bigint,
    add column caused_by text,
    add column caused_by_id bigint,
    -- Who cancelled it, or said that it arrived.
    add column closed_by text,
    add column updated_at timestamptz not null default 'epoch';

alter table outgoing alter column updated_at drop default;
update outgoing
set updated_at = coalesce(sent_at, created_at),
    preview = concat(
        'To: ', payload ->> 'to', E'\nSubject: ', payload ->> 'subject', E'\n\n', payload ->> 'body'
    );

alter table outgoing drop constraint outgoing_state_is_known;
alter table outgoing add constraint outgoing_state_is_known check (
    state in ('waiting', 'held', 'sending', 'uncertain', 'sent', 'failed', 'cancelled')
);
alter table outgoing add constraint outgoing_has_a_target check (kind = 'mail' or (repository is not null and item is not null));

drop index outgoing_due;
create index outgoing_due on outgoing (next_attempt_at) where state in ('waiting', 'sending', 'uncertain');
create index outgoing_by_time on outgoing (updated_at desc);
