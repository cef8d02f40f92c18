-- How often an address was asked whether it is somebody's, by whomever: nobody's mailbox is flooded from several accounts.
-- Addresses stand here as hashes.
create table asked_address (
    sha256 text primary key,
    -- When the day began in which they are counted.
    since timestamptz not null,
    times integer not null
);
