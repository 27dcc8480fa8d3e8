// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What is added to each well-known port of an application server, of the adapter and of a database,
 * so that none of them is in use.
 *
 * <p>The ports that result are below those that a system gives to outgoing connections: such a
 * connection would otherwise take the adapter's port now and then, while no application is there.
 */
public final class PortOffset {

  public static final int SMTP = 2525;
  static final int OTHER_SMTP = 2526;
  public static final int SUBMISSION = 2587;
  public static final int SUBMISSIONS = 2465;
  public static final int LMTP = 2024;
  public static final int MAIL = 2527;
  public static final int HTTP = 8080;
  static final int DATABASE = 9092;
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

  private static final int LEAST = 10_000;
  private static final int MOST = 22_000;
  private static final int ATTEMPTS = 1000;
  private static final int RANGE = 100;

  private PortOffset() {}

  /** Finds one that leads to free ports only. */
  public static int find() {
    return new Random()
        .ints(ATTEMPTS, LEAST, MOST)
        .filter(offset -> IntStream.of(PORTS).allMatch(port -> isFree(port + offset)))
        .findFirst()
        .orElseThrow(PortOffset::noneFree);
  }

  /** Finds the first of a hundred free ports, for a server that wants to have them in a row. */
  public static int findRange() {
    return new Random()
        .ints(ATTEMPTS, LEAST, MOST)
        .map(port -> port / RANGE * RANGE)
        .filter(first -> IntStream.range(first, first + RANGE).allMatch(PortOffset::isFree))
        .findFirst()
        .orElseThrow(PortOffset::noneFree);
  }

  /** Finds one free port. */
  public static int findOne() {
    return new Random()
        .ints(ATTEMPTS, LEAST, MOST)
        .filter(PortOffset::isFree)
        .findFirst()
        .orElseThrow(PortOffset::noneFree);
  }

  private static IllegalStateException noneFree() {
    return new IllegalStateException("this machine has no free ports");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
