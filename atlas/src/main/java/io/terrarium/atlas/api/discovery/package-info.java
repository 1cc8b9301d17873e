/// What clients ask before anything else: services of the host, whether it is there, its health.
@NullMarked
package io.terrarium.atlas.api.discovery;

import org.jspecify.annotations.NullMarked;
