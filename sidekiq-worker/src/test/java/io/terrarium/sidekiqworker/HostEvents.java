package io.terrarium.sidekiqworker;

/// What hosts tell of one repository, and what slug-ingress finds in it, as JSON.
final class HostEvents {
  static final String SHA = "abcd" + "0".repeat(36);
  static final String BEFORE = "beef" + "0".repeat(36);
  static final String OLDER = "01de" + "0".repeat(36);

  private HostEvents() {}

  /// @param files a JSON list, or "" where the host has not told
  static String push(String branch, String files) {
    return push(branch, SHA, files);
  }

  static String push(String branch, String sha, String files) {
    return """
    [{"push":{"repository":{"identifier":"lab/net.git","default_branch":"main"},"branch":"%s",
      "before":"%s","after":"%s","message":"Widen it","changed":{"files":%s,"is_complete":%s},
      "sender":{"username":"ada"}}}]\
    """
        .formatted(branch, BEFORE, sha, files.isEmpty() ? "[]" : files, !files.isEmpty());
  }

  static String pullRequest(String action, String from) {
    return """
    [{"pull_request":{"repository":{"identifier":"lab/net.git","default_branch":"main"},
      "number":7,"action":"%s","is_merged":false,"title":"A wider net","body":"","url":"https://git.example.com/7",
      "head":{"branch":"wide","sha":"%s","repository":"%s"},"base":{"branch":"main"},
      "sender":{"username":"ada"}}}]\
    """
        .formatted(action, SHA, from);
  }

  static String ingested() {
    return """
    {"v":1,"files":3,"slug_bytes":9,"commit":{"sha":"%s","branch":"main","message":"Widen it",
     "author_name":"Ada","author_email":"a@example.com","committed_at":"2026-01-02T03:04:05Z"}}\
    """
        .formatted(SHA);
  }
}
