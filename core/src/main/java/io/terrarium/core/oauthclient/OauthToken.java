package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token by which a connection gets into its host. Its value is never shown.
///
/// @param user whose it is there, where the host has told
/// @param hasSshKey whether repositories and their submodules are fetched by ssh too
public record OauthToken(
    long key,
    OauthTokenId id,
    long clientKey,
    OauthClientId clientId,
    long organizationKey,
    @Nullable String user,
    boolean hasSshKey,
    Instant createdAt) {}
