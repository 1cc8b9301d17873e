package io.terrarium.core.passwordlink;

import io.terrarium.core.account.User;
import io.terrarium.kernel.Secret;
import java.time.Instant;

/// A new link and its secret, which is nowhere else.
///
/// @param user whose password it lets choose
public record PasswordLink(User user, Secret secret, Instant expiresAt) {}
