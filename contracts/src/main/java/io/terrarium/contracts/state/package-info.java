/// What the state parser is asked and answers.
@NullMarked
package io.terrarium.contracts.state;

import org.jspecify.annotations.NullMarked;
