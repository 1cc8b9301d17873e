package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.testsupport.LocalServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbacksIT {
  private static final Flow FLOW = new Flow("cv-1", "", "client", Instant.EPOCH, null);

  @Nested
  class An_object {
    @Test
    void that_is_refused_at_once_is_unknown_to_atlas() {
      assertThat(toldToAnAtlasThatAnswers(409))
          .isInstanceOfSatisfying(
              Callbacks.Answer.Refused.class, refused -> assertThat(refused.isUnknown()).isTrue());
    }

    @Test
    void that_is_refused_after_an_answer_was_lost_may_be_known() {
      assertThat(toldToAnAtlasThatAnswers(502, 409))
          .isInstanceOfSatisfying(
              Callbacks.Answer.Refused.class, refused -> assertThat(refused.isUnknown()).isFalse());
    }

    @Test
    void that_atlas_cannot_make_sense_of_may_be_known() {
      assertThat(toldToAnAtlasThatAnswers(400))
          .isInstanceOfSatisfying(
              Callbacks.Answer.Refused.class, refused -> assertThat(refused.isUnknown()).isFalse());
    }

    @Test
    void is_told_again_while_atlas_does_not_know_our_token() {
      assertThat(toldToAnAtlasThatAnswers(401, 403, 204)).isEqualTo(new Callbacks.Answer.Taken());
    }

    @Test
    void is_unavailable_to_its_uploader_when_the_token_stays_unknown() {
      assertThatThrownBy(() -> toldToAnAtlasThatAnswers(401, 401, 401, 401, 401, 401))
          .isInstanceOf(Fault.Unavailable.class);
    }
  }

  private static Callbacks.Answer toldToAnAtlasThatAnswers(Integer... statuses) {
    Iterator<Integer> answers = Arrays.asList(statuses).iterator();
    try (LocalServer atlas =
            LocalServer.start(exchange -> {
              exchange.sendResponseHeaders(answers.next(), -1);
              exchange.close();
            });
        ServiceClient client =
            new ServiceClient(atlas.address(), Optional.empty(), Duration.ofSeconds(10));
        Callbacks callbacks = new Callbacks(client)) {
      return callbacks.tell(
          new ObjectStored(
              ObjectStored.VERSION, "configuration-version", "cv-1", "slugs/1", 1, "", "", 0),
          FLOW);
    }
  }
}
