/// The JSON mappers: snake case between services, kebab case for JSON:API.
@NullMarked
package io.terrarium.kernel.json;

import org.jspecify.annotations.NullMarked;
