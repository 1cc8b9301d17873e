/// Jobs that leave with the transaction: a row here, then Redis, then the worker deletes the row.
@NullMarked
package io.terrarium.core.outbox;

import org.jspecify.annotations.NullMarked;
