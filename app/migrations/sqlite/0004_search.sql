-- Chinese full text: overlapping bigrams and the holders who may see the text, in one index (technology.md 2.3).
CREATE VIRTUAL TABLE search USING fts5(doc, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0");
