package io.terrarium.atlas.ui.frame;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Outages;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// Shows people a page where a tool gets a document of errors. What is a bug stays one: the harness
/// logs it, and answers with its id.
public final class PageFaults implements Filter {
  private static final String NO_PAGE =
      "There is no such page, or it is not for you to see. Ask somebody who owns the organization,"
          + " or look at the address again.";

  private final Pages pages;

  public PageFaults(Pages pages) {
    this.pages = pages;
  }

  /// What went wrong, and what may be done about it.
  public record View(String title, List<String> details, String back) {}

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    try {
      return next.answer(call);
    } catch (Fault fault) {
      return page(call, fault);
    } catch (RuntimeException e) {
      return page(call, Outages.find(e, call).orElseThrow(() -> e));
    }
  }

  private Reply page(Call call, Fault fault) {
    List<String> details = fault.problems().stream().map(Fault.Problem::detail).toList();
    View view =
        switch (fault) {
          case Fault.NotFound _ ->
              new View(
                  "Nothing here",
                  details.contains(Fault.NotFound.HIDDEN) ? List.of(NO_PAGE) : details,
                  "/app");
          case Fault.Unavailable _ -> new View("Away for a moment", details, "");
          default -> new View(sentence(fault.title()), details, "");
        };
    return pages.page(call, fault.status(), view.title(), Shell.Place.NOWHERE, "fault", view);
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
