/// PostgreSQL: pool, transactions, migrations.
@NullMarked
package io.terrarium.kernel.database;

import org.jspecify.annotations.NullMarked;
