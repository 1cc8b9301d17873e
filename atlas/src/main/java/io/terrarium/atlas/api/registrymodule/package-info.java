/// Modules of the private registry over the API.
@NullMarked
package io.terrarium.atlas.api.registrymodule;

import org.jspecify.annotations.NullMarked;
