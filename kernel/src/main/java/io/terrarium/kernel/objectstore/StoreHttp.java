package io.terrarium.kernel.objectstore;

import io.terrarium.kernel.tls.Trust;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/// The HTTP client below the store's: virtual threads, limits, and whom it believes.
final class StoreHttp {
  private static final int REQUESTS_MAX = 256;

  private StoreHttp() {}

  static OkHttpClient client(ObjectStoreConfig config) {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(REQUESTS_MAX);
    dispatcher.setMaxRequestsPerHost(REQUESTS_MAX);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES))
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofMinutes(1))
            .writeTimeout(Duration.ofMinutes(1));
    if ("https".equals(config.endpoint().getScheme())) {
      Trust trust = config.trust();
      client.sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
    }
    return client.build();
  }
}
