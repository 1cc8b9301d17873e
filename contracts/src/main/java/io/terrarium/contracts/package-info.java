/// What the services say to each other: typed ids, jobs, messages, signed-URL claims, hops.
@NullMarked
package io.terrarium.contracts;

import org.jspecify.annotations.NullMarked;
