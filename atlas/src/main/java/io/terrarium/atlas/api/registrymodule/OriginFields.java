package io.terrarium.atlas.api.registrymodule;

import io.terrarium.core.registrymodule.RegistryModule.Origin;
import io.terrarium.core.vcs.BranchName;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.List;
import java.util.Optional;

/// What a request says of the part of a repository that is a module, in `vcs-repo`.
///
/// @param isTagged tags make versions from now on
/// @param branch whose commits do
record OriginFields(
    boolean isTagged,
    Optional<String> branch,
    Optional<String> tagPrefix,
    Optional<String> directory) {
  private static final String TAG_PREFIX = "tag-prefix";
  private static final String DIRECTORY = "source-directory";
  private static final int CHARACTERS_MAX = 255;

  static OriginFields of(Incoming repository) {
    OriginFields fields =
        new OriginFields(
            repository.flag("tags").over(false, false),
            repository.text("branch").given().filter(text -> !text.isBlank()),
            repository.text(TAG_PREFIX).given(),
            repository.text(DIRECTORY).given().map(OriginFields::withoutSlashes));
    if (fields.isTagged && fields.branch.isPresent()) {
      repository.problem("branch", "cannot be set together with tags");
    }
    if (fields.branch.filter(name -> !isBranch(name)).isPresent()) {
      repository.problem("branch", "must be the name of a branch");
    }
    if (fields.tagPrefix.filter(text -> text.length() > CHARACTERS_MAX).isPresent()) {
      repository.problem(TAG_PREFIX, "has at most " + CHARACTERS_MAX + " characters");
    }
    if (fields.directory.filter(text -> !isDirectory(text)).isPresent()) {
      repository.problem(
          DIRECTORY, "must be a path below the root of the repository, such as modules/network");
    }
    return fields;
  }

  private static boolean isBranch(String name) {
    return name.length() <= CHARACTERS_MAX && BranchName.isPossible(name);
  }

  private static String withoutSlashes(String path) {
    return path.strip().replaceAll("^(\\./|/)+|/+$", "");
  }

  private static boolean isDirectory(String path) {
    List<String> names = path.isEmpty() ? List.of() : List.of(path.split("/", -1));
    return path.length() <= CHARACTERS_MAX
        && names.stream()
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }

  boolean isEmpty() {
    return !isTagged && branch.isEmpty() && tagPrefix.isEmpty() && directory.isEmpty();
  }

  /// What is not said stays; a prefix goes with the tags.
  Origin over(Origin before) {
    String after = isTagged ? null : branch.orElse(before.branch());
    if (after != null && tagPrefix.filter(text -> !text.isEmpty()).isPresent()) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "Tag prefix can be set only where tags make versions",
                  "/data/attributes/vcs-repo/" + TAG_PREFIX)));
    }
    return new Origin(
        after,
        after == null ? tagPrefix.orElse(before.tagPrefix()) : "",
        directory.orElse(before.directory()));
  }
}
