/// Redis: one shared connection for what answers at once, own connections for what blocks. Holds to
/// the commands of Redis 6.2. Neighbour: the sidekiq package, which is built on it.
@NullMarked
package io.terrarium.kernel.redis;

import org.jspecify.annotations.NullMarked;
