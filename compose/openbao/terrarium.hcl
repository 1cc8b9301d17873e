# What the mesh does with a Vault or OpenBao. Its secrets are encrypted by keys named atlas_*, the
# data keys of its objects by archivist_*; "create" lets it make these keys at their first use.
path "transit/encrypt/atlas_*" {
  capabilities = ["create", "update"]
}
path "transit/decrypt/atlas_*" {
  capabilities = ["update"]
}
path "transit/encrypt/archivist_*" {
  capabilities = ["create", "update"]
}
path "transit/decrypt/archivist_*" {
  capabilities = ["update"]
}
path "transit/datakey/plaintext/archivist_*" {
  capabilities = ["update"]
}
# For `terrarium admin rewrap`, after a rotation.
path "transit/rewrap/atlas_*" {
  capabilities = ["update"]
}
# Of its own token.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["create", "update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
