/// People who are signed in with a browser. Neighbours: accounts, which know the passwords; the
/// pages of atlas, which carry the secret in a cookie.
@NullMarked
package io.terrarium.core.session;

import org.jspecify.annotations.NullMarked;
