/// API tokens of people and organizations; the clear text is shown once.
@NullMarked
package io.terrarium.atlas.api.token;

import org.jspecify.annotations.NullMarked;
