/// The technical base of every service. It knows no noun of Terraform Enterprise.
@NullMarked
package io.terrarium.kernel;

import org.jspecify.annotations.NullMarked;
