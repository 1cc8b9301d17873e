/// Looks for READMEs in slugs, which anyone may have made, in little memory.
@NullMarked
package io.terrarium.sidekiqworker.readme;

import org.jspecify.annotations.NullMarked;
