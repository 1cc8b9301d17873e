package io.terrarium.core.team;

import io.terrarium.core.access.TeamAccess;

/// A team and what the caller may do with it.
public record VisibleTeam(Team team, TeamAccess access) {}
