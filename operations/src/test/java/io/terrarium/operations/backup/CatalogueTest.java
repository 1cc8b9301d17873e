package io.terrarium.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.operations.backup.Catalogue.Reference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static Catalogue of(List<Reference> references, String... tables) {
    return new Catalogue(
        "1",
        Stream.of(tables).map(name -> new SnapshotRecord.Table(name, List.of("id"))).toList(),
        references);
  }

  @Nested
  class Tables {
    @Test
    void stand_behind_those_that_their_rows_name() {
      Catalogue catalogue =
          of(
              List.of(
                  new Reference("apples", "trees"),
                  new Reference("trees", "trees"),
                  new Reference("trees", "woods")),
              "apples",
              "trees",
              "woods");

      assertThat(catalogue.inOrder())
          .extracting(SnapshotRecord.Table::name)
          .containsExactly("woods", "trees", "apples");
    }

    @Test
    void that_name_each_other_are_refused() {
      Catalogue catalogue =
          of(List.of(new Reference("hens", "eggs"), new Reference("eggs", "hens")), "hens", "eggs");

      assertThatThrownBy(catalogue::inOrder).hasMessageContaining("circle");
    }
  }
}
