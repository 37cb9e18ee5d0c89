-- Notices: who has read which, what each person chose, what is on its way out of the house. Archives: packages made and taken in.
ALTER TABLE notice ADD COLUMN sent BIGINT NOT NULL DEFAULT 0;
-- What was told before nobody is told again.
UPDATE notice SET sent = 1, what = CASE what WHEN '3 个工作日内到期' THEN 'soon' WHEN '今日到期' THEN 'today'
  WHEN '逾期，已升级' THEN 'escalated' WHEN '再逾期，已升级' THEN 'escalated_again' ELSE what END;
CREATE INDEX notice_unsent ON notice (n) WHERE sent = 0;
CREATE TABLE notice_seen (person TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (person, n));
-- Sealed with the house key: channels, hours, addresses.
CREATE TABLE notice_settings (person TEXT PRIMARY KEY, body TEXT NOT NULL);
-- One message to one person on one channel. event: known to the receiver, so that the same is never told twice. No contents: they are
-- written when it is sent, from what he may read then.
CREATE TABLE delivery (
  event TEXT PRIMARY KEY, person TEXT NOT NULL, channel TEXT NOT NULL, what TEXT NOT NULL, notice BIGINT NOT NULL, state TEXT NOT NULL,
  fold TEXT NOT NULL, due_ms BIGINT NOT NULL, leased_ms BIGINT NOT NULL, tries BIGINT NOT NULL, trouble TEXT NOT NULL, day TEXT NOT NULL
);
CREATE INDEX delivery_due ON delivery (channel, due_ms) WHERE state = 'waiting';
CREATE INDEX delivery_state ON delivery (state, day);
CREATE INDEX delivery_fold ON delivery (fold) WHERE fold <> '';
CREATE INDEX delivery_person ON delivery (person, state);
CREATE TABLE archived (
  n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ledger TEXT NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, org TEXT NOT NULL, holders TEXT NOT NULL,
  retention TEXT NOT NULL, digest TEXT NOT NULL, by_person TEXT NOT NULL, on_day TEXT NOT NULL, imported BIGINT NOT NULL, UNIQUE (digest, imported)
);
CREATE INDEX archived_number ON archived (number);
