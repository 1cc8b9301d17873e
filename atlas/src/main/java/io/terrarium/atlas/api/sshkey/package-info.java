/// The API of `core.sshkey`.
@NullMarked
package io.terrarium.atlas.api.sshkey;

import org.jspecify.annotations.NullMarked;
