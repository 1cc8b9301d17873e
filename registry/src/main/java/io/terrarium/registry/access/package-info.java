/// What stands before the registry protocols: who may see which organization's registry, as atlas
/// says, signed paths to what they may download, and errors in the protocols' shape.
@NullMarked
package io.terrarium.registry.access;

import org.jspecify.annotations.NullMarked;
