// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * The certificate that the scripts and files of the pages for administrators expect where the hook
 * for certbot on docs/security.md copies it to.
 */
public final class AdministeredCertificate {

  private static final String ON_PAGES = "/etc/smtp-inflow";

  private static final Path DIRECTORY =
      TestEnvironment.DIRECTORY.resolve("administered-certificates");

  /** Where {@link #write} puts it, without its key. */
  public static final Path CHAIN = DIRECTORY.resolve("fullchain.pem");

  private AdministeredCertificate() {}

  /** Makes a new one, and writes it and its key. */
  public static X509Bundle write() throws IOException {
    X509Bundle bundle = TestCertificates.server("mx.example.com");
    Files.createDirectories(DIRECTORY);
    Files.writeString(CHAIN, bundle.getCertificatePathPEM());
    Files.writeString(DIRECTORY.resolve("privkey.pem"), bundle.getPrivateKeyPEM());
    return bundle;
  }

  /** Creates a new one, and writes it and its key into a key store with this password. */
  public static void writeKeyStore(String password) throws IOException {
    Files.createDirectories(DIRECTORY);
    char[] secret = password.toCharArray();
    try (OutputStream file = Files.newOutputStream(DIRECTORY.resolve("keystore.p12"))) {
      TestCertificates.server("mx.example.com").toKeyStore(secret).store(file, secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts the directory where it is into a script or file as it is on the page. */
  public static String putInto(String text) {
    return text.replace(ON_PAGES, DIRECTORY.toString());
  }
}
