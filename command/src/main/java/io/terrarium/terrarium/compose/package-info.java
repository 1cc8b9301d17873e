/// What containers need before the mesh starts in them.
@NullMarked
package io.terrarium.terrarium.compose;

import org.jspecify.annotations.NullMarked;
