/// What the tests of every module share: architecture rules, builders, contract suites.
@NullMarked
package io.terrarium.testsupport;

import org.jspecify.annotations.NullMarked;
