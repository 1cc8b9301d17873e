package io.terrarium.core.vcshost;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The webhooks of repositories as one kind of host keeps them.
///
/// @param paging how the list comes
/// @param pages what follows the list's path, up to where the page's number or start stands
/// @param first what stands there for the first page
/// @param list where the hooks are in a page, "" for the page itself
/// @param form where a hook has its id and its target, and how it is changed
record HookList(Paging paging, String pages, String first, String list, Form form) {

  /// @param id field of the host's id
  /// @param target field of the address that is called
  /// @param change method by which a hook is brought up to date
  record Form(String id, String target, String change) {}

  HookList paged(String withPages) {
    return new HookList(paging, withPages, first, list, form);
  }

  /// @param path of the list
  /// @param hook as it is to be
  Outcome<String> register(HostApi api, String path, URI target, Object hook) {
    Sieve id = Sieve.of(form.id());
    return find(api, path, target)
        .then(found ->
            found.isEmpty()
                ? api.send("POST", path, hook, id, made -> made.required(form.id()))
                : api.send(
                    form.change(), at(path, found.getFirst()), hook, id, _ -> found.getFirst()));
  }

  Outcome<Boolean> remove(HostApi api, String path, URI target) {
    return find(api, path, target).then(found -> remove(api, path, found));
  }

  private Outcome<Boolean> remove(HostApi api, String path, List<String> ids) {
    Outcome<Boolean> removed = new Outcome.Done<>(false);
    for (String id : ids) {
      removed = removed.then(before -> api.delete(at(path, id)).map(isGone -> before || isGone));
    }
    return removed;
  }

  private static String at(String path, String id) {
    return path + "/" + Texts.encoded(id);
  }

  /// Two can be there where two of us registered at once.
  private Outcome<List<String>> find(HostApi api, String path, URI target) {
    String prefix = list.isEmpty() ? "" : list + ".";
    Sieve wanted =
        Sieve.of(prefix + form.id(), prefix + form.target(), "isLastPage", "nextPageStart", "next");
    List<String> found = new ArrayList<>();
    return paging
        .walk(
            api,
            path + pages,
            first,
            wanted,
            page -> {
              page.fields().list(list).stream()
                  .filter(hook -> hook.find(form.target()).equals(Optional.of(target.toString())))
                  .flatMap(hook -> hook.find(form.id()).stream())
                  .forEach(found::add);
              return true;
            })
        .map(_ -> List.copyOf(found));
  }
}
