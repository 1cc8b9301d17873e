package io.terrarium.atlas.api.retention;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.OwnRetention;
import io.terrarium.core.access.Principal;
import io.terrarium.core.retention.RetentionPolicies;
import io.terrarium.core.retention.RetentionPolicies.Subject;
import io.terrarium.core.retention.RetentionPolicy;
import io.terrarium.core.retention.RetentionTerms;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The data retention policies of organizations and workspaces.
public final class RetentionPoliciesApi {
  private static final String DELETE_OLDER = "data-retention-policy-delete-olders";
  private static final String DONT_DELETE = "data-retention-policy-dont-deletes";

  /// What [#DELETE_OLDER] was called before there was a choice.
  private static final String LEGACY = "data-retention-policies";

  private static final String POLICY = "/relationships/data-retention-policy";

  private final RetentionPolicies policies;

  public RetentionPoliciesApi(RetentionPolicies policies) {
    this.policies = policies;
  }

  public void mount(Api api) {
    mount(
        api,
        "/api/v2/organizations/:organization_name" + POLICY,
        call -> new Subject.OfOrganization(call.path("organization_name")));
    mount(
        api,
        "/api/v2/workspaces/:workspace_id" + POLICY,
        call -> new Subject.OfWorkspace(call.path("workspace_id", WorkspaceId::new)));
  }

  private void mount(Api api, String path, Function<Call, Subject> subject) {
    api.get(path, call -> shown(policies.find(call.get(Principal.class), subject.apply(call))));
    api.post(path, call -> set(call, subject.apply(call)));
    api.patch(path, call -> set(call, subject.apply(call)));
    api.delete(
        path,
        call -> {
          policies.delete(call.get(Principal.class), subject.apply(call));
          return Reply.noContent();
        });
  }

  private Reply set(Call call, Subject subject) {
    String type = call.tree().map(tree -> tree.at("/data/type")).map(JsonNode::asText).orElse("");
    RetentionTerms terms =
        switch (type) {
          case DELETE_OLDER, LEGACY -> RetentionPolicyRequest.read(call, type);
          case DONT_DELETE -> RetentionTerms.KEEP_ALL;
          default ->
              throw new Fault.Invalid(
                  List.of(
                      new Fault.Problem(
                          "Type must be " + DELETE_OLDER + " or " + DONT_DELETE, "/data/type")));
        };
    return shown(policies.set(call.get(Principal.class), subject, terms));
  }

  private static Reply shown(RetentionPolicy policy) {
    return Reply.document(200, Document.of(resource(policy)));
  }

  private static Resource resource(RetentionPolicy policy) {
    RetentionPolicy.Target target = policy.target();
    String address = "/api/v2/" + target.type() + "/" + target.id();
    return new Resource(
        policy.id().value(),
        type(policy.terms().deletes()),
        RetentionPolicyAttributes.of(policy.terms()),
        Map.of("target", Relationship.one(target.type(), target.id(), address)),
        Map.of("self", address + POLICY));
  }

  private static String type(boolean deletes) {
    return deletes ? DELETE_OLDER : DONT_DELETE;
  }

  /// For those that have a policy.
  public static Relationship relationship(@Nullable OwnRetention own) {
    return Relationship.optional(
        type(own != null && own.deletes()), Optional.ofNullable(own).map(it -> it.id().value()));
  }
}
