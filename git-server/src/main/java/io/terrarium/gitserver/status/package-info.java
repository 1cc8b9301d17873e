/// Statuses that others show beside commits.
@NullMarked
package io.terrarium.gitserver.status;

import org.jspecify.annotations.NullMarked;
