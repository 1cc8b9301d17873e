/// Connections to Git hosts: their pages, and those for people on their way to a host and back, who
/// have no token of ours. What they may do is core's to say.
@NullMarked
package io.terrarium.atlas.ui.oauthclient;

import org.jspecify.annotations.NullMarked;
