package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunListsIT {
  private static final String OF_ACME = "/organizations/acme/runs";
  private static final Changes NONE = new Changes(0, 0, 0, 0);

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  private String left = "";
  private String right = "";
  private String old = "";
  private String finished = "";
  private String speculative = "";
  private String waiting = "";
  private String annas = "";

  /// Two workspaces: of the left one a run of two years ago, one that is finished and a plan-only
  /// one; of the right one, one that plans and Anna's, which waits for it.
  @BeforeAll
  void makeRuns() {
    left = server.readyWorkspace("left");
    right = server.readyWorkspace("right");
    old = finished(server.run(left, "{\"message\":\"Long ago\"}"));
    atlas.clock().advance(Duration.ofDays(2 * 365));
    finished = finished(server.run(left, "{\"message\":\"50% of _all_\"}"));
    speculative = server.run(left, "{\"plan-only\":true,\"message\":\"What if\"}").id();
    waiting = server.run(right, "{\"message\":\"Of the right\"}").id();
    annas = server.post("anna", "/runs", Tenants.runOf(right, "{\"message\":\"Mine\"}")).id();
  }

  private String finished(Answer run) {
    worker.finishPlan(worker.claim(run.related("plan")), NONE);
    return run.id();
  }

  private List<String> runs(String path, String... filter) {
    StringBuilder query = new StringBuilder(path);
    for (int at = 0; at < filter.length; at += 2) {
      query.append(at == 0 ? '?' : '&').append(query(filter[at], filter[at + 1]));
    }
    Answer answer = server.get("alice", query.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.ids();
  }

  @Nested
  class The_runs_of_an_organization {
    @Test
    void are_those_of_the_past_year_newest_first() {
      assertThat(runs(OF_ACME)).containsExactly(annas, waiting, speculative, finished);
    }

    @Test
    void are_those_of_another_year_when_that_is_asked_for() {
      int year = atlas.clock().instant().atZone(ZoneOffset.UTC).getYear();

      assertThat(runs(OF_ACME, "filter[timeframe]", Integer.toString(year - 2)))
          .containsExactly(old);
      assertThat(runs(OF_ACME, "filter[timeframe]", Integer.toString(year - 1))).isEmpty();
      assertThat(runs(OF_ACME, "filter[timeframe]", "year")).contains(finished);
    }

    @Test
    void are_narrowed_by_groups_workspaces_operations_and_sources() {
      assertThat(runs(OF_ACME, "filter[status_group]", "final")).containsExactly(finished);
      assertThat(runs(OF_ACME, "filter[status_group]", "non_final"))
          .containsExactly(annas, waiting, speculative);
      assertThat(runs(OF_ACME, "filter[status_group]", "discardable")).isEmpty();
      assertThat(runs(OF_ACME, "filter[workspace_names]", "right,none"))
          .containsExactly(annas, waiting);
      assertThat(runs(OF_ACME, "filter[operation]", "plan_only")).containsExactly(speculative);
      assertThat(runs(OF_ACME, "filter[source]", "tfe-ui")).isEmpty();
      assertThat(runs(OF_ACME, "filter[source]", "tfe-ui,tfe-api")).hasSize(4);
      assertThat(runs(OF_ACME, "filter[agent_pool_names]", "any")).isEmpty();
      assertThat(runs(OF_ACME, "filter[status]", "pending", "filter[status_group]", "non_final"))
          .containsExactly(annas);
    }

    @Test
    void come_by_pages_that_nobody_counts() {
      Answer first = server.get("alice", OF_ACME + "?" + query("page[size]", "3"));
      Answer last =
          server.get(
              "alice", OF_ACME + "?" + query("page[size]", "3") + "&" + query("page[number]", "2"));

      assertThat(first.ids()).containsExactly(annas, waiting, speculative);
      assertThat(last.ids()).containsExactly(finished);
      assertThat(first.json().at("/meta/pagination").toString())
          .isEqualTo("{\"current-page\":1,\"page-size\":3,\"prev-page\":null,\"next-page\":2}");
      assertThat(last.json().at("/meta/pagination/next-page").isNull()).isTrue();
      assertThat(last.json().at("/links/prev").asText()).contains("page%5Bnumber%5D=1");
      assertThat(first.json().path("links").has("last")).isFalse();
    }

    @Test
    void bring_along_what_is_asked_for_and_are_as_they_are_alone() {
      Answer listed = server.get("alice", OF_ACME + "?include=workspace,plan");

      assertThat(listed.json().at("/data/3"))
          .isEqualTo(server.get("alice", "/runs/" + finished).data());
      assertThat(listed.json().path("included"))
          .extracting(resource -> resource.path("type").asText())
          .containsOnly("workspaces", "plans");
      assertThat(server.get("alice", OF_ACME + "?include=nothing").status()).isEqualTo(400);
    }

    @Test
    void are_for_members_alone() {
      assertThat(server.get("bob", OF_ACME).status()).isEqualTo(404);
      assertThat(server.get("acme", OF_ACME).ids()).hasSize(4);
      assertThat(server.get("alice", "/organizations/none/runs").status()).isEqualTo(404);
    }

    @Test
    void are_listed_at_the_collection_of_all_runs_too() {
      String statuses = "filter[status]";

      assertThat(runs("/runs", "workspace_id", left)).containsExactly(finished, old);
      assertThat(runs("/runs", "workspace_id", right, statuses, "pending")).containsExactly(annas);
      assertThat(runs("/runs", "organization_name", "acme"))
          .isEqualTo(runs("/organizations/acme/runs"));
      assertThat(runs("/runs", "organization_name", "acme", statuses, "pending"))
          .containsExactly(annas);
      assertThat(server.get("bob", "/runs?workspace_id=" + left).status()).isEqualTo(404);
      assertThat(server.get("bob", "/runs?organization_name=acme").status()).isEqualTo(404);
      Answer neither = server.get("alice", "/runs");
      assertThat(neither.status()).isEqualTo(400);
      assertThat(neither.detail()).contains("workspace_id or organization_name");
    }

    @Test
    void say_which_filter_makes_no_sense() {
      Answer group = server.get("alice", OF_ACME + "?" + query("filter[status_group]", "finished"));
      Answer year = server.get("alice", OF_ACME + "?" + query("filter[timeframe]", "month"));

      assertThat(group.status()).isEqualTo(400);
      assertThat(group.detail()).contains("non_final, final, discardable");
      assertThat(year.status()).isEqualTo(400);
      assertThat(year.detail()).contains("a year such as");
    }
  }

  @Nested
  class The_runs_of_a_workspace {
    private String of(String workspace) {
      return "/workspaces/" + workspace + "/runs";
    }

    @Test
    void are_searched_by_id_message_and_who_made_them() {
      assertThat(runs(of(left), "search[basic]", finished)).containsExactly(finished);
      assertThat(runs(of(left), "search[basic]", "LONG")).containsExactly(old);
      assertThat(runs(of(left), "search[basic]", "0% of _")).containsExactly(finished);
      assertThat(runs(of(left), "search[basic]", "n_")).isEmpty();
      assertThat(runs(of(right), "search[user]", "ann")).containsExactly(annas);
      assertThat(runs(of(right), "search[basic]", "alice")).containsExactly(waiting);
      assertThat(runs(of(right), "search[commit]", "abc")).isEmpty();
    }

    @Test
    void are_counted_whatever_they_are_narrowed_to() {
      Answer all = server.get("alice", of(left));
      Answer searched = server.get("alice", of(left) + "?" + query("search[basic]", "long"));
      Answer sourced = server.get("alice", of(left) + "?" + query("filter[source]", "tfe-ui"));

      assertThat(total(all)).isEqualTo(2);
      assertThat(total(searched)).isEqualTo(1);
      assertThat(total(sourced)).isZero();
      assertThat(runs(of(left), "filter[operation]", "plan_only")).containsExactly(speculative);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void come_by_pages_whichever_end_of_the_list_is_nearer(int size) {
      List<String> all = List.of(speculative, finished, old);
      String kinds = "?" + query("filter[operation]", "plan_and_apply,plan_only");

      for (int number = 1; number <= 4; number++) {
        Answer page =
            server.get(
                "alice",
                of(left)
                    + kinds
                    + "&"
                    + query("page[size]", Integer.toString(size))
                    + "&"
                    + query("page[number]", Integer.toString(number)));

        int from = Math.min(3, (number - 1) * size);
        assertThat(page.ids()).isEqualTo(all.subList(from, Math.min(3, from + size)));
        assertThat(total(page)).isEqualTo(3);
      }
    }

    private int total(Answer list) {
      return list.json().at("/meta/pagination/total-count").asInt();
    }
  }
}
