/// The domain, wired: the same for the web service and the background worker.
@NullMarked
package io.terrarium.core.assembly;

import org.jspecify.annotations.NullMarked;
