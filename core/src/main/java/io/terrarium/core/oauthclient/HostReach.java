package io.terrarium.core.oauthclient;

import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.ServiceProvider;
import org.jspecify.annotations.Nullable;

/// How a connection gets to its host.
///
/// @param token absent where anybody may read
public record HostReach(
    long organizationKey,
    ServiceProvider provider,
    HostAddress address,
    TokenRenewals.@Nullable Held token) {}
