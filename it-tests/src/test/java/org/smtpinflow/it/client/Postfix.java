// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/** A Postfix of our own, which relays all that it is given to the adapter, and retries at once. */
public final class Postfix implements AutoCloseable {

  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = %1$s/queue
      data_directory = %1$s/data
      maillog_file = %1$s/log
      maillog_file_prefixes = %1$s
      myhostname = relay.example
      mydestination =
      local_recipient_maps =
      alias_maps =
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      mynetworks = 127.0.0.0/8
      smtpd_relay_restrictions = permit_mynetworks, reject
      relayhost = [127.0.0.1]:%2$d
      disable_dns_lookups = yes
      smtp_host_lookup = native
      minimal_backoff_time = 1s
      maximal_backoff_time = 1s
      queue_run_delay = 1s
      # Do not pause after failed connections: they are part of the tests.
      default_destination_concurrency_failed_cohort_limit = 0
      # Log the sessions.
      debug_peer_list = 127.0.0.1
      debug_peer_level = 2
      """;

  /**
   * The log daemon keeps running. If it were restarted, the master, which must start it, could be
   * waiting for it to accept a line.
   */
  private static final String SERVICES =
      """
      127.0.0.1:%d inet n - n - - smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 1 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      proxymap unix - - n - - proxymap
      smtp unix - - n - - smtp
      relay unix - - n - - smtp
      lmtp unix - - n - - lmtp
      error unix - - n - - error
      retry unix - - n - - error
      anvil unix - - n - 1 anvil
      scache unix - - n - 1 scache
      tlsmgr unix - - n 1000? 1 tlsmgr
      postlog unix-dgram n - n - 1 postlogd -o max_use=1000000 -o max_idle=24h
      """;

  private static final String PLUG_INS = "*/sasl2/libscram.so";

  private final Path directory;
  private final int port;

  /** Starts it; skips the test where that cannot be. */
  public Postfix() throws IOException {
    this("");
  }

  /**
   * Starts it; skips the test where that cannot be.
   *
   * @param settings lines for main.cf, which override those that are there
   */
  public Postfix(String settings) throws IOException {
    OsProgram.assumeInstalled("postfix");
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can start Postfix");
    directory = Files.createTempDirectory("smtp-inflow-postfix");
    port = PortOffset.findOne();
    // Postfix runs its programs as separate users.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(directory.resolve("queue"));
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setOwner(
        data,
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    Files.writeString(
        directory.resolve("main.cf"),
        MAIN.formatted(directory, TestEnvironment.SMTP_PORT) + settings);
    Files.writeString(directory.resolve("master.cf"), SERVICES.formatted(port));
    try {
      start();
    } catch (IllegalStateException | AssertionError e) {
      close();
      throw e;
    }
  }

  /**
   * Starts it, and waits for the daemon for the log. Before that reads them, lines of a session
   * could fill its socket, and the master, which has to start it, would wait for room to write its
   * own.
   */
  private void start() {
    OsProgram.Result result = OsProgram.run("postfix", "-c", directory.toString(), "start");
    if (result.exitCode() != 0) {
      throw new IllegalStateException("postfix start: " + result.output());
    }
    Await.until("the log of Postfix", () -> log().contains("daemon started"));
  }

  /** Skips the test where Postfix cannot authenticate: Cyrus SASL is there, but no mechanism. */
  public static void assumeMechanisms() {
    OsProgram.Result found =
        OsProgram.run("find", "/usr/lib", "/usr/lib64", "-maxdepth", "3", "-path", PLUG_INS);
    assumeTrue(found.output().contains("/sasl2/"), "libsasl2-modules is not installed");
  }

  /** Opens a session with it. */
  public SmtpConnection connect() throws IOException {
    return new SmtpConnection(port).greet();
  }

  /** Returns its log. */
  public String log() {
    Path file = directory.resolve("log");
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, however it fares, and waits until none of its processes is left. */
  @Override
  public void close() {
    Await.until(
        "the end of Postfix",
        () -> {
          List<ProcessHandle> left = ProcessHandle.allProcesses().filter(this::isOurs).toList();
          left.forEach(ProcessHandle::destroyForcibly);
          return left.isEmpty();
        });
    OsProgram.run("rm", "-r", directory.toString());
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
          .startsWith(directory);
    } catch (IOException e) {
      // It has ended, or is not a process that one may look at.
      return false;
    }
  }
}
