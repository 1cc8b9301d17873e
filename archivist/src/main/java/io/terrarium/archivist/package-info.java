/// The one door to blob storage: signed URLs, encryption, streaming, live logs.
@NullMarked
package io.terrarium.archivist;

import org.jspecify.annotations.NullMarked;
