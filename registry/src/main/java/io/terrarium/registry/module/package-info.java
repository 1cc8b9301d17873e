/// Versions of modules: what atlas offers, and the protocol by which they are served.
@NullMarked
package io.terrarium.registry.module;

import org.jspecify.annotations.NullMarked;
