/// Pages on which people sign in and out, and on which the first of them makes an account.
/// Neighbours: sessions and accounts in core.
@NullMarked
package io.terrarium.atlas.ui.session;

import org.jspecify.annotations.NullMarked;
