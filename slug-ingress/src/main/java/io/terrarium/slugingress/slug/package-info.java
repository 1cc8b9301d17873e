/// Packs a fetched commit as Terraform's own packer, go-slug, packs a directory, straight from
/// Git's objects.
@NullMarked
package io.terrarium.slugingress.slug;

import org.jspecify.annotations.NullMarked;
