package io.terrarium.atlas.ui.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExerciseTest {
  static List<Exercise> exercises() {
    return Exercise.ALL;
  }

  @ParameterizedTest
  @MethodSource("exercises")
  void has_words_for_each_of_its_steps(Exercise exercise) {
    LabText text = LabText.of(exercise.name());

    assertThat(text.title()).isNotBlank();
    assertThat(text.lesson()).startsWith("<p>");
    assertThat(text.sections()).hasSameSizeAs(exercise.steps());
    assertThat(text.sections()).allSatisfy(section -> assertThat(section.title()).isNotBlank());
  }

  @Test
  void is_alone_with_its_name() {
    assertThat(exercises()).extracting(Exercise::name).doesNotHaveDuplicates();
  }
}
