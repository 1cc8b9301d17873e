package io.terrarium.core.workspace;

import io.terrarium.kernel.jsonapi.Patch;

/// What a client wants of the repository that a workspace follows; what it left out stays.
public record VcsRepoChanges(
    Patch<String> identifier,
    Patch<String> displayIdentifier,
    Patch<String> oauthTokenId,
    Patch<String> branch,
    Patch<Boolean> ingressSubmodules,
    Patch<String> tagsRegex) {}
