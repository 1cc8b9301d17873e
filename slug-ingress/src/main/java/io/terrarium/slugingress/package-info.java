/// slug-ingress: fetches commits of Git repositories and packs them into slugs. Its neighbours are
/// sidekiq-worker, which asks, the outbound proxy, by which everything is fetched, and archivist,
/// which stores.
@NullMarked
package io.terrarium.slugingress;

import org.jspecify.annotations.NullMarked;
