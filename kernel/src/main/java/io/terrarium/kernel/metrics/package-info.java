/// What a process counts and measures of itself: for Prometheus, and for operations, which tells of
/// all processes of a node. The only package that chooses who keeps the counts (Micrometer).
@NullMarked
package io.terrarium.kernel.metrics;

import org.jspecify.annotations.NullMarked;
