/// What the services of one process share.
@NullMarked
package io.terrarium.kernel.runtime;

import org.jspecify.annotations.NullMarked;
