package io.terrarium.core.retention;

import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// What has files, and how its rows, called `t`, tell of them.
enum FileHolder {
  STATE(
      "state_versions",
      "status",
      "finalized",
      "t.external_id, 0, t.object_id, t.json_object_id",
      "state") {
    @Override
    String isSpare() {
      return isNotCurrent("current_state_version_id");
    }
  },
  CONFIGURATION(
      "configuration_versions",
      "status",
      "uploaded",
      "t.external_id, 0, t.object_id, NULL",
      "configuration") {
    @Override
    String isSpare() {
      return isNotCurrent("current_configuration_version_id")
          + " AND NOT EXISTS (SELECT FROM runs r WHERE r.configuration_version_id = t.id"
          + " AND r.status NOT IN "
          + RunStatus.FINAL_SQL
          + ")";
    }
  },
  PLAN("phases", "backing_data", "present", "t.external_id, t.attempt, NULL, NULL", "run") {
    @Override
    String isSpare() {
      return HAS_ENDED;
    }

    @Override
    String own() {
      return " AND t.phase = 'plan'";
    }

    @Override
    String workspace() {
      return OF_RUN;
    }

    @Override
    List<String> objects(ResultSet row) throws SQLException {
      return RunObjects.ofPlan(row.getString(1), row.getInt(2));
    }
  },
  APPLY(
      "phases",
      "backing_data",
      "present",
      "t.external_id, t.attempt, t.errored_state_object_id, NULL",
      "run") {
    @Override
    String isSpare() {
      return HAS_ENDED;
    }

    @Override
    String own() {
      return " AND t.phase = 'apply'";
    }

    @Override
    String workspace() {
      return OF_RUN;
    }

    @Override
    List<String> objects(ResultSet row) throws SQLException {
      return Stream.concat(super.objects(row).stream(), Stream.of(RunObjects.log(row.getString(1))))
          .toList();
    }
  };

  private static final String HAS_ENDED =
      " AND EXISTS (SELECT FROM runs r WHERE r.id = t.run_id AND r.status IN "
          + RunStatus.FINAL_SQL
          + ")";

  private static final String OF_RUN = "(SELECT r.workspace_id FROM runs r WHERE r.id = t.run_id)";

  private final String table;
  private final String status;
  private final String present;
  private final String facts;
  private final String policy;

  FileHolder(String table, String status, String present, String facts, String policy) {
    this.table = table;
    this.status = status;
    this.present = present;
    this.facts = facts;
    this.policy = policy;
  }

  String table() {
    return table;
  }

  /// The column that says whether its files are there, are to go, or are gone.
  String status() {
    return status;
  }

  /// What that column says while they are there.
  String present() {
    return present;
  }

  /// The columns that [#objects] reads.
  String facts() {
    return facts;
  }

  /// The condition that nothing needs its files any more: neither its workspace, nor an open run.
  abstract String isSpare();

  /// The condition that a row of its table is of this kind.
  String own() {
    return "";
  }

  /// The key of its workspace.
  String workspace() {
    return "t.workspace_id";
  }

  /// What the columns of data retention policies that mean it begin with.
  String policy() {
    return policy;
  }

  /// How its rows are joined to the policy in force, `f`, of their workspace.
  String inWorkspace() {
    return isOfRun()
        ? "runs r ON r.workspace_id = f.workspace_id JOIN phases t ON t.run_id = r.id" + own()
        : table + " t ON t.workspace_id = f.workspace_id";
  }

  /// The rows `n` of the workspace of `f` of which a policy may keep the newest.
  String counted() {
    return isOfRun()
        ? "runs n WHERE n.workspace_id = f.workspace_id"
        : "%s n WHERE n.workspace_id = f.workspace_id AND n.%s = '%s'"
            .formatted(table, status, present);
  }

  /// Its place among those.
  String place() {
    return isOfRun() ? "t.run_id" : "t.id";
  }

  /// When its age begins: with the end of its run where it is a part of one.
  String since() {
    return isOfRun() ? "r.status_changed_at" : "t.created_at";
  }

  private boolean isOfRun() {
    return this == PLAN || this == APPLY;
  }

  /// Whether its row tells when they were marked and deleted.
  boolean isStamped() {
    return this == CONFIGURATION;
  }

  /// The keys of its files.
  List<String> objects(ResultSet row) throws SQLException {
    return Stream.concat(Stream.ofNullable(row.getString(3)), Stream.ofNullable(row.getString(4)))
        .toList();
  }

  private static String isNotCurrent(String current) {
    return " AND t.id IS DISTINCT FROM (SELECT w."
        + current
        + " FROM workspaces w WHERE w.id = t.workspace_id)";
  }
}
