package io.terrarium.core.sshkey;

import io.terrarium.contracts.id.SshKeyId;
import java.time.Instant;

/// A private key of an organization; its value is never shown.
public record SshKey(long key, SshKeyId id, long organizationKey, String name, Instant createdAt) {}
