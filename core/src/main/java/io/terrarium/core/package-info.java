/// The domain by feature, shared by atlas and sidekiq-worker: rules and SQL, no HTTP.
@NullMarked
package io.terrarium.core;

import org.jspecify.annotations.NullMarked;
