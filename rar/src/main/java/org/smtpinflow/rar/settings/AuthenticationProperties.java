// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import java.util.Objects;

/**
 * The adapter's authentication properties (RFC 4954). {@link AuthenticationSettings} checks them;
 * see {@link AdapterProperties}.
 */
public abstract class AuthenticationProperties extends TlsProperties {

  private String authMechanisms = "PLAIN LOGIN";
  private String passwordSource = "realm";
  private String authOnSmtp = "false";
  private String senderMustMatch = "false";
  private String credentialsFile = "";
  private String oauthIssuer = "";
  private String oauthAudience = "";
  private String oauthJwks = "";
  private String oauthNameClaim = "sub";
  private String oauthGroupsClaim = "groups";
  private String maxAuthFailuresPerSession = "3";
  private String maxAuthFailuresPerClient = "20";

  AuthenticationProperties() {}

  /** Returns the SASL mechanisms that are offered. */
  public String getAuthMechanisms() {
    return authMechanisms;
  }

  /**
   * Sets the SASL mechanisms that are offered inside TLS, separated by spaces or commas: PLAIN,
   * LOGIN, EXTERNAL, SCRAM-SHA-256, SCRAM-SHA-256-PLUS, OAUTHBEARER, XOAUTH2.
   */
  public void setAuthMechanisms(String authMechanisms) {
    this.authMechanisms = Objects.requireNonNullElse(authMechanisms, this.authMechanisms);
  }

  /** Returns what checks the passwords of PLAIN and LOGIN. */
  public String getPasswordSource() {
    return passwordSource;
  }

  /**
   * Sets what checks the passwords of PLAIN and LOGIN: realm, the container's security realm, or
   * credentialsFile.
   */
  public void setPasswordSource(String passwordSource) {
    this.passwordSource = Objects.requireNonNullElse(passwordSource, this.passwordSource);
  }

  /** Returns whether the smtp and lmtp listeners offer AUTH. */
  public String getAuthOnSmtp() {
    return authOnSmtp;
  }

  /**
   * Sets whether the smtp and lmtp listeners offer AUTH as well. The submission listeners always
   * demand it.
   */
  public void setAuthOnSmtp(String authOnSmtp) {
    this.authOnSmtp = Objects.requireNonNullElse(authOnSmtp, this.authOnSmtp);
  }

  /** Returns whether the reverse-path must be the user's own. */
  public String getSenderMustMatch() {
    return senderMustMatch;
  }

  /**
   * Sets whether the reverse-path of submitted mail must be the user's own: the user name as a
   * mailbox, or as a local part at serverName.
   */
  public void setSenderMustMatch(String senderMustMatch) {
    this.senderMustMatch = Objects.requireNonNullElse(senderMustMatch, this.senderMustMatch);
  }

  /** Returns the file with the verifiers for SCRAM. */
  public String getCredentialsFile() {
    return credentialsFile;
  }

  /** Sets the file with the salted verifiers for SCRAM, as the credentials command writes it. */
  public void setCredentialsFile(String credentialsFile) {
    this.credentialsFile = Objects.requireNonNullElse(credentialsFile, this.credentialsFile);
  }

  /** Returns the required issuer of access tokens. */
  public String getOauthIssuer() {
    return oauthIssuer;
  }

  /** Sets the required issuer (iss claim) of access tokens for OAUTHBEARER and XOAUTH2. */
  public void setOauthIssuer(String oauthIssuer) {
    this.oauthIssuer = Objects.requireNonNullElse(oauthIssuer, this.oauthIssuer);
  }

  /** Returns the required audience of access tokens. */
  public String getOauthAudience() {
    return oauthAudience;
  }

  /** Sets the required audience (aud claim) of access tokens. */
  public void setOauthAudience(String oauthAudience) {
    this.oauthAudience = Objects.requireNonNullElse(oauthAudience, this.oauthAudience);
  }

  /** Returns the URL of the keys that sign access tokens. */
  public String getOauthJwks() {
    return oauthJwks;
  }

  /** Sets the https or file URL of the JSON Web Key Set with the keys that sign access tokens. */
  public void setOauthJwks(String oauthJwks) {
    this.oauthJwks = Objects.requireNonNullElse(oauthJwks, this.oauthJwks);
  }

  /** Returns the claim that names the user. */
  public String getOauthNameClaim() {
    return oauthNameClaim;
  }

  /** Sets the claim of access tokens that names the user. */
  public void setOauthNameClaim(String oauthNameClaim) {
    this.oauthNameClaim = Objects.requireNonNullElse(oauthNameClaim, this.oauthNameClaim);
  }

  /** Returns the claim that names the user's groups. */
  public String getOauthGroupsClaim() {
    return oauthGroupsClaim;
  }

  /** Sets the claim of access tokens that names the user's groups. */
  public void setOauthGroupsClaim(String oauthGroupsClaim) {
    this.oauthGroupsClaim = Objects.requireNonNullElse(oauthGroupsClaim, this.oauthGroupsClaim);
  }

  /** Returns how many failed attempts to authenticate a session may have. */
  public String getMaxAuthFailuresPerSession() {
    return maxAuthFailuresPerSession;
  }

  /** Sets how many failed attempts to authenticate a session may have, 1 to 100. */
  public void setMaxAuthFailuresPerSession(String maxAuthFailuresPerSession) {
    this.maxAuthFailuresPerSession =
        Objects.requireNonNullElse(maxAuthFailuresPerSession, this.maxAuthFailuresPerSession);
  }

  /**
   * Returns how many failed attempts to authenticate one client address may have within ten
   * minutes.
   */
  public String getMaxAuthFailuresPerClient() {
    return maxAuthFailuresPerClient;
  }

  /**
   * Sets how many failed attempts to authenticate one client address may have within ten minutes, 1
   * to 100000.
   */
  public void setMaxAuthFailuresPerClient(String maxAuthFailuresPerClient) {
    this.maxAuthFailuresPerClient =
        Objects.requireNonNullElse(maxAuthFailuresPerClient, this.maxAuthFailuresPerClient);
  }
}
