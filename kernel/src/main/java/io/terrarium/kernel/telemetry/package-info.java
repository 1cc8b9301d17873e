/// Traces as OpenTelemetry has them.
@NullMarked
package io.terrarium.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
