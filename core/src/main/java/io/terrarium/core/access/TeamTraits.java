package io.terrarium.core.access;

/// What of a team decides who may do what with it.
///
/// @param isOwners the team that may do everything
/// @param isSecret shown only to its members and to who manages teams
/// @param allowsMemberTokens whether its members manage its tokens
record TeamTraits(boolean isOwners, boolean isSecret, boolean allowsMemberTokens) {}
