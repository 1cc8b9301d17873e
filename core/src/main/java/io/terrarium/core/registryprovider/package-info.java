/// Providers of the private registry: their versions, by what key these are signed, and what has
/// been uploaded for which platform. What is served is the registry's.
@NullMarked
package io.terrarium.core.registryprovider;

import org.jspecify.annotations.NullMarked;
