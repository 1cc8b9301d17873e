package io.terrarium.contracts.id;

/// An id as clients see it, such as `run-…`. The prefix says what it names.
public sealed interface Id
    permits ApplyId,
        ConfigurationVersionId,
        ModuleVersionId,
        NotificationConfigurationId,
        OrganizationId,
        OrganizationMembershipId,
        PlanId,
        ProjectId,
        ProviderVersionId,
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
        WorkspaceId,
        WorkspaceResourceId {
  String value();
}
