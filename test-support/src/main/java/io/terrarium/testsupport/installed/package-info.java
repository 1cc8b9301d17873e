/// Servers that are installed on this machine, started by a test with TLS and passwords, in the
/// place of those that an installation has of its own.
@NullMarked
package io.terrarium.testsupport.installed;

import org.jspecify.annotations.NullMarked;
