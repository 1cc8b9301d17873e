/// Webhooks of repositories: who wants to be told of what.
@NullMarked
package io.terrarium.gitserver.hook;

import org.jspecify.annotations.NullMarked;
