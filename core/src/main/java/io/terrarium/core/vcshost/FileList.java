package io.terrarium.core.vcshost;

import java.util.ArrayList;
import java.util.List;

/// Names of changed files, gathered from the pages of a list.
///
/// @param paging how the list comes
/// @param list where the files are in a page, "" for the page itself
/// @param names where a file has its old and new name
record FileList(Paging paging, String list, List<String> names) {

  /// @param path up to where the page's number or start stands
  /// @param first what stands there for the first one
  /// @param filesMax as many the host never tells
  Outcome<ChangedFiles> read(HostApi api, String path, String first, Sieve wanted, int filesMax) {
    List<String> found = new ArrayList<>();
    int[] files = {0};
    return paging
        .walk(
            api,
            path,
            first,
            wanted,
            page -> {
              List<Fields> told = page.fields().list(list);
              files[0] += told.size();
              found.addAll(names(told));
              return files[0] < filesMax;
            })
        .map(isAtEnd -> ChangedFiles.of(found, isAtEnd));
  }

  List<String> names(List<Fields> files) {
    return files.stream()
        .flatMap(file -> names.stream().flatMap(name -> file.find(name).stream()))
        // One letter more is enough to tell that it is too long.
        .map(name -> Texts.start(name, ChangedFiles.NAME_CHARACTERS_MAX + 1))
        .toList();
  }
}
