package io.terrarium.outboundproxy;

import io.terrarium.kernel.net.Subnet;
import io.terrarium.kernel.settings.Env;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What labs may reach although it is not public: ranges of addresses, hosts by their names, and
/// single ports of either.
record AllowList(List<Subnet> ranges, Set<String> hosts, Map<Integer, AllowList> ports) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+):(?<port>[1-9]\\d{0,4})");
  private static final int PORT_MAX = 65_535;
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

  AllowList {
    ranges = List.copyOf(ranges);
    hosts = Set.copyOf(hosts);
    ports = Map.copyOf(ports);
  }

  static AllowList from(Env env, String name) {
    List<String> everywhere = new ArrayList<>();
    Map<Integer, List<String>> somewhere = new TreeMap<>();
    for (String part : env.text(name, "").split(",", -1)) {
      Matcher withPort = WITH_PORT.matcher(part.strip());
      if (withPort.matches() && Integer.parseInt(withPort.group("port")) <= PORT_MAX) {
        somewhere
            .computeIfAbsent(Integer.valueOf(withPort.group("port")), _ -> new ArrayList<>())
            .add(withPort.group("host"));
      } else if (!part.isBlank()) {
        everywhere.add(part.strip());
      }
    }
    Map<Integer, AllowList> ports = new TreeMap<>();
    somewhere.forEach((port, entries) -> ports.put(port, of(entries, Map.of(), env, name)));
    return of(everywhere, ports, env, name);
  }

  private static AllowList of(
      List<String> entries, Map<Integer, AllowList> ports, Env env, String name) {
    List<Subnet> ranges = new ArrayList<>();
    Set<String> hosts = new TreeSet<>();
    for (String entry : entries) {
      if (Subnet.parse(entry).isPresent()) {
        ranges.add(Subnet.parse(entry).get());
      } else if (HOST.matcher(entry).matches() && !NUMBERS.matcher(entry).matches()) {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      } else {
        env.problem(
            name
                + " must hold ranges such as 10.0.0.0/8, or hosts, or host:port, and not "
                + entry);
      }
    }
    return new AllowList(ranges, hosts, ports);
  }

  boolean allows(Target target, InetAddress address) {
    AllowList there = ports.get(target.port());
    return hosts.contains(target.host().toLowerCase(Locale.ROOT))
        || ranges.stream().anyMatch(range -> range.contains(address))
        || (there != null && there.allows(target, address));
  }
}
