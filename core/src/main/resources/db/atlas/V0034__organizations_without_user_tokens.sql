-- An organization may do without the tokens of persons, its owners' among them.
ALTER TABLE organizations ADD COLUMN user_tokens_enabled boolean NOT NULL DEFAULT true;
