package io.terrarium.embedded;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/// One thing in each service, written and read by the clients that the mesh uses.
@SuppressWarnings("try")
final class StoredThings {
  private static final String NAME = "keepsake";

  private final EmbeddedServices services;

  StoredThings(EmbeddedServices services) {
    this.services = services;
  }

  void store(String value) throws Exception {
    try (java.sql.Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE keepsake (value text)");
      statement.execute("INSERT INTO keepsake VALUES ('" + value + "')");
    }
    try (RedisClient client = RedisClient.create(redisUri());
        StatefulRedisConnection<String, String> redis = client.connect()) {
      redis.sync().set(NAME, value);
    }
    try (Connection connection = amqp().newConnection();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.queueDeclare(NAME, true, false, false, Map.of());
      channel.basicPublish("", NAME, MessageProperties.PERSISTENT_BASIC, bytes(value));
      channel.waitForConfirmsOrDie(10_000);
    }
    try (MinioClient s3 = s3()) {
      if (!s3.bucketExists(BucketExistsArgs.builder().bucket(NAME).build())) {
        s3.makeBucket(MakeBucketArgs.builder().bucket(NAME).build());
      }
      s3.putObject(
          PutObjectArgs.builder().bucket(NAME).object(NAME).stream(
                  new ByteArrayInputStream(bytes(value)), (long) bytes(value).length, -1L)
              .build());
    }
  }

  /// How many messages the broker holds of it.
  long messages() throws Exception {
    try (Connection connection = amqp().newConnection();
        Channel channel = connection.createChannel()) {
      return channel.messageCount(NAME);
    }
  }

  /// What each service gives back.
  Map<String, String> read() throws Exception {
    Map<String, String> found = new TreeMap<>();
    try (java.sql.Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM keepsake")) {
      rows.next();
      found.put("postgres", rows.getString(1));
    }
    try (RedisClient client = RedisClient.create(redisUri());
        StatefulRedisConnection<String, String> redis = client.connect()) {
      found.put("redis", String.valueOf(redis.sync().get(NAME)));
    }
    try (Connection connection = amqp().newConnection();
        Channel channel = connection.createChannel()) {
      GetResponse message = channel.basicGet(NAME, true);
      found.put("broker", message == null ? "nothing" : text(message.getBody()));
    }
    try (MinioClient s3 = s3();
        InputStream object =
            s3.getObject(GetObjectArgs.builder().bucket(NAME).object(NAME).build())) {
      found.put("s3", text(object.readAllBytes()));
    }
    return found;
  }

  private java.sql.Connection connect() throws Exception {
    EmbeddedPostgres postgres = services.postgres().orElseThrow();
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.username(), postgres.password().value());
  }

  private RedisURI redisUri() {
    EmbeddedRedis redis = services.redis().orElseThrow();
    return RedisURI.builder()
        .withHost(redis.host())
        .withPort(redis.port())
        .withPassword(redis.password().value().toCharArray())
        .build();
  }

  private ConnectionFactory amqp() {
    BrokerPlace broker = services.broker().orElseThrow();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password().value());
    factory.setVirtualHost(EmbeddedBroker.VIRTUAL_HOST);
    return factory;
  }

  private MinioClient s3() {
    S3Place s3 = services.s3().orElseThrow();
    return MinioClient.builder()
        .endpoint(s3.endpoint().toString())
        .region(EmbeddedS3.REGION)
        .credentials(s3.accessKey().value(), s3.secretKey().value())
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
