package io.terrarium.core.run;

import io.terrarium.contracts.id.WorkspaceId;

/// The commit of a pull request that counts; the runs of older ones are pointless.
///
/// @param deliveryKey of the webhook that told of it; what came later is left alone
public record NewestCommit(WorkspaceId workspace, long pullRequest, String sha, long deliveryKey) {}
