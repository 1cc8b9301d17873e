/// Takes builds from RabbitMQ and runs terraform in a throw-away sandbox.
@NullMarked
package io.terrarium.buildworker;

import org.jspecify.annotations.NullMarked;
