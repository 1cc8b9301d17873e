/// Connections to Git hosts over the API.
@NullMarked
package io.terrarium.atlas.api.oauthclient;

import org.jspecify.annotations.NullMarked;
