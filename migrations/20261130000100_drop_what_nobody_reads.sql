-- Participations follow from the histories in memory, and nothing reads the table; the version of a proposal was for a
-- lock that the lock of the log replaces.
drop table participation;
alter table proposal drop column version;
