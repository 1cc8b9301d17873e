/// The metrics port of a node: what Terraform Enterprise tells Prometheus of, gathered from all
/// services of the node when somebody asks. Talks to the services, to atlas and to Redis.
@NullMarked
package io.terrarium.operations.metrics;

import org.jspecify.annotations.NullMarked;
