// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TestIssuer;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * The files of an administrator who has all kinds of TLS and authentication, and the properties
 * that name them. Each test class has its own.
 */
public final class SecureAdapter {

  /** The name in the certificate of the server. */
  public static final String NAME = "mx.example.com";

  /** The second name that the server has a certificate for. */
  public static final String OTHER_NAME = "mail.example.org";

  private static final String ALL =
      "PLAIN LOGIN EXTERNAL SCRAM-SHA-256 SCRAM-SHA-256-PLUS OAUTHBEARER XOAUTH2";

  private final Path directory;
  private final X509Bundle certificate = TestCertificates.server(NAME);
  private final X509Bundle otherCertificate = TestCertificates.server(OTHER_NAME);
  private final TestIssuer issuer = new TestIssuer("key-1");

  public SecureAdapter(String name) {
    directory = TestEnvironment.DIRECTORY.resolve("secure").resolve(name);
    try {
      Files.createDirectories(directory);
      write("ca.pem", TestCertificates.AUTHORITY.getCertificatePEM());
      write("fullchain.pem", certificate.getCertificatePathPEM());
      write("privkey.pem", certificate.getPrivateKeyPEM());
      write("other-fullchain.pem", otherCertificate.getCertificatePathPEM());
      write("other-privkey.pem", otherCertificate.getPrivateKeyPEM());
      write("jwks.json", issuer.keys());
      write("credentials", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  /** Returns one of the files: fullchain.pem, privkey.pem, ca.pem, credentials and so on. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  public X509Bundle certificate() {
    return certificate;
  }

  public TestIssuer issuer() {
    return issuer;
  }

  /** Returns only the properties for TLS. */
  public Map<String, String> tls() {
    return Map.of(
        "submissionPort", String.valueOf(TestEnvironment.SUBMISSION_PORT),
        "submissionsPort", String.valueOf(TestEnvironment.SUBMISSIONS_PORT),
        "lmtpPort", String.valueOf(TestEnvironment.LMTP_PORT),
        "tlsCertificateFile", file("fullchain.pem") + "," + file("other-fullchain.pem"),
        "tlsKeyFile", file("privkey.pem") + "," + file("other-privkey.pem"));
  }

  /** Returns the properties for TLS and for all mechanisms. */
  public Map<String, String> everything() {
    Map<String, String> properties = new HashMap<>(tls());
    properties.put("tlsClientCertificates", "optional");
    properties.put("tlsTrustFile", file("ca.pem").toString());
    properties.put("authMechanisms", ALL);
    properties.put("credentialsFile", file("credentials").toString());
    properties.put("oauthIssuer", TestIssuer.ISSUER);
    properties.put("oauthAudience", TestIssuer.AUDIENCE);
    properties.put("oauthJwks", file("jwks.json").toUri().toString());
    properties.put("maxAuthFailuresPerClient", "1000");
    return properties;
  }

  /** Returns an adapter with all listeners and mechanisms, but for what the properties say. */
  public ResourceAdapterArchive archive(Map<String, String> others) {
    Map<String, String> properties = everything();
    properties.putAll(others);
    return Archives.adapter(properties);
  }

  /** Returns an adapter with all listeners and mechanisms. */
  public ResourceAdapterArchive archive() {
    return archive(Map.of());
  }

  /** Adds a user to the credentials file, as an administrator does: by the command in the RAR. */
  public void addCredentials(String user, String password, String groups) throws IOException {
    OsProgram.Result result =
        OsProgram.run(
            "sh",
            "-c",
            "printf '%s\\n' \"$1\" | \"$2\" -cp \"$3/*\""
                + " org.smtpinflow.smtp.sasl.credentials.CredentialsCommand \"$4\" \"$5\" \"$6\"",
            "credentials",
            password,
            TestEnvironment.JAVA_HOME.resolve(Path.of("bin", "java")).toString(),
            jars().toString(),
            file("credentials").toString(),
            user,
            groups);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.output());
    }
  }

  /** Unpacks the jars of the RAR. */
  private Path jars() throws IOException {
    Path jars = Files.createDirectories(directory.resolve("jars"));
    Path rar = Archives.DIRECTORY.resolve(Archives.ADAPTER);
    try (ZipFile zip = new ZipFile(rar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> entry.getName().endsWith(".jar")).toList();
      for (ZipEntry entry : entries) {
        try (InputStream jar = zip.getInputStream(entry)) {
          Files.copy(jar, jars.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return jars;
  }
}
