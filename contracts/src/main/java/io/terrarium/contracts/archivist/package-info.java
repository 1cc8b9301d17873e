/// Signed paths to archivist and its callbacks.
@NullMarked
package io.terrarium.contracts.archivist;

import org.jspecify.annotations.NullMarked;
