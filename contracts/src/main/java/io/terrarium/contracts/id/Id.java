package io.terrarium.contracts.id;

/// An id as clients see it, such as `run-…`. The prefix says what it names.
public sealed interface Id
    permits ApplyId,
        ConfigurationVersionId,
        IngressAttributesId,
        NotificationConfigurationId,
        OauthClientId,
        OauthTokenId,
        OrganizationId,
        OrganizationMembershipId,
        PlanId,
        ProjectId,
        ReadmeId,
        RetentionPolicyId,
        RunEventId,
        RunId,
        RunTriggerId,
        SshKeyId,
        StateVersionId,
        StateVersionOutputId,
        TeamId,
        TeamProjectId,
        TeamWorkspaceId,
        TerraformVersionId,
        TokenId,
        TokenTtlPolicyId,
        UserId,
        VariableId,
        VariableSetId,
        VcsEventId,
        VcsRepositoryId,
        WebhookDeliveryId,
        WorkspaceId,
        WorkspaceResourceId {
  String value();
}
