/// The API of `core.notification`.
@NullMarked
package io.terrarium.atlas.api.notification;

import org.jspecify.annotations.NullMarked;
