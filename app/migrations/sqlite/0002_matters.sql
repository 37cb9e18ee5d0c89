-- Matters of every kind (house.md 5): state, index row, parties, links, facts.
CREATE TABLE matter (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL UNIQUE, version BIGINT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE idx (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, gist TEXT NOT NULL, phase TEXT NOT NULL,
  ball TEXT NOT NULL, org TEXT NOT NULL, owner TEXT NOT NULL, codes TEXT NOT NULL, marks TEXT NOT NULL,
  due TEXT NOT NULL, due_label TEXT NOT NULL, provisional BIGINT NOT NULL, paused BIGINT NOT NULL, closed BIGINT NOT NULL,
  opened_on TEXT NOT NULL, changed_ms BIGINT NOT NULL, tokens TEXT NOT NULL
);
CREATE INDEX idx_kind ON idx (kind, id);
CREATE INDEX idx_phase ON idx (kind, phase, id);
CREATE INDEX idx_org ON idx (org, kind, id);
CREATE INDEX idx_due ON idx (due, id) WHERE closed = 0 AND due <> '';
-- `mine`: this holder is expected to move. Lists start from here, so that a page costs the same at any number of matters.
CREATE TABLE party (
  holder TEXT NOT NULL, kind TEXT NOT NULL, id BIGINT NOT NULL, standing TEXT NOT NULL, mine BIGINT NOT NULL, due TEXT NOT NULL,
  PRIMARY KEY (holder, kind, id, standing)
) WITHOUT ROWID;
CREATE INDEX party_id ON party (id);
CREATE INDEX party_all ON party (holder, id);
CREATE INDEX party_mine ON party (holder, due, id) WHERE mine = 1;
CREATE TABLE link (a BIGINT NOT NULL, b BIGINT NOT NULL, link TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (a, b, link)) WITHOUT ROWID;
CREATE INDEX link_b ON link (b, a);
CREATE TABLE fact (
  id BIGINT NOT NULL, measure TEXT NOT NULL, org TEXT NOT NULL, category TEXT NOT NULL, value BIGINT NOT NULL, on_day TEXT NOT NULL,
  since_seq BIGINT NOT NULL, until_seq BIGINT NOT NULL
);
CREATE INDEX fact_id ON fact (id);
CREATE INDEX fact_measure ON fact (measure, on_day);
CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE draft (
  person TEXT NOT NULL, place TEXT NOT NULL, action TEXT NOT NULL, form TEXT NOT NULL, saved_ms BIGINT NOT NULL, PRIMARY KEY (person, place, action)
);
CREATE TABLE read_record (n INTEGER PRIMARY KEY, person TEXT NOT NULL, id BIGINT NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL, at_ms BIGINT NOT NULL);
CREATE INDEX read_id ON read_record (id, n);
CREATE INDEX read_day ON read_record (day, n);
CREATE TABLE file (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, mime TEXT NOT NULL, size BIGINT NOT NULL, digest TEXT NOT NULL, salt BLOB NOT NULL,
  by_person TEXT NOT NULL, at_ms BIGINT NOT NULL, matter BIGINT NOT NULL DEFAULT 0, field TEXT NOT NULL DEFAULT ''
);
CREATE INDEX file_matter ON file (matter);
CREATE TABLE saved_view (n INTEGER PRIMARY KEY, person TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL);
CREATE INDEX saved_view_person ON saved_view (person, kind);
CREATE TABLE notice (n INTEGER PRIMARY KEY, holder TEXT NOT NULL, id BIGINT NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL, at_ms BIGINT NOT NULL, UNIQUE (holder, id, what, day));
CREATE INDEX notice_holder ON notice (holder, n);
CREATE TABLE staging (
  n INTEGER PRIMARY KEY, person TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, body BLOB NOT NULL, mapping TEXT NOT NULL,
  progress BIGINT NOT NULL, total BIGINT NOT NULL, state TEXT NOT NULL, outcome TEXT NOT NULL, batch TEXT NOT NULL, at_ms BIGINT NOT NULL
);
