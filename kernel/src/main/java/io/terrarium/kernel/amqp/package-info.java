/// Messages over AMQP 0-9-1, on RabbitMQ and on the embedded broker alike: durable queues,
/// persistent and confirmed publishing, single acknowledgements, attempts counted by us, and
/// messages that nobody can use parked in a queue for the dead with the reason in a header.
@NullMarked
package io.terrarium.kernel.amqp;

import org.jspecify.annotations.NullMarked;
