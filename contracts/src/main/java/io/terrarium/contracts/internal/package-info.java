/// The internal API of atlas and of build-manager: paths and bodies.
@NullMarked
package io.terrarium.contracts.internal;

import org.jspecify.annotations.NullMarked;
