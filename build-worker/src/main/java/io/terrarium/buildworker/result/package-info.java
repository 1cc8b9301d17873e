/// What a plan or an apply amounts to, read from terraform's own output.
@NullMarked
package io.terrarium.buildworker.result;

import org.jspecify.annotations.NullMarked;
