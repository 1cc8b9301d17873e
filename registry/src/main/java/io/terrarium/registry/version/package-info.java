/// Versions and their order.
@NullMarked
package io.terrarium.registry.version;

import org.jspecify.annotations.NullMarked;
