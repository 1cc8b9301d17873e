/// Connections of organizations to Git hosts, and the tokens by which they get in. What differs
/// between hosts is vcshost's; who follows which repository is vcs'.
@NullMarked
package io.terrarium.core.oauthclient;

import org.jspecify.annotations.NullMarked;
