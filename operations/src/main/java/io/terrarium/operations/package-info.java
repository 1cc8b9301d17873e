/// What an operator of the mesh needs: its health. Talks to the services over HTTP; keeps nothing.
@NullMarked
package io.terrarium.operations;

import org.jspecify.annotations.NullMarked;
