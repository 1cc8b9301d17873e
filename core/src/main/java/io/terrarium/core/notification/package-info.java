/// Notification configurations: receivers outside that hear of a workspace's runs. Neighbours: run
/// (whose moves are followed), outbox (deliveries are jobs), workspace (owns them).
@NullMarked
package io.terrarium.core.notification;

import org.jspecify.annotations.NullMarked;
