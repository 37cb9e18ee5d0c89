-- No word of a personal text lies in the clear (trust.md 4.3): the search index is keyed, drafts, file names and match keys are sealed.
-- What earlier builds wrote is dropped here, and written anew or sealed at the next start.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(doc, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0");
CREATE INDEX idx_unsearched ON idx (id) WHERE tokens = '';
UPDATE idx SET tokens = '';
DELETE FROM idem;
INSERT INTO counter (name, value) VALUES ('to_seal', 1);
