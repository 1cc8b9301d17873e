package io.terrarium.archivist;

import io.terrarium.kernel.vault.Transit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keys of single objects, wrapped by vault. Those just used are remembered, so that a reader who
/// comes every second does not cost a call to vault each time.
final class DataKeys {
  private static final String KEY = "archivist_objects";
  private static final int REMEMBERED_MAX = 512;

  private final Transit transit;
  private final Map<String, byte[]> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  DataKeys(Transit transit) {
    this.transit = transit;
  }

  Transit.DataKey fresh() {
    Transit.DataKey key = transit.dataKey(KEY);
    remember(key.wrapped(), key.plaintext());
    return key;
  }

  byte[] unwrap(String wrapped) {
    synchronized (remembered) {
      byte[] known = remembered.get(wrapped);
      if (known != null) {
        return known;
      }
    }
    byte[] key = transit.decrypt(KEY, wrapped);
    remember(wrapped, key);
    return key;
  }

  private void remember(String wrapped, byte[] key) {
    synchronized (remembered) {
      remembered.put(wrapped, key);
    }
  }
}
