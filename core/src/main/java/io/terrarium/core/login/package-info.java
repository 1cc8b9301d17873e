/// `terraform login`: OAuth's authorization code grant for the one client that runs on people's own
/// machines. Neighbours: tokens, of which it makes one; the pages of atlas, where people agree.
@NullMarked
package io.terrarium.core.login;

import org.jspecify.annotations.NullMarked;
