/// Addresses of the network.
@NullMarked
package io.terrarium.kernel.net;

import org.jspecify.annotations.NullMarked;
