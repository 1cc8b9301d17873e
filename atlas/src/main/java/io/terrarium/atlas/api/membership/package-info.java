/// Who belongs to an organization.
@NullMarked
package io.terrarium.atlas.api.membership;

import org.jspecify.annotations.NullMarked;
