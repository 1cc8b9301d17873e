/// What atlas and the two programs of the registry say to each other: versions of modules and
/// providers, what was read from them, and who may see them.
@NullMarked
package io.terrarium.contracts.registry;

import org.jspecify.annotations.NullMarked;
