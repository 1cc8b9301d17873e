/// API tokens `<lookup>.atlasv1.<secret>` and what they prove. Only an HMAC of the secret is kept.
/// Neighbours: access (the principals), account and organization (the owners), run (its own
/// tokens).
@NullMarked
package io.terrarium.core.token;

import org.jspecify.annotations.NullMarked;
