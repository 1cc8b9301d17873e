/// The local services that one-process mode brings along.
@NullMarked
package io.terrarium.embedded;

import org.jspecify.annotations.NullMarked;
