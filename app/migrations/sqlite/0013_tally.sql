-- Standing facts added up by month and by year, and by week without unit and category: what pages of statistics read (`app/src/statistics/tally.rs`).
CREATE TABLE tally (
  measure TEXT NOT NULL, span TEXT NOT NULL, owner TEXT NOT NULL, org TEXT NOT NULL, category TEXT NOT NULL, value BIGINT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (measure, span, owner, org, category)
) WITHOUT ROWID;
-- Facts follow the tables of a build: this one has more of them. The next start goes through every matter and takes the mark away.
INSERT INTO counter (name, value) VALUES ('facts_after', 0);
