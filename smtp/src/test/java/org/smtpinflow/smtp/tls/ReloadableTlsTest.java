// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadableTlsTest {

  @TempDir private Path directory;

  private final X509Bundle first = TestCertificates.server(Algorithm.ecp256, "mx.example.com");
  private final X509Bundle second = TestCertificates.server(Algorithm.ecp256, "mx.example.com");

  private static X509Certificate inUse(ReloadableTls tls) {
    return tls.current().certificates().get(0);
  }

  private static ReloadableTls load(KeySource source) throws IOException {
    return ReloadableTls.load(TlsConfig.of(List.of(source)));
  }

  @Test
  void keepsTheContextWhileNothingIsReplaced() throws Exception {
    ReloadableTls tls = load(TestCertificates.write(directory, "mx", first));
    TlsContext context = tls.current();
    TestCertificates.write(directory, "mx", first);
    tls.check();
    assertThat(tls.current()).isSameAs(context);
    assertThat(tls.statistics().reloads()).isZero();
    assertThat(tls.statistics().certificateExpires())
        .contains(first.getCertificate().getNotAfter().toInstant());
  }

  @Test
  void detectsARewriteInPlaceEvenWithTheSameTime() throws Exception {
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", first);
    FileTime time = Files.getLastModifiedTime(files.certificate());
    ReloadableTls tls = load(files);
    TestCertificates.write(directory, "mx", second);
    Files.setLastModifiedTime(files.certificate(), time);
    Files.setLastModifiedTime(files.key(), time);
    tls.check();
    assertThat(inUse(tls)).isEqualTo(second.getCertificate());
    assertThat(tls.statistics().reloads()).isEqualTo(1);
  }

  /** As certbot does it: live/ has links, which a renewal replaces. */
  @Test
  void followsAChangedSymbolicLink() throws Exception {
    Path archive = Files.createDirectory(directory.resolve("archive"));
    Path live = Files.createDirectory(directory.resolve("live"));
    KeySource.PemFiles old = TestCertificates.write(archive, "1", first);
    KeySource.PemFiles renewed = TestCertificates.write(archive, "2", second);
    KeySource.PemFiles links =
        new KeySource.PemFiles(live.resolve("fullchain.pem"), live.resolve("privkey.pem"));
    Files.createSymbolicLink(links.certificate(), old.certificate());
    Files.createSymbolicLink(links.key(), old.key());
    ReloadableTls tls = load(links);
    for (Path link : links.files()) {
      Path target = link.equals(links.key()) ? renewed.key() : renewed.certificate();
      Path next = Files.createSymbolicLink(live.resolve("next"), target);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    tls.check();
    assertThat(inUse(tls)).isEqualTo(second.getCertificate());
  }

  @Test
  void waitsSilentlyForTheOtherHalfOfAReplacement() throws Exception {
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", first);
    ReloadableTls tls = load(files);
    try (LogRecords log = new LogRecords()) {
      Files.writeString(files.certificate(), second.getCertificatePathPEM());
      tls.check();
      assertThat(inUse(tls)).isEqualTo(first.getCertificate());
      Files.writeString(files.key(), second.getPrivateKeyPEM());
      tls.check();
      assertThat(inUse(tls)).isEqualTo(second.getCertificate());
      assertThat(log.with("WARNING")).isEmpty();
      assertThat(log.with("certificates were replaced")).hasSize(1);
    }
    assertThat(tls.statistics().reloads()).isEqualTo(1);
    assertThat(tls.statistics().failedReloads()).isZero();
  }

  @Test
  void warnsOnceOfEachUnusableReplacement() throws Exception {
    KeySource.PemFiles files = TestCertificates.write(directory, "mx", first);
    ReloadableTls tls = load(files);
    TlsContext context = tls.current();
    try (LogRecords log = new LogRecords()) {
      Files.writeString(files.key(), "nonsense");
      checkOften(tls);
      assertThat(log.with("WARNING"))
          .singleElement()
          .asString()
          .contains(files.key().toString(), "has no private key", "stay in use");
      assertThat(tls.statistics().failedReloads()).isEqualTo(1);

      Files.delete(files.key());
      checkOften(tls);
      assertThat(log.with("there is no such file")).hasSize(1);
      assertThat(tls.statistics().failedReloads()).isEqualTo(2);
      assertThat(tls.current()).isSameAs(context);

      TestCertificates.write(directory, "mx", first);
      checkOften(tls);
      assertThat(tls.current()).isSameAs(context);
      Files.delete(files.key());
      checkOften(tls);
      assertThat(log.with("there is no such file")).hasSize(2);

      TestCertificates.write(directory, "mx", second);
      checkOften(tls);
      assertThat(inUse(tls)).isEqualTo(second.getCertificate());
      assertThat(log.with("WARNING")).hasSize(3);
    }
    assertThat(tls.statistics().reloads()).isEqualTo(1);
  }

  private static void checkOften(ReloadableTls tls) {
    for (int i = 0; i < 4; i++) {
      tls.check();
    }
  }
}
