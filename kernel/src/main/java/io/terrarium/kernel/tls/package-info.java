/// Which servers are believed: TLS for all adapters.
@NullMarked
package io.terrarium.kernel.tls;

import org.jspecify.annotations.NullMarked;
