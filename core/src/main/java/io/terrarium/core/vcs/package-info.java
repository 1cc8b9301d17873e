/// Which workspace follows which repository, how its commits become configurations, and what Git
/// hosts tell of them. Connections are oauthclient's; what differs between hosts is vcshost's.
@NullMarked
package io.terrarium.core.vcs;

import org.jspecify.annotations.NullMarked;
