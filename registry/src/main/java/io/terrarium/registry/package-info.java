/// The private registry: an API that serves Terraform's registry protocols, and a worker that reads
/// what modules hold. Atlas says which versions there are, and who may see them.
@NullMarked
package io.terrarium.registry;

import org.jspecify.annotations.NullMarked;
