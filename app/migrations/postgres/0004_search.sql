-- Chinese full text: overlapping bigrams and the holders who may see the text, in one index (technology.md 2.3).
CREATE TABLE search (rowid BIGINT PRIMARY KEY, doc TSVECTOR NOT NULL);
CREATE INDEX search_doc ON search USING GIN (doc);
