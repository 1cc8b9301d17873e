/// Takes jobs from Redis and does, or delegates, the slow work.
@NullMarked
package io.terrarium.sidekiqworker;

import org.jspecify.annotations.NullMarked;
