/// Uploaded configurations, unpacked without trusting them.
@NullMarked
package io.terrarium.buildworker.slug;

import org.jspecify.annotations.NullMarked;
