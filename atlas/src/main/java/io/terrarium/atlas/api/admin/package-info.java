/// The first admin, and what site admins set.
@NullMarked
package io.terrarium.atlas.api.admin;

import org.jspecify.annotations.NullMarked;
