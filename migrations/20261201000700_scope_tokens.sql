-- What a token may: read what its person may read, or also decide by the API what its person may decide. Those made
-- before could do both.
alter table token add column scope text not null default 'decide';
alter table token alter column scope drop default;
alter table token add constraint token_scope_is_one check (scope in ('read', 'decide'));
