package io.terrarium.archivist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.objectstore.StoredObject;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealedStoreTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final Secret ANY = new Secret("any");

  @Nested
  class An_object_that_cannot_be_opened {
    @Test
    void is_closed_so_that_its_connection_is_free_again() {
      AtomicBoolean isClosed = new AtomicBoolean();
      ByteArrayInputStream content =
          new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() {
              isClosed.set(true);
            }
          };

      try (ObjectStore objects = ObjectStore.open(nowhere(), 1);
          Transit vault = new Transit(new TransitConfig(NOWHERE, ANY))) {
        SealedStore store = new SealedStore(objects, new DataKeys(vault), Ids.random());
        assertThatThrownBy(() -> store.open("a", new StoredObject(content, Map.of(), 1, 1)))
            .isInstanceOf(IllegalStateException.class);
      }

      assertThat(isClosed).isTrue();
    }

    private static ObjectStoreConfig nowhere() {
      return new ObjectStoreConfig(NOWHERE, "blobs", "any", "any", ANY, true);
    }
  }
}
