/// Public keys of organizations over the API.
@NullMarked
package io.terrarium.atlas.api.gpgkey;

import org.jspecify.annotations.NullMarked;
