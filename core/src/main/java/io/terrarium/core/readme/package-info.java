/// READMEs of workspaces, found in uploaded configurations.
@NullMarked
package io.terrarium.core.readme;

import org.jspecify.annotations.NullMarked;
