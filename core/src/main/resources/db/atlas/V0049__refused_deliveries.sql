-- When a delivery to the repository's webhook was refused last, for its signature: whoever looks
-- at a workspace that no push starts any more shall find out why.
ALTER TABLE vcs_repositories ADD COLUMN refused_at timestamptz;
