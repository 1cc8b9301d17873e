package io.terrarium.kernel.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PagedTest {
  private static long count() {
    return 7;
  }

  @Test
  void a_full_page_does_not_tell_whether_more_follow() {
    assertThat(Paged.of(List.of("a", "b"), new Page(1, 2), PagedTest::count).totalCount())
        .isEqualTo(7);
  }

  @Test
  void a_page_that_is_not_full_is_the_last_one() {
    assertThat(Paged.of(List.of("a"), new Page(3, 2), PagedTest::count).totalCount()).isEqualTo(5);
  }

  @Test
  void a_first_page_without_anything_is_of_an_empty_list() {
    assertThat(Paged.of(List.of(), new Page(1, 2), PagedTest::count).totalCount()).isZero();
  }

  @Test
  void a_page_behind_the_last_one_does_not_tell_how_many_there_are() {
    assertThat(Paged.of(List.of(), new Page(9, 2), PagedTest::count).totalCount()).isEqualTo(7);
  }
}
