/// Projects: the folders of an organization's workspaces. Neighbours: organization (makes the
/// default one), access.
@NullMarked
package io.terrarium.core.project;

import org.jspecify.annotations.NullMarked;
