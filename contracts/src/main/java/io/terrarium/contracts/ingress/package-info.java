/// What slug-ingress is asked and answers: commits of Git repositories as slugs.
@NullMarked
package io.terrarium.contracts.ingress;

import org.jspecify.annotations.NullMarked;
