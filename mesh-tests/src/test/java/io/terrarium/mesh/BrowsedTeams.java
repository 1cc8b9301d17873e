package io.terrarium.mesh;

import java.util.ArrayList;
import java.util.List;

/// People and teams to look at in a browser.
record BrowsedTeams(ApiClient api) {
  private static final String ORGANIZATION = "/api/v2/organizations/acme/";
  private static final String TEAM =
      """
      {"data":{"type":"teams","attributes":{
        "name":"Network crew","description":"Who builds the network","visibility":"organization",
        "organization-access":{"manage-modules":true}}}}
      """;

  private String made(String path, String document) {
    ApiClient.Answer made = api.post(path, document);
    if (made.status() / 100 != 2) {
      throw new AssertionError(path + ": " + made.text());
    }
    return made.data().path("id").asText();
  }

  private static String invitation(String team) {
    return """
    {"data":{"type":"organization-memberships","attributes":{
      "email":"somebody-with-a-rather-long-address@a-company-somewhere.example.com"},
      "relationships":{"teams":{"data":[{"type":"teams","id":"%s"}]}}}}
    """
        .formatted(team);
  }

  private static String access(String team, String workspace) {
    return """
    {"data":{"type":"team-workspaces","attributes":{"access":"custom","runs":"apply"},
      "relationships":{"team":{"data":{"type":"teams","id":"%s"}},
        "workspace":{"data":{"type":"workspaces","id":"%s"}}}}}
    """
        .formatted(team, workspace);
  }

  /// @param workspace id of `network`
  List<BrowsedSite.Place> places(String workspace) {
    String team = made(ORGANIZATION + "teams", TEAM);
    made(ORGANIZATION + "teams", TEAM.replace("Network crew", "Onlookers"));
    made(ORGANIZATION + "organization-memberships", invitation(team));
    String access = made("/api/v2/team-workspaces", access(team, workspace));
    String settings = "/app/acme/settings/";
    String accesses = "/app/acme/workspaces/network/settings/access";
    List<BrowsedSite.Place> places = new ArrayList<>();
    places.add(place("members", settings + "users"));
    places.add(place("member-new", settings + "users/new"));
    places.add(place("teams", settings + "teams"));
    places.add(place("team-new", settings + "teams/new"));
    places.add(place("team", settings + "teams/" + team));
    places.add(place("workspace-access", accesses));
    places.add(place("workspace-access-new", accesses + "/new"));
    places.add(place("workspace-access-edit", accesses + "/" + access + "/edit"));
    return places;
  }

  private static BrowsedSite.Place place(String name, String path) {
    return new BrowsedSite.Place(name, path, "main h1");
  }
}
