// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.smtpinflow.smtp.tls.KeySource;
import org.smtpinflow.smtp.tls.ReloadableTls;
import org.smtpinflow.smtp.tls.TlsConfig;
import org.smtpinflow.smtp.tls.TlsConfig.ClientCertificates;
import org.smtpinflow.smtp.tls.TlsConfigurationException;

/** Checks the TLS properties. */
final class TlsSettings {

  /** The properties that give the server a certificate. */
  static final String CERTIFICATE = "tlsCertificateFile and tlsKeyFile, or tlsKeyStoreFile";

  private TlsSettings() {}

  /**
   * Converts the properties to the SMTP server's configuration.
   *
   * @return empty if there is no certificate, and therefore no TLS
   * @throws InvalidPropertyException if a value is not allowed; the message names the property, the
   *     value and what is allowed
   */
  static Optional<TlsConfig> of(TlsProperties properties) throws InvalidPropertyException {
    List<KeySource> keys = keys(properties);
    ClientCertificates clientCertificates = clientCertificates(properties);
    Optional<Path> trustFile = file("tlsTrustFile", properties.getTlsTrustFile());
    if (clientCertificates != ClientCertificates.NONE && trustFile.isEmpty()) {
      throw new InvalidPropertyException(
          "tlsTrustFile: must be set because tlsClientCertificates is "
              + properties.getTlsClientCertificates().strip());
    }
    if (!keys.isEmpty()) {
      return Optional.of(readable(TlsConfig.of(keys, clientCertificates, trustFile), properties));
    }
    if (PropertyValues.flag("tlsRequired", properties.getTlsRequired())) {
      throw new InvalidPropertyException(
          "tlsRequired: true needs a certificate; set " + CERTIFICATE);
    }
    return Optional.empty();
  }

  /**
   * Reads the files once, so that the administrator who sets the properties sees what is wrong with
   * them. Otherwise only the log would report it, at the activation of the first bean.
   */
  private static TlsConfig readable(TlsConfig config, TlsProperties properties)
      throws InvalidPropertyException {
    try {
      ReloadableTls.load(config);
      return config;
    } catch (TlsConfigurationException e) {
      throw new InvalidPropertyException(property(e.file(), properties) + ": " + e.getMessage(), e);
    }
  }

  /** Returns the names of the properties that contain a file. */
  private static String property(Optional<Path> file, TlsProperties properties)
      throws InvalidPropertyException {
    Map<String, List<Path>> named = new TreeMap<>();
    named.put("tlsCertificateFile", files("", properties.getTlsCertificateFile()));
    named.put("tlsKeyFile", files("", properties.getTlsKeyFile()));
    named.put("tlsKeyStoreFile", files("", properties.getTlsKeyStoreFile()));
    named.put("tlsTrustFile", files("", properties.getTlsTrustFile()));
    named.values().removeIf(files -> file.filter(files::contains).isEmpty());
    return named.isEmpty() ? CERTIFICATE : String.join(", ", named.keySet());
  }

  private static List<KeySource> keys(TlsProperties properties) throws InvalidPropertyException {
    List<Path> certificates = files("tlsCertificateFile", properties.getTlsCertificateFile());
    List<Path> keys = files("tlsKeyFile", properties.getTlsKeyFile());
    if (certificates.size() != keys.size()) {
      throw new InvalidPropertyException(
          "tlsKeyFile: names %d files, but tlsCertificateFile names %d; each certificate needs its key"
              .formatted(keys.size(), certificates.size()));
    }
    List<KeySource> sources = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      sources.add(new KeySource.PemFiles(certificates.get(i), keys.get(i)));
    }
    file("tlsKeyStoreFile", properties.getTlsKeyStoreFile())
        .map(file -> new KeySource.KeyStoreFile(file, properties.getTlsKeyStorePassword()))
        .ifPresent(sources::add);
    return sources;
  }

  private static ClientCertificates clientCertificates(TlsProperties properties)
      throws InvalidPropertyException {
    String value = properties.getTlsClientCertificates().strip();
    return Arrays.stream(ClientCertificates.values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidPropertyException(
                    "tlsClientCertificates: '" + value + "' is not none, optional or required"));
  }

  private static List<Path> files(String property, String value) throws InvalidPropertyException {
    List<Path> files = new ArrayList<>();
    if (!value.isBlank()) {
      for (String name : value.split(",", -1)) {
        files.add(
            file(property, name)
                .orElseThrow(
                    () ->
                        new InvalidPropertyException(
                            property + ": '" + value + "' has a comma with no file beside it")));
      }
    }
    return files;
  }

  /** Returns the file that a property names; empty if the property is not set. */
  static Optional<Path> file(String property, String value) throws InvalidPropertyException {
    String name = value.strip();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(name);
      if (Files.isReadable(file) && !Files.isDirectory(file)) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // Reported below.
    }
    throw new InvalidPropertyException(
        property
            + ": '"
            + name
            + "' is not a file that the application server may read; give the path of a file that"
            + " its user may read");
  }
}
