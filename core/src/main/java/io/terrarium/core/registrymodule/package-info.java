/// Modules of the private registry: who publishes them, from where, and how far each version is.
/// What is served and what stands in them is the registry's.
@NullMarked
package io.terrarium.core.registrymodule;

import org.jspecify.annotations.NullMarked;
