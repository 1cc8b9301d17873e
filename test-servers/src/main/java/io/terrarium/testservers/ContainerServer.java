package io.terrarium.testservers;

import com.github.dockerjava.api.model.PortBinding;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.FreePorts;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// A server in a container, on a port of this machine that stays the same when it is started again.
final class ContainerServer<C> implements BackingServer<C> {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerServer.class);

  /// What is run.
  ///
  /// @param port of the server in its container
  record Plan(String image, int port, Map<String, String> environment, String... command) {}

  private final GenericContainer<?> container;
  private final String image;
  private final C config;
  private final Predicate<C> answers;

  private ContainerServer(
      GenericContainer<?> container, String image, C config, Predicate<C> answers) {
    this.container = container;
    this.image = image;
    this.config = config;
    this.answers = answers;
  }

  /// Empty where no engine answers, or none that has the image.
  static <C> Optional<BackingServer<C>> start(
      Plan plan, IntFunction<C> config, Predicate<C> answers) {
    if (!DockerImages.areHere(plan.image())) {
      return Optional.empty();
    }
    int port = FreePorts.any();
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(plan.image()))
            .withImagePullPolicy(_ -> false)
            .withEnv(plan.environment())
            .withCommand(plan.command())
            .withExposedPorts(plan.port())
            .withCreateContainerCmdModifier(command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withPortBindings(PortBinding.parse(port + ":" + plan.port())));
    try {
      container.start();
    } catch (ContainerFetchException | ContainerLaunchException e) {
      LOG.atWarn()
          .addKeyValue("image", plan.image())
          .addKeyValue("reason", String.valueOf(e.getMessage()))
          .log("docker answers, but the image cannot be run");
      return Optional.empty();
    }
    ContainerServer<C> server =
        new ContainerServer<>(container, plan.image(), config.apply(port), answers);
    server.awaitAnswer();
    return Optional.of(server);
  }

  /// Where its ports are to be found.
  static String host() {
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  @Override
  public String name() {
    return "container of " + image;
  }

  @Override
  public C config() {
    return config;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void stop() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void start() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    awaitAnswer();
  }

  @Override
  public void close() {
    container.stop();
  }

  private void awaitAnswer() {
    Eventually.until(
        () -> name() + " answers; it says " + container.getLogs(), () -> answers.test(config));
  }
}
