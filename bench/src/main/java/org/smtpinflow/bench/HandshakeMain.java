// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.server.ListenerConfig;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.server.ServerThreads;
import org.smtpinflow.smtp.server.SmtpServer;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.TlsConfig;

/**
 * Measures the processor time that the server's threads take for a session that does a full TLS 1.3
 * handshake, reads the greeting and closes, against {@link BareTlsServer} in the same run. The two
 * servers are measured alternately, so that changes on the machine affect both.
 */
public final class HandshakeMain {

  private static final int ROUNDS = 9;
  private static final int SESSIONS = 100;

  private HandshakeMain() {}

  /**
   * Measures once for each certificate.
   *
   * @param args pairs of PEM files: a certificate and its key
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 0 || args.length % 2 != 0) {
      System.err.println("usage: HandshakeMain CERTIFICATE_FILE KEY_FILE ...");
      System.exit(2);
    }
    for (int i = 0; i < args.length; i += 2) {
      measure(args[i], args[i + 1]);
    }
  }

  private static void measure(String certificate, String key) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "ours"));
    TlsConfig tls =
        TlsConfig.of(List.of(new KeySource.PemFiles(Path.of(certificate), Path.of(key))));
    SmtpServer ours = SmtpServer.start(config(tls), new SinkMain.Sink(), ServerThreads.of(threads));
    List<Double> oursMicros = new ArrayList<>();
    List<Double> bareMicros = new ArrayList<>();
    try (BareTlsServer bare = new BareTlsServer(new File(certificate), new File(key))) {
      for (int round = 0; round < ROUNDS; round++) {
        double one = round(ours.addresses().get(0));
        double other = round(bare.address());
        // The first rounds warm up.
        if (round >= ROUNDS / 3) {
          oursMicros.add(one);
          bareMicros.add(other);
        }
      }
    } finally {
      ours.stop(Duration.ofSeconds(5));
      threads.shutdown();
    }
    double median = median(oursMicros);
    double bareMedian = median(bareMicros);
    System.out.printf(
        Locale.ROOT,
        "%s: ours %.0f us (%.0f to %.0f), bare Netty %.0f us (%.0f to %.0f), ratio %.2f%n",
        certificate,
        median,
        Collections.min(oursMicros),
        Collections.max(oursMicros),
        bareMedian,
        Collections.min(bareMicros),
        Collections.max(bareMicros),
        median / bareMedian);
  }

  private static ServerConfig config(TlsConfig tls) {
    return new ServerConfig(
        List.of(
            new ListenerConfig(
                "sink",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SessionConfig.defaults("sink.example.com")
                    .with(Service.SMTP, TlsPolicy.IMPLICIT, Authentication.none()))),
        1,
        1000,
        1000,
        new ServerConfig.ContentConfig(
            256 << 10, Path.of(System.getProperty("java.io.tmpdir")), 1L << 30),
        Optional.of(tls),
        ServerConfig.Throttle.defaults());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Returns the processor time of a session in microseconds, without that of its client. */
  private static double round(InetSocketAddress server)
      throws IOException, GeneralSecurityException {
    long before = serverNanos();
    for (int i = 0; i < SESSIONS; i++) {
      session(server);
    }
    return (serverNanos() - before) / 1000.0 / SESSIONS;
  }

  /** Returns the processor time of all Java threads except this one, which is the client's. */
  private static long serverNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null
          && (info.getThreadName().startsWith("ours")
              || info.getThreadName().startsWith("multiThreadIoEventLoopGroup"))) {
        sum += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
      }
    }
    return sum;
  }

  private static void session(InetSocketAddress server)
      throws IOException, GeneralSecurityException {
    // A new context has no session to resume.
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    try (Socket socket = new Socket(server.getAddress(), server.getPort());
        SSLSocket tls =
            (SSLSocket) context.getSocketFactory().createSocket(socket, "sink", 0, true)) {
      tls.setEnabledProtocols(new String[] {"TLSv1.3"});
      if (tls.getInputStream().read() != '2') {
        throw new IOException("no greeting");
      }
    }
  }

  /** Trusts every certificate, because only the server is measured here. */
  private static final class TrustAll implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
