/// `terrarium bench`: measures a throw-away mesh beside bare terraform. It starts the mesh as a
/// person does, in a process of its own, and is a client of its API and a browser of its pages;
/// only the many runs of long lists are put into its database. Neighbours: the command line, and no
/// service.
@NullMarked
package io.terrarium.terrarium.bench;

import org.jspecify.annotations.NullMarked;
