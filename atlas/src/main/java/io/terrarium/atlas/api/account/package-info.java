/// The caller's own account, and other people of their organizations.
@NullMarked
package io.terrarium.atlas.api.account;

import org.jspecify.annotations.NullMarked;
