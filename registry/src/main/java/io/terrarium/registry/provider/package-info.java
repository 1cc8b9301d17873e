/// Versions of providers: what atlas offers, and the protocol by which they are served.
@NullMarked
package io.terrarium.registry.provider;

import org.jspecify.annotations.NullMarked;
