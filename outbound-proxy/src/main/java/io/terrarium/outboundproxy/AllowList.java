package io.terrarium.outboundproxy;

import io.terrarium.kernel.net.Subnet;
import io.terrarium.kernel.settings.Env;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What labs may reach although it is not public: ranges of addresses, and hosts by their names.
record AllowList(List<Subnet> ranges, Set<String> hosts) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

  AllowList {
    ranges = List.copyOf(ranges);
    hosts = Set.copyOf(hosts);
  }

  static AllowList from(Env env, String name) {
    List<Subnet> ranges = new ArrayList<>();
    Set<String> hosts = new TreeSet<>();
    for (String part : env.text(name, "").split(",", -1)) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        continue;
      }
      if (Subnet.parse(entry).isPresent()) {
        ranges.add(Subnet.parse(entry).get());
      } else if (HOST.matcher(entry).matches() && !NUMBERS.matcher(entry).matches()) {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      } else {
        env.problem(name + " must hold ranges such as 10.0.0.0/8, or hosts, and not " + entry);
      }
    }
    return new AllowList(ranges, hosts);
  }

  boolean allows(String host, InetAddress address) {
    return hosts.contains(host.toLowerCase(Locale.ROOT))
        || ranges.stream().anyMatch(range -> range.contains(address));
  }
}
