/// What travels through RabbitMQ: commands to build workers, events from them, the topology.
@NullMarked
package io.terrarium.contracts.build;

import org.jspecify.annotations.NullMarked;
