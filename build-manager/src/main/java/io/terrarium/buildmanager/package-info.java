/// Accepts a plan or apply, enqueues it in RabbitMQ, carries results back to atlas.
@NullMarked
package io.terrarium.buildmanager;

import org.jspecify.annotations.NullMarked;
