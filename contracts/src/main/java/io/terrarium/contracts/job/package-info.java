/// Work that is left in Redis for a sidekiq worker, in Sidekiq's format.
@NullMarked
package io.terrarium.contracts.job;

import org.jspecify.annotations.NullMarked;
