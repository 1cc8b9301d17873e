package io.terrarium.core.session;

import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.kernel.Secret;

/// A person at a browser.
///
/// @param formToken stands in each form of their pages: who can make the browser send a request
///   from elsewhere does not know it
public record Session(long key, UserPrincipal user, String email, Secret formToken) {}
