package io.terrarium.core.account;

import io.terrarium.contracts.id.UserId;
import java.time.Instant;

/// A person with an account.
public record User(
    long key,
    UserId id,
    String username,
    String email,
    boolean siteAdmin,
    boolean suspended,
    Instant createdAt) {}
