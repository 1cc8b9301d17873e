/// What modules and providers have in common: how their versions are numbered, and how the registry
/// is told of them.
@NullMarked
package io.terrarium.core.registry;

import org.jspecify.annotations.NullMarked;
