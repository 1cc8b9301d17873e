/// The HTTP server harness: routes, calls, replies, faults as JSON:API errors.
@NullMarked
package io.terrarium.kernel.http;

import org.jspecify.annotations.NullMarked;
