-- The vault's keys (trust.md 4.3): what is sealed to persons and roles opens by their keys only; none of them lies here in the clear.
-- `own`: the private half of whoever is logged in, wrapped under a key that follows from the session's token.
ALTER TABLE session ADD COLUMN own BLOB;
-- 0: plain; 1: content and name are sealed, name and type of this row say nothing; 2: destroyed by lawful order.
ALTER TABLE file ADD COLUMN sealed BIGINT NOT NULL DEFAULT 0;
CREATE TABLE vault_dek (ref TEXT NOT NULL, recipient TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (ref, recipient)) WITHOUT ROWID;
CREATE TABLE person_key (person TEXT PRIMARY KEY, public TEXT NOT NULL, wrapped BLOB NOT NULL, at_ms BIGINT NOT NULL);
CREATE TABLE role_key (
  id TEXT PRIMARY KEY, org TEXT NOT NULL, role TEXT NOT NULL, generation BIGINT NOT NULL, public TEXT NOT NULL, at_ms BIGINT NOT NULL,
  UNIQUE (org, role, generation)
);
-- A role's private half, or a share of it, sealed to a holder (or to the house's recovery key: holder `escrow`).
CREATE TABLE role_share (key TEXT NOT NULL, holder TEXT NOT NULL, public TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (key, holder)) WITHOUT ROWID;
CREATE INDEX role_share_holder ON role_share (holder);
-- Shares that custodians have given for one purpose, each sealed to one custodian.
CREATE TABLE share_release (
  target TEXT NOT NULL, key TEXT NOT NULL, giver TEXT NOT NULL, taker TEXT NOT NULL, sealed BLOB NOT NULL, at_ms BIGINT NOT NULL,
  PRIMARY KEY (target, key, giver, taker)
) WITHOUT ROWID;
