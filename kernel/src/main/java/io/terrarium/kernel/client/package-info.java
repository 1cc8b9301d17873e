/// Calls to other services over HTTP.
@NullMarked
package io.terrarium.kernel.client;

import org.jspecify.annotations.NullMarked;
