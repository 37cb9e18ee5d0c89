-- Accounts and what they hold; organisations and officers as projections of their registers.
CREATE TABLE org (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, parent TEXT NOT NULL, level TEXT NOT NULL, kind TEXT NOT NULL,
  region TEXT NOT NULL, status TEXT NOT NULL, former TEXT NOT NULL, path TEXT NOT NULL
);
CREATE INDEX org_parent ON org (parent);
CREATE INDEX org_name ON org (name);
CREATE TABLE officer (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, org TEXT NOT NULL, post TEXT NOT NULL, badge TEXT NOT NULL, status TEXT NOT NULL, blind TEXT NOT NULL
);
CREATE INDEX officer_org ON officer (org, key);
CREATE INDEX officer_blind ON officer (blind);
CREATE TABLE account (
  id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, org TEXT NOT NULL, password TEXT NOT NULL, totp BYTEA,
  totp_step BIGINT NOT NULL DEFAULT 0, state TEXT NOT NULL, failures BIGINT NOT NULL DEFAULT 0, failed_ms BIGINT NOT NULL DEFAULT 0,
  created_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE holding (
  person TEXT NOT NULL, role TEXT NOT NULL, org TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT NOT NULL, of_person TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (person, role, org, of_person)
);
CREATE TABLE session (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, csrf TEXT NOT NULL, created_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL, strong_ms BIGINT NOT NULL,
  device TEXT NOT NULL, identity TEXT NOT NULL DEFAULT ''
);
CREATE INDEX session_person ON session (person);
CREATE TABLE invitation (token TEXT PRIMARY KEY, person TEXT NOT NULL, expires_ms BIGINT NOT NULL, used_ms BIGINT NOT NULL DEFAULT 0, totp BYTEA NOT NULL);
CREATE TABLE api_token (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL, created_ms BIGINT NOT NULL, used_ms BIGINT NOT NULL DEFAULT 0, revoked_ms BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX api_token_person ON api_token (person);
CREATE TABLE conflict (person TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (person, kind, target));
