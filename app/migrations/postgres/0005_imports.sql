-- Imports: what waits is sealed and gone after a day; what a row may be the same as is found by key.
-- What was staged before lay in the clear. It is no part of the record.
DELETE FROM staging;
ALTER TABLE staging ADD COLUMN report TEXT NOT NULL DEFAULT '';
CREATE TABLE match_key (kind TEXT NOT NULL, key TEXT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (kind, key, id));
INSERT INTO match_key (kind, key, id) SELECT kind, 'no|' || (body::jsonb #>> '{state,said,old_no}'), id FROM matter
  WHERE kind = 'clue' AND (body::jsonb #>> '{state,said,old_no}') <> '' AND COALESCE(body::jsonb #>> '{state,voided}', 'false') = 'false';
INSERT INTO match_key (kind, key, id) SELECT kind, 'case|' || (body::jsonb #>> '{state,said,org}') || '|' || (body::jsonb #>> '{state,said,case_no}'), id FROM matter
  WHERE kind = 'clue' AND (body::jsonb #>> '{state,said,org}') <> '' AND (body::jsonb #>> '{state,said,case_no}') <> '' AND COALESCE(body::jsonb #>> '{state,voided}', 'false') = 'false';
