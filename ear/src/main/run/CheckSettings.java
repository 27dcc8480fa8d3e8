// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the settings of {@code mvn -Prun verify} before anything is built: the ports are free, and
 * there is a driver for the database. Prints one line for each setting that has to be changed, and
 * nothing if there is none.
 *
 * <p>Each argument is {@code property=use=port} or {@code run.database=URL}.
 */
public class CheckSettings {

  private static final int MAX_PORT = 65_535;
  private static final int STEP = 100;
  private static final List<String> DATABASES = List.of("jdbc:h2:", "jdbc:postgresql:");

  private final List<String> problems = new ArrayList<>();
  private final Map<Integer, String> uses = new HashMap<>();

  public static void main(String[] settings) {
    CheckSettings check = new CheckSettings();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      if (parts[0].equals("run.database")) {
        check.database(parts[1]);
      } else {
        String[] port = parts[1].split("=", 2);
        check.port(parts[0], port[0], port[1]);
      }
    }
    if (!check.problems.isEmpty()) {
      System.out.println("The help desk cannot run with these settings:");
      check.problems.forEach(System.out::println);
    }
  }

  private void database(String url) {
    if (!url.isEmpty() && DATABASES.stream().noneMatch(url::startsWith)) {
      problems.add(
          "-Drun.database="
              + url
              + ": the database must be H2 or PostgreSQL, e.g."
              + " -Drun.database=jdbc:postgresql://localhost/helpdesk");
    }
  }

  private void port(String property, String use, String value) {
    int port = number(value);
    if (port < 1 || port > MAX_PORT) {
      problems.add(
          "-D"
              + property
              + "="
              + value
              + ": the port ("
              + use
              + ") must be a number from 1 to "
              + MAX_PORT);
      return;
    }
    String other = uses.putIfAbsent(port, use);
    String problem = other == null ? problem(port) : "is also the one for " + other;
    if (!problem.isEmpty()) {
      problems.add(
          "port "
              + port
              + " ("
              + use
              + ") "
              + problem
              + ": choose another one, e.g. -D"
              + property
              + "="
              + free(port));
    }
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Returns why a port cannot be opened; empty if it can. */
  private static String problem(int port) {
    try {
      // Where the mail server listens, and where the application server does. Some systems let one
      // program have a
      // port at all addresses and another one have it at a single address.
      open(new InetSocketAddress(port));
      open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return "";
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      return reason.contains("in use") ? "is in use" : "cannot be opened (" + reason + ")";
    }
  }

  private static void open(InetSocketAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
    }
  }

  /** Finds a port to propose. */
  private int free(int taken) {
    for (int port = taken + STEP; port <= MAX_PORT; port += STEP) {
      if (port > 1024 && problem(port).isEmpty() && uses.putIfAbsent(port, "a proposal") == null) {
        return port;
      }
    }
    return taken - STEP;
  }
}
