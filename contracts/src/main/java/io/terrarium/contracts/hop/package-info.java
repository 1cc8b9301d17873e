/// Hops: one step of a flow between two services, as it is recorded and shown.
@NullMarked
package io.terrarium.contracts.hop;

import org.jspecify.annotations.NullMarked;
