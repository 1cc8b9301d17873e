/// Blobs in S3, with what every S3 has: objects of any size in parts, ranges, user metadata.
@NullMarked
package io.terrarium.kernel.objectstore;

import org.jspecify.annotations.NullMarked;
