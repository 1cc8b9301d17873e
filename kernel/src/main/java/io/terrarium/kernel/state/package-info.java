/// State machines as tables.
@NullMarked
package io.terrarium.kernel.state;

import org.jspecify.annotations.NullMarked;
