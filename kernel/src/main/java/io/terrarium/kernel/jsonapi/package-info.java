/// JSON:API documents, as the wire has them.
@NullMarked
package io.terrarium.kernel.jsonapi;

import org.jspecify.annotations.NullMarked;
