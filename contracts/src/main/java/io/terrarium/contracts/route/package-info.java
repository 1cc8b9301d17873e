/// Which service answers which path: the one table behind nginx's settings and the embedded router.
@NullMarked
package io.terrarium.contracts.route;

import org.jspecify.annotations.NullMarked;
