/// Providers of the private registry over the API.
@NullMarked
package io.terrarium.atlas.api.registryprovider;

import org.jspecify.annotations.NullMarked;
