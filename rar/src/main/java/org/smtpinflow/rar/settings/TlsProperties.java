// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import java.util.Objects;

/**
 * The adapter's TLS properties (RFC 3207, RFC 8314). {@link TlsSettings} checks them; see {@link
 * AdapterProperties}.
 */
public abstract class TlsProperties {

  private String tlsCertificateFile = "";
  private String tlsKeyFile = "";
  private String tlsKeyStoreFile = "";
  private String tlsKeyStorePassword = "";
  private String tlsRequired = "false";
  private String tlsClientCertificates = "none";
  private String tlsTrustFile = "";

  TlsProperties() {}

  /** Returns the PEM files with the certificate chains. */
  public String getTlsCertificateFile() {
    return tlsCertificateFile;
  }

  /**
   * Sets the PEM files with the certificate chains, such as fullchain.pem, separated by commas: one
   * file for each name or key type of the server.
   */
  public void setTlsCertificateFile(String tlsCertificateFile) {
    this.tlsCertificateFile =
        Objects.requireNonNullElse(tlsCertificateFile, this.tlsCertificateFile);
  }

  /** Returns the PEM files with the private keys. */
  public String getTlsKeyFile() {
    return tlsKeyFile;
  }

  /** Sets the PEM files with the private keys of tlsCertificateFile, in the same order. */
  public void setTlsKeyFile(String tlsKeyFile) {
    this.tlsKeyFile = Objects.requireNonNullElse(tlsKeyFile, this.tlsKeyFile);
  }

  /** Returns the key store with certificates and keys. */
  public String getTlsKeyStoreFile() {
    return tlsKeyStoreFile;
  }

  /**
   * Sets the PKCS#12 or JKS key store with certificates and keys, instead of PEM files or with
   * them.
   */
  public void setTlsKeyStoreFile(String tlsKeyStoreFile) {
    this.tlsKeyStoreFile = Objects.requireNonNullElse(tlsKeyStoreFile, this.tlsKeyStoreFile);
  }

  /** Returns the password of tlsKeyStoreFile. */
  public String getTlsKeyStorePassword() {
    return tlsKeyStorePassword;
  }

  /** Sets the password of tlsKeyStoreFile and of the keys in it. */
  public void setTlsKeyStorePassword(String tlsKeyStorePassword) {
    this.tlsKeyStorePassword =
        Objects.requireNonNullElse(tlsKeyStorePassword, this.tlsKeyStorePassword);
  }

  /** Returns whether the smtp listener takes mail only through TLS. */
  public String getTlsRequired() {
    return tlsRequired;
  }

  /**
   * Sets whether the smtp listener takes mail only after STARTTLS. On the public Internet some
   * senders still do not use TLS.
   */
  public void setTlsRequired(String tlsRequired) {
    this.tlsRequired = Objects.requireNonNullElse(tlsRequired, this.tlsRequired);
  }

  /** Returns whether clients are asked for a certificate. */
  public String getTlsClientCertificates() {
    return tlsClientCertificates;
  }

  /**
   * Sets whether clients are asked for a certificate: none, optional or required. The EXTERNAL
   * mechanism needs optional or required.
   */
  public void setTlsClientCertificates(String tlsClientCertificates) {
    this.tlsClientCertificates =
        Objects.requireNonNullElse(tlsClientCertificates, this.tlsClientCertificates);
  }

  /** Returns the file with the trusted issuers of client certificates. */
  public String getTlsTrustFile() {
    return tlsTrustFile;
  }

  /**
   * Sets the PEM file or key store with the certificates of the trusted issuers of client
   * certificates.
   */
  public void setTlsTrustFile(String tlsTrustFile) {
    this.tlsTrustFile = Objects.requireNonNullElse(tlsTrustFile, this.tlsTrustFile);
  }
}
