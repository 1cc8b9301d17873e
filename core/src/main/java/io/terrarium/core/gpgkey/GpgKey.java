package io.terrarium.core.gpgkey;

import io.terrarium.contracts.id.GpgKeyId;
import java.time.Instant;

/// A public key of an organization.
///
/// @param keyId the last 16 hexadecimal digits of its fingerprint
public record GpgKey(
    long key,
    GpgKeyId id,
    String organization,
    String keyId,
    String asciiArmor,
    Instant createdAt,
    Instant updatedAt) {}
