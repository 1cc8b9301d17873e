/// Organizations and what they are entitled to.
@NullMarked
package io.terrarium.atlas.api.organization;

import org.jspecify.annotations.NullMarked;
