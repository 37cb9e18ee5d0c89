-- 管理体制 of organisations; which acts of enforcement concern one enterprise stands in match_key.
ALTER TABLE org ADD COLUMN regime TEXT NOT NULL DEFAULT '属地';
