/// What happens in repositories, written down before it happens, and what webhooks are told of it.
@NullMarked
package io.terrarium.gitserver.happening;

import org.jspecify.annotations.NullMarked;
