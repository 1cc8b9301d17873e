/// What one ingress may take of time and room, and how it ends when it wants more.
@NullMarked
package io.terrarium.slugingress.limit;

import org.jspecify.annotations.NullMarked;
