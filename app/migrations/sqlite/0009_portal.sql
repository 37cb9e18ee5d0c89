-- The portal: receipts (the reporter's private key, wrapped under his code), and forms that have been sent. Neither holds a time.
CREATE TABLE receipt (
  number TEXT PRIMARY KEY, matter TEXT NOT NULL, wrapped BLOB NOT NULL
);
CREATE INDEX receipt_matter ON receipt (matter);
CREATE TABLE sent_form (form TEXT PRIMARY KEY, receipt TEXT NOT NULL, day TEXT NOT NULL);
