package io.terrarium.operations.health;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one look at the whole mesh has found.
public record MeshReport(Map<Subject, Finding> findings) {
  /// As the aggregated list of Terraform Enterprise has it, with two more fields.
  ///
  /// @param description what is checked, after the word "that"
  /// @param error why it has not passed, null where it has
  record Check(String name, boolean passed, String description, @Nullable String error) {}

  record Checks(boolean passed, List<Check> checks) {}

  public MeshReport {
    findings = new EnumMap<>(findings);
  }

  /// Judges each service by whether it answered, each server by what those say that did.
  static MeshReport of(Map<Subject, ServiceAnswer> answers) {
    Map<Subject, Finding> findings = new EnumMap<>(Subject.class);
    for (Subject subject : Subject.values()) {
      ServiceAnswer own = answers.get(subject);
      findings.put(subject, own == null ? server(subject, answers) : service(own));
    }
    return new MeshReport(findings);
  }

  private static Finding service(ServiceAnswer answer) {
    return answer.isUp() ? Finding.UP : Finding.down(answer.problem());
  }

  private static Finding server(Subject server, Map<Subject, ServiceAnswer> answers) {
    List<String> failing = new ArrayList<>();
    boolean isReached = false;
    for (Map.Entry<Subject, ServiceAnswer> answer : new EnumMap<>(answers).entrySet()) {
      Boolean reaches = answer.getValue().checks().get(server.dependency());
      if (reaches != null && !reaches) {
        failing.add(answer.getKey().wire());
      }
      isReached |= reaches != null && reaches;
    }
    if (!failing.isEmpty()) {
      return Finding.down("not reached by " + String.join(", ", failing));
    }
    return isReached ? Finding.UP : Finding.unknown("none of the services that use it answers");
  }

  public boolean isHealthy() {
    return findings.values().stream().allMatch(Finding::isUp);
  }

  /// `UP`, `DOWN` or `UNKNOWN` by name, as `/_health_check` answers.
  public Map<String, String> statuses() {
    Map<String, String> statuses = new LinkedHashMap<>();
    findings.forEach((subject, finding) -> statuses.put(subject.wire(), finding.status().name()));
    return statuses;
  }

  Checks checks() {
    List<Check> checks = new ArrayList<>();
    findings.forEach((subject, finding) ->
        checks.add(
            new Check(
                subject.title(),
                finding.isUp(),
                subject.description(),
                finding.isUp() ? null : finding.problem())));
    return new Checks(isHealthy(), checks);
  }
}
