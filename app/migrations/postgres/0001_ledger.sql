-- The ledger (trust.md 4.1). `pos` = chain * 2^48 + seq; every other column is a projection of `bytes`.
CREATE TABLE chain (
  chain BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, ledger_id TEXT NOT NULL UNIQUE, alg BIGINT NOT NULL,
  seq BIGINT NOT NULL, h BYTEA NOT NULL, time_ms BIGINT NOT NULL, tree BYTEA NOT NULL, checkpointed BIGINT NOT NULL
);
CREATE TABLE entry (
  pos BIGINT PRIMARY KEY, chain BIGINT NOT NULL, stream TEXT NOT NULL, stream_ver BIGINT NOT NULL, bytes BYTEA NOT NULL, h BYTEA NOT NULL
);
CREATE UNIQUE INDEX entry_stream ON entry (stream, stream_ver, chain);
CREATE TABLE checkpoint (
  chain BIGINT NOT NULL, size BIGINT NOT NULL, root BYTEA NOT NULL, text TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (chain, size)
);
CREATE TABLE idem (key TEXT PRIMARY KEY, body BYTEA NOT NULL, answer TEXT NOT NULL, at_ms BIGINT NOT NULL);
CREATE INDEX idem_at ON idem (at_ms);
CREATE TABLE secret (name TEXT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE vault (
  ref TEXT PRIMARY KEY, compartment TEXT NOT NULL, alg BIGINT NOT NULL, salt BYTEA, sealed BYTEA, commitment BYTEA NOT NULL, shredded_ms BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE register_version (
  register TEXT NOT NULL, key TEXT NOT NULL, seq BIGINT NOT NULL, from_day TEXT NOT NULL, body TEXT, batch TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (register, key, seq)
);
CREATE INDEX register_batch ON register_version (batch) WHERE batch <> '';
CREATE FUNCTION entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION entry_append_only();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_append_only();
