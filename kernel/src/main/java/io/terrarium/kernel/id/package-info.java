/// Random ids.
@NullMarked
package io.terrarium.kernel.id;

import org.jspecify.annotations.NullMarked;
