package io.terrarium.kernel.database;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.net.HostPort;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;
import java.util.Map;
import java.util.Optional;

/// How to reach PostgreSQL.
///
/// @param url JDBC URL without credentials
/// @param parameters of the connection, by the driver's names
/// @param connectionsMax size of the pool of this process
public record DatabaseConfig(
    String url, String user, Secret password, Map<String, String> parameters, int connectionsMax) {
  private static final int PORT = 5432;
  private static final String PARAMETERS = "TFE_DATABASE_PARAMETERS";

  public DatabaseConfig {
    parameters = Map.copyOf(parameters);
  }

  /// Of a server that asks for nothing but a password.
  public DatabaseConfig(String url, String user, Secret password, int connectionsMax) {
    this(url, user, password, Map.of(), connectionsMax);
  }

  public static DatabaseConfig from(Env env, int connectionsMax) {
    HostPort server = env.hostPort("TFE_DATABASE_HOST", PORT);
    return new DatabaseConfig(
        "jdbc:postgresql://" + server + "/" + name(env),
        env.text("TFE_DATABASE_USER"),
        env.secret("TFE_DATABASE_PASSWORD"),
        parameters(env),
        env.integer("TERRARIUM_DATABASE_CONNECTIONS", connectionsMax, 1, 90));
  }

  /// The same with another pool.
  public DatabaseConfig withConnections(int most) {
    return new DatabaseConfig(url, user, password, parameters, most);
  }

  /// In the URL what stands behind a question mark would be parameters.
  private static String name(Env env) {
    String name = env.text("TFE_DATABASE_NAME");
    if (!name.matches("[^/?&#%\\s]*")) {
      env.problem("TFE_DATABASE_NAME must be the name of a database, without / ? & # %");
    }
    return name;
  }

  private static Map<String, String> parameters(Env env) {
    Trust trust = Trust.from(env);
    Optional<String> text = env.find(PARAMETERS);
    Optional<String> problem = text.flatMap(ConnectionParameters::problem);
    problem.ifPresent(what -> env.problem(PARAMETERS + " " + what));
    return text.isEmpty() || problem.isPresent()
        ? Map.of()
        : ConnectionParameters.of(text.get(), trust);
  }
}
