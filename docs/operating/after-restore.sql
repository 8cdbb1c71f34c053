-- Ends what a restored backup would bring back: sessions, open links and codes, waiting letters.
-- The same for SQLite and PostgreSQL. Run it before the service starts; see backup.md.
begin;
delete from sessions;
delete from remembered_devices;
update accounts set generation = generation + 1;
delete from proofs where account_id is null;
update messages set state = 'dropped', data = '{}', finished_at = created_at, lease_owner = null, lease_until = 0
  where state in ('queued', 'sending');
commit;
