-- 制度库: versions of rules as their register tells them, and the texts whose digest the register holds.
CREATE TABLE rule_version (
  rule TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, notes TEXT NOT NULL, effective_on TEXT NOT NULL,
  stated BIGINT NOT NULL, repealed_on TEXT NOT NULL, source TEXT NOT NULL, articles BIGINT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (rule, version)
);
CREATE TABLE rule_article (
  rule TEXT NOT NULL, version TEXT NOT NULL, n BIGINT NOT NULL, number BIGINT NOT NULL, inserted BIGINT NOT NULL, anchor TEXT NOT NULL,
  label TEXT NOT NULL, chapter TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (rule, version, n)
);
