-- Owners say how long tokens may be used in their organization.
CREATE TABLE token_ttl_policies (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  token_type      text        NOT NULL
                  CHECK (token_type IN ('organization', 'team', 'user', 'audit_trails', 'metrics')),
  max_ttl_ms      bigint      NOT NULL CHECK (max_ttl_ms > 0),
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE (organization_id, token_type)
);

-- Null until somebody says: then the policies hold as soon as there are some.
ALTER TABLE organizations ADD COLUMN max_ttl_enabled boolean;

CREATE VIEW longest_token_lives AS
SELECT p.organization_id, p.token_type, p.max_ttl_ms * interval '1 millisecond' AS longest
  FROM token_ttl_policies p JOIN organizations o ON o.id = p.organization_id
 WHERE o.max_ttl_enabled IS NOT FALSE;
