package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.kernel.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Renders a page of resources with its links and `meta.pagination`.
public final class Listing {
  /// Numbers of the page and of its neighbours.
  record Pagination(
      @JsonProperty("current-page") int currentPage,
      @JsonProperty("page-size") int pageSize,
      @JsonProperty("prev-page") @Nullable Integer prevPage,
      @JsonProperty("next-page") @Nullable Integer nextPage,
      @JsonProperty("total-pages") int totalPages,
      @JsonProperty("total-count") long totalCount) {}

  /// The same where the end is not known.
  record OpenPagination(
      @JsonProperty("current-page") int currentPage,
      @JsonProperty("page-size") int pageSize,
      @JsonProperty("prev-page") @Nullable Integer prevPage,
      @JsonProperty("next-page") @Nullable Integer nextPage) {}

  private Listing() {}

  public static Document of(Call call, Slice<Resource> slice, List<Resource> included) {
    Page page = slice.page();
    Integer previous = page.number() > 1 ? (Integer) (page.number() - 1) : null;
    Integer next = slice.hasNext() ? (Integer) (page.number() + 1) : null;
    OpenPagination pagination = new OpenPagination(page.number(), page.size(), previous, next);
    return new Document(
        slice.items(),
        included,
        links(call, page, previous, next),
        Map.of("pagination", pagination));
  }

  public static Document of(Call call, Paged<Resource> paged) {
    return of(call, paged, List.of());
  }

  public static Document of(Call call, Paged<Resource> paged, List<Resource> included) {
    Page page = paged.page();
    int pages = (int) Math.max(1, (paged.totalCount() + page.size() - 1) / page.size());
    Integer previous = page.number() > 1 ? (Integer) Math.min(page.number() - 1, pages) : null;
    Integer next = page.number() < pages ? (Integer) (page.number() + 1) : null;
    Map<String, String> links = links(call, page, previous, next);
    links.put("last", link(call, page, pages));
    Pagination pagination =
        new Pagination(page.number(), page.size(), previous, next, pages, paged.totalCount());
    return new Document(paged.items(), included, links, Map.of("pagination", pagination));
  }

  private static Map<String, String> links(
      Call call, Page page, @Nullable Integer previous, @Nullable Integer next) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", link(call, page, page.number()));
    links.put("first", link(call, page, 1));
    if (previous != null) {
      links.put("prev", link(call, page, previous));
    }
    if (next != null) {
      links.put("next", link(call, page, next));
    }
    return links;
  }

  private static String link(Call call, Page page, int number) {
    String query =
        Stream.concat(
                call.queries().stream().filter(entry -> !entry.getKey().startsWith("page[")),
                Stream.of(
                    Map.entry("page[number]", Integer.toString(number)),
                    Map.entry("page[size]", Integer.toString(page.size()))))
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return call.path() + "?" + query;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
