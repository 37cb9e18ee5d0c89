-- Imports: what waits is sealed and gone after a day; what a row may be the same as is found by key.
-- What was staged before lay in the clear. It is no part of the record.
DELETE FROM staging;
ALTER TABLE staging ADD COLUMN report TEXT NOT NULL DEFAULT '';
CREATE TABLE match_key (kind TEXT NOT NULL, key TEXT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
INSERT INTO match_key (kind, key, id) SELECT kind, 'no|' || json_extract(body, '$.state.said.old_no'), id FROM matter
  WHERE kind = 'clue' AND json_extract(body, '$.state.said.old_no') <> '' AND COALESCE(json_extract(body, '$.state.voided'), 0) = 0;
INSERT INTO match_key (kind, key, id) SELECT kind, 'case|' || json_extract(body, '$.state.said.org') || '|' || json_extract(body, '$.state.said.case_no'), id FROM matter
  WHERE kind = 'clue' AND json_extract(body, '$.state.said.org') <> '' AND json_extract(body, '$.state.said.case_no') <> '' AND COALESCE(json_extract(body, '$.state.voided'), 0) = 0;
