// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates made by the JDK's keytool. */
public final class TestCertificates {

  private TestCertificates() {}

  public static X509Certificate of(String subject, String... options) throws Exception {
    Path store = Files.createTempDirectory("certificates").resolve("store.p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-dname",
                subject,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit"));
    command.addAll(List.of(options));
    if (!command.contains("-keyalg")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(store.resolveSibling("out").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(store.resolveSibling("out")));
    }
    try (InputStream input = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(input, "changeit".toCharArray());
      return (X509Certificate) keys.getCertificate("it");
    }
  }
}
