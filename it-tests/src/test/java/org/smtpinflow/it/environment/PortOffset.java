// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What is added to each well-known port of an application server, of the adapter and of a database,
 * so that none of them is in use.
 *
 * <p>Each JVM that runs tests has ports of its own. The ports that result are below those that a
 * system gives to outgoing connections: such a connection would otherwise take the adapter's port
 * now and then, while no application is there.
 */
public final class PortOffset {

  public static final int SMTP = 2525;
  public static final int OTHER_SMTP = 2526;
  public static final int SUBMISSION = 2587;
  public static final int SUBMISSIONS = 2465;
  public static final int LMTP = 2024;
  public static final int MAIL = 2527;
  public static final int HTTP = 8080;
  public static final int DATABASE = 9092;
  public static final int MANAGEMENT = 9990;

  private static final int[] PORTS = {
    SMTP,
    OTHER_SMTP,
    SUBMISSION,
    SUBMISSIONS,
    LMTP,
    MAIL,
    3528,
    3529,
    4712,
    4713,
    HTTP,
    8443,
    DATABASE,
    MANAGEMENT,
    9993
  };

  private static final int LOWEST = IntStream.of(PORTS).min().getAsInt();
  private static final int HIGHEST = IntStream.of(PORTS).max().getAsInt();

  /** How many ports each of the JVMs has that run tests. */
  private static final int PORTS_OF_JVM = 12_000;

  /** The build counts the JVMs from 1. */
  private static final int FIRST = 8_000 + PORTS_OF_JVM * (Integer.getInteger("it.jvm", 1) - 1);

  private static final int END = FIRST + PORTS_OF_JVM;
  private static final int ATTEMPTS = 1000;
  private static final int RANGE = 100;

  /** The ports that were found: no server has opened some of them yet. */
  private static final Set<Integer> FOUND = new HashSet<>();

  private PortOffset() {}

  /** Finds one that leads to free ports only. */
  public static int find() {
    return find(
        FIRST - LOWEST, END - HIGHEST, 1, offset -> IntStream.of(PORTS).map(port -> port + offset));
  }

  /** Finds the first of a hundred free ports, for a server that wants to have them in a row. */
  public static int findRange() {
    return find(FIRST, END, RANGE, first -> IntStream.range(first, first + RANGE));
  }

  /** Finds one free port. */
  public static int findOne() {
    return find(FIRST, END, 1, IntStream::of);
  }

  private static synchronized int find(
      int least, int end, int step, IntFunction<IntStream> portsOf) {
    int found =
        new Random()
            .ints(ATTEMPTS, least / step, end / step)
            .map(candidate -> candidate * step)
            .filter(candidate -> portsOf.apply(candidate).allMatch(PortOffset::isFree))
            .findFirst()
            .orElseThrow(PortOffset::noneFree);
    portsOf.apply(found).forEach(FOUND::add);
    return found;
  }

  private static IllegalStateException noneFree() {
    return new IllegalStateException("this machine has no free ports");
  }

  private static boolean isFree(int port) {
    if (FOUND.contains(port)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
