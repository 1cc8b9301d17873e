package io.terrarium.kernel.http;

import io.terrarium.kernel.Fault;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where services mount their routes. The only place that knows how requests meet threads: each
/// endpoint runs on a virtual thread of its own.
public final class Api {
  /// What no route took is counted together.
  private static final MountedRoute NO_ROUTE = new MountedRoute("*", "none");

  private final Router router;
  private final ReplyWriter writer;
  private final long bodyBytesMax;
  private final List<Filter> filters;
  private final List<Mounted> mounted;

  /// A route, and what stands before its endpoint.
  record Mounted(MountedRoute route, List<Filter> filters) {}

  Api(
      Router router,
      ReplyWriter writer,
      long bodyBytesMax,
      List<Filter> filters,
      List<Mounted> mounted) {
    this.router = router;
    this.writer = writer;
    this.bodyBytesMax = bodyBytesMax;
    this.filters = filters;
    this.mounted = mounted;
  }

  /// The same routes, behind one more filter, which stands inside those that are there already.
  public Api behind(Filter filter) {
    List<Filter> more = new ArrayList<>(filters);
    more.add(filter);
    return new Api(router, writer, bodyBytesMax, List.copyOf(more), mounted);
  }

  /// The same routes, taking bodies of at most `bytesMax`, but as a stream.
  public Api bodyUpTo(long bytesMax) {
    return new Api(router, writer, bytesMax, filters, mounted);
  }

  public void get(String path, Endpoint endpoint) {
    mount(HttpMethod.GET, path, endpoint);
  }

  public void post(String path, Endpoint endpoint) {
    mount(HttpMethod.POST, path, endpoint);
  }

  public void put(String path, Endpoint endpoint) {
    mount(HttpMethod.PUT, path, endpoint);
  }

  public void patch(String path, Endpoint endpoint) {
    mount(HttpMethod.PATCH, path, endpoint);
  }

  public void delete(String path, Endpoint endpoint) {
    mount(HttpMethod.DELETE, path, endpoint);
  }

  /// Any method, such as `HEAD`, or one beyond HTTP's own.
  public void on(String method, String path, Endpoint endpoint) {
    mount(HttpMethod.valueOf(method), path, endpoint);
  }

  /// What no route that was mounted before takes, whatever its method: for protocols whose own
  /// words for that differ from ours. `path` may end in `*`.
  public void otherwise(String path, Endpoint endpoint) {
    MountedRoute route = new MountedRoute("*", path);
    mounted.add(new Mounted(route, filters));
    answer(router.route(path), path, endpoint, writer.meterOf(route));
  }

  private void mount(HttpMethod method, String path, Endpoint endpoint) {
    MountedRoute route = new MountedRoute(method.name(), path);
    mounted.add(new Mounted(route, filters));
    answer(router.route(method, path), path, endpoint, writer.meterOf(route));
  }

  /// Nothing of a body is read before the filters have let the call pass.
  private void answer(Route route, String path, Endpoint endpoint, Optional<RouteMeter> meter) {
    route
        .handler(context -> {
          context.put(BodyStream.KEY, new BodyStream(context.request()));
          context.next();
        })
        .blockingHandler(answering(path, endpoint, meter), false);
  }

  private Handler<RoutingContext> answering(
      String path, Endpoint endpoint, Optional<RouteMeter> meter) {
    Endpoint chain = chain(endpoint);
    return context -> write(context, path, chain, meter);
  }

  private void write(
      RoutingContext context, String path, Endpoint chain, Optional<RouteMeter> meter) {
    long begin = System.nanoTime();
    Call call = new Call(context, path, bodyBytesMax);
    writer.write(context, chain, call);
    long nanos = System.nanoTime() - begin;
    int status = context.response().getStatusCode();
    meter.ifPresent(found -> found.answered(call.method(), status, nanos));
  }

  private Endpoint chain(Endpoint endpoint) {
    Endpoint chain = endpoint;
    for (Filter filter : filters.reversed()) {
      Endpoint next = chain;
      chain = call -> filter.answer(call, next);
    }
    return chain;
  }

  /// Mounted last: what no route took is 404, and what failed before a route (a path that cannot be
  /// decoded) is answered like any fault.
  void mountRest() {
    Endpoint nothing =
        _ -> {
          throw new Fault.NotFound();
        };
    Optional<RouteMeter> meter = writer.meterOf(NO_ROUTE);
    router.route().blockingHandler(answering("", nothing, meter), false);
    router
        .route()
        .failureHandler(context -> {
          Endpoint failed =
              _ -> {
                throw fault(context);
              };
          write(context, "", chain(failed), meter);
        });
  }

  private static Exception fault(RoutingContext context) {
    return switch (context.statusCode()) {
      case 400 -> new Fault.BadRequest("The request cannot be read.");
      case 404, 405 -> new Fault.NotFound();
      default ->
          context.failure() instanceof Exception e
              ? e
              : new IllegalStateException("failed with status " + context.statusCode());
    };
  }
}
