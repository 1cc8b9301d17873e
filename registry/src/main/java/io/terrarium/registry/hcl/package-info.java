/// Reads Terraform's configuration language, in its native and its JSON syntax: the structure as a
/// whole, expressions as text, and the value of those that are literals.
///
/// It is written here since what there is for Java evaluates while it reads: it knows types and
/// functions of its own, fails where Terraform has others, and keeps no expression as it was
/// written. Decision 13 says what was tried.
@NullMarked
package io.terrarium.registry.hcl;

import org.jspecify.annotations.NullMarked;
