/// The part of Gitea's API that Terrarium's own adapter for Gitea calls.
@NullMarked
package io.terrarium.gitserver.api;

import org.jspecify.annotations.NullMarked;
