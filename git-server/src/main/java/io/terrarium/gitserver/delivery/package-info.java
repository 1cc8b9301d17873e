/// How webhooks are called: from an outbox on disk, again and again until they answer.
@NullMarked
package io.terrarium.gitserver.delivery;

import org.jspecify.annotations.NullMarked;
