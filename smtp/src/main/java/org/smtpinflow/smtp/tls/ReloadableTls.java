// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The TLS context in use. It is replaced when the files that it was made from change. Existing
 * sessions keep the context that they started with.
 */
public final class ReloadableTls {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final TlsConfig config;
  private final Set<Path> files = new LinkedHashSet<>();
  private volatile TlsContext current;

  /** The digest of the files that the context in use was made from. */
  private String loaded;

  /** The digest of the files when they were last found unusable. */
  private String refused = "";

  private String warnedOf = "";
  private long reloads;
  private long failedReloads;

  private ReloadableTls(TlsConfig config) {
    this.config = config;
    config.keys().forEach(source -> files.addAll(source.files()));
    config.trustFile().ifPresent(files::add);
  }

  /**
   * Reads the files. Blocks.
   *
   * @throws TlsConfigurationException if they cannot be used
   */
  public static ReloadableTls load(TlsConfig config) throws TlsConfigurationException {
    ReloadableTls tls = new ReloadableTls(config);
    FileContents contents = FileContents.read(tls.files);
    tls.use(TlsContext.of(config, contents), contents);
    return tls;
  }

  /** Returns the context for sessions that begin now. Does not block. */
  public TlsContext current() {
    return current;
  }

  /** Returns the configuration. */
  public TlsConfig config() {
    return config;
  }

  /**
   * Checks whether the files have been replaced and, if so, uses the new ones. If the new files are
   * unusable, the context stays in use and one warning is logged for each replacement. The warning
   * is logged only when the same files are seen a second time, because a certificate and its key
   * are not replaced at the same instant. Blocks on the disk.
   */
  public synchronized void check() {
    FileContents contents = FileContents.read(files);
    String digest = contents.digest();
    if (digest.equals(loaded)) {
      refused = "";
      warnedOf = "";
      return;
    }
    if (digest.equals(warnedOf)) {
      return;
    }
    try {
      use(TlsContext.of(config, contents), contents);
      reloads++;
      LOG.log(
          Level.INFO,
          "certificates were replaced; new TLS sessions use {0}, which expires on {1}",
          describe(current.certificates().get(0)),
          current.certificates().get(0).getNotAfter().toInstant());
    } catch (TlsConfigurationException e) {
      if (digest.equals(refused)) {
        failedReloads++;
        warnedOf = digest;
        LOG.log(
            Level.WARNING,
            "replaced certificates cannot be used; the previous ones stay in use: {0}",
            e.getMessage());
      }
      refused = digest;
    }
  }

  private synchronized void use(TlsContext context, FileContents contents) {
    loaded = contents.digest();
    refused = "";
    warnedOf = "";
    current = context;
    Instant now = Instant.now();
    for (X509Certificate certificate : context.certificates()) {
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        warn(certificate, "expired on", certificate.getNotAfter().toInstant());
      } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
        warn(certificate, "is not valid before", certificate.getNotBefore().toInstant());
      }
    }
  }

  private static void warn(X509Certificate certificate, String what, Instant when) {
    LOG.log(
        Level.WARNING,
        "the certificate of {0} {1} {2}; it is used, but clients that verify it will disconnect",
        describe(certificate),
        what,
        when);
  }

  private static String describe(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /** Returns the statistics of replaced files. */
  public synchronized Statistics statistics() {
    return new Statistics(reloads, failedReloads, Optional.of(current.expires()));
  }

  /**
   * The statistics of replaced files.
   *
   * @param reloads replacements that were taken into use
   * @param failedReloads replacements that were unusable
   * @param certificateExpires when the first certificate in use expires; empty without TLS
   */
  public record Statistics(long reloads, long failedReloads, Optional<Instant> certificateExpires) {

    /** The statistics of a server without TLS. */
    public static final Statistics NONE = new Statistics(0, 0, Optional.empty());
  }
}
