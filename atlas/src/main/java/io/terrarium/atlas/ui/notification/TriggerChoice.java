package io.terrarium.atlas.ui.notification;

import java.util.Arrays;
import java.util.List;

/// What of a run somebody can be told of, as pages offer it.
public enum TriggerChoice {
  CREATED("run:created", "Created", "A run was made and waits for its turn."),
  PLANNING("run:planning", "Planning", "A run began to plan."),
  NEEDS_ATTENTION("run:needs_attention", "Needs attention", "A plan waits for a decision."),
  APPLYING("run:applying", "Applying", "A run began to apply."),
  COMPLETED("run:completed", "Completed", "A run ended well."),
  ERRORED("run:errored", "Errored", "A run failed, or was canceled or discarded.");

  private final String word;
  private final String title;
  private final String meaning;

  TriggerChoice(String word, String title, String meaning) {
    this.word = word;
    this.title = title;
    this.meaning = meaning;
  }

  /// By which the API calls it.
  public String word() {
    return word;
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }

  /// The title of a trigger; the word itself where pages do not offer it.
  public static String titleOf(String word) {
    return Arrays.stream(values())
        .filter(choice -> choice.word.equals(word))
        .map(TriggerChoice::title)
        .findFirst()
        .orElse(word);
  }

  /// Those of `words` that pages do not offer, and that are to stay when a form is saved.
  public static List<String> others(List<String> words) {
    List<String> offered = Arrays.stream(values()).map(TriggerChoice::word).toList();
    return words.stream().filter(word -> !offered.contains(word)).toList();
  }
}
