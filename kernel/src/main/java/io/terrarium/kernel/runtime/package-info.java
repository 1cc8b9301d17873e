/// What a process is made of: its services, and what they share.
@NullMarked
package io.terrarium.kernel.runtime;

import org.jspecify.annotations.NullMarked;
