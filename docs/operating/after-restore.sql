-- Ends what a restored backup would bring back: sessions, open links and codes, waiting letters.
-- The same for SQLite and PostgreSQL. Run it before the service starts; see backup.md.
begin;
delete from sessions;
delete from remembered_devices;
update accounts set generation = generation + 1;
-- Vetoes (generation 0) are bound to no generation, so they go by themselves.
delete from proofs where account_id is null or generation = 0;
update messages set state = 'dropped', data = '{}', finished_at = created_at, lease_owner = null, lease_until = 0
  where state in ('queued', 'sending');
commit;
