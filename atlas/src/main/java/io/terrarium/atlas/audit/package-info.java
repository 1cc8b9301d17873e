/// The audit log: a line for each change that a person or a token has made by the API.
@NullMarked
package io.terrarium.atlas.audit;

import org.jspecify.annotations.NullMarked;
