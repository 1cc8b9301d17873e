-- A second upload to the same address must be the same, or it is refused.
ALTER TABLE configuration_versions ADD COLUMN sha256 text;
