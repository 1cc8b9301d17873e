/// Jobs in Redis, in the keys and JSON of Sidekiq 6.4 and 7, so that Ruby can enqueue for us and
/// Sidekiq's own tools can read us. A job taken by a process lies in a list of that process until
/// its handler has returned; when the process' heart stops, any other puts it back. A failing job
/// waits in `retry` longer and longer, and ends in `dead`. Every job may run twice.
@NullMarked
package io.terrarium.kernel.sidekiq;

import org.jspecify.annotations.NullMarked;
