/// API v2, a package for each of its nouns.
@NullMarked
package io.terrarium.atlas.api;

import org.jspecify.annotations.NullMarked;
