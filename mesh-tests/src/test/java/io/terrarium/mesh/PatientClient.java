package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// The API as clients use it that are told "unavailable" now and then, and ask again.
final class PatientClient {
  private final Site site;

  PatientClient(Site site) {
    this.site = site;
  }

  /// What is there, once somebody says so.
  ApiClient.Answer get(String path) {
    return until200(path, () -> site.api().get(path));
  }

  private static ApiClient.Answer until200(String path, Supplier<ApiClient.Answer> question) {
    ApiClient.Answer[] last = new ApiClient.Answer[1];
    Eventually.until(
        () -> path + " is not answered but with " + (last[0] == null ? "" : last[0].text()),
        () -> {
          try {
            last[0] = question.get();
            return last[0].status() == 200;
          } catch (UncheckedIOException unavailable) {
            return false;
          }
        });
    return last[0];
  }

  /// The status of an answer, 0 where none comes.
  static int statusOf(Supplier<ApiClient.Answer> question) {
    try {
      return question.get().status();
    } catch (UncheckedIOException unavailable) {
      return 0;
    }
  }

  /// How long a list is.
  int count(String list) {
    return get(list + "?page%5Bsize%5D=1").json().at("/meta/pagination/total-count").asInt();
  }

  /// The status that a document has just now.
  String status(String path) {
    return get(path).attribute("status").asText();
  }
}
