// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import java.util.Objects;

/**
 * What an administrator decides about the resource adapter, as the JavaBean properties that Jakarta
 * Connectors demands (version 2.1, chapter 5). {@link AdapterSettings} checks them.
 *
 * <p>All are texts, numbers too: a server that converts them itself may not say which property has
 * a value that is none, or take the default without a word. Setting a property to null leaves its
 * default: that is what some servers do with properties that nobody has set.
 */
public abstract class AdapterProperties extends AuthenticationProperties {

  private String bindAddress = "127.0.0.1";
  private String smtpPort = "2525";
  private String submissionPort = "-1";
  private String submissionsPort = "-1";
  private String lmtpPort = "-1";
  private String serverName = "";
  private String maxMessageSize = "52428800";
  private String maxRecipients = "100";
  private String maxTransactionsPerSession = "1000";
  private String maxErrorsPerSession = "20";
  private String maxSessions = "1000";
  private String maxSessionsPerClient = "50";
  private String commandTimeout = "300";
  private String dataTimeout = "180";
  private String acceptBareNewlines = "false";
  private String traceFields = "true";
  private String contentThreshold = "65536";
  private String contentDirectory = "";
  private String contentBudget = "1073741824";
  private String eventLoops = "2";
  private String maxDeliveries = "32";
  private String deliveryWait = "60";
  private String settleTime = "2";
  private String drainTimeout = "30";
  private String startPaused = "false";

  public AdapterProperties() {}

  /** Returns the address to listen on. */
  public String getBindAddress() {
    return bindAddress;
  }

  /** Sets the address to listen on: a name or an IP address of this host; 0.0.0.0 or :: for all. */
  public void setBindAddress(String bindAddress) {
    this.bindAddress = Objects.requireNonNullElse(bindAddress, this.bindAddress);
  }

  /** Returns the port to listen on for SMTP. */
  public String getSmtpPort() {
    return smtpPort;
  }

  /**
   * Sets the port to listen on for SMTP, -1 to 65535; -1 keeps it closed, 0 takes any free port.
   */
  public void setSmtpPort(String smtpPort) {
    this.smtpPort = Objects.requireNonNullElse(smtpPort, this.smtpPort);
  }

  /** Returns the port to listen on for submission. */
  public String getSubmissionPort() {
    return submissionPort;
  }

  /**
   * Sets the port to listen on for submission with STARTTLS (RFC 6409), -1 to 65535; -1 keeps it
   * closed, 587 is the usual one.
   */
  public void setSubmissionPort(String submissionPort) {
    this.submissionPort = Objects.requireNonNullElse(submissionPort, this.submissionPort);
  }

  /** Returns the port to listen on for submission inside TLS. */
  public String getSubmissionsPort() {
    return submissionsPort;
  }

  /**
   * Sets the port to listen on for submission inside TLS (RFC 8314), -1 to 65535; -1 keeps it
   * closed, 465 is the usual one.
   */
  public void setSubmissionsPort(String submissionsPort) {
    this.submissionsPort = Objects.requireNonNullElse(submissionsPort, this.submissionsPort);
  }

  /** Returns the port to listen on for LMTP. */
  public String getLmtpPort() {
    return lmtpPort;
  }

  /**
   * Sets the port to listen on for LMTP (RFC 2033), -1 to 65535; -1 keeps it closed, 24 is the
   * usual one.
   */
  public void setLmtpPort(String lmtpPort) {
    this.lmtpPort = Objects.requireNonNullElse(lmtpPort, this.lmtpPort);
  }

  /** Returns the name that the server calls itself in its greeting and in Received fields. */
  public String getServerName() {
    return serverName;
  }

  /**
   * Sets the name that the server calls itself in its greeting and in Received fields: a domain
   * name or an address literal; the host's own name if empty.
   */
  public void setServerName(String serverName) {
    this.serverName = Objects.requireNonNullElse(serverName, this.serverName);
  }

  /** Returns how many octets of content a message may have. */
  public String getMaxMessageSize() {
    return maxMessageSize;
  }

  /**
   * Sets how many octets of content a message may have, at least 65536 (RFC 5321, section
   * 4.5.3.1.7).
   */
  public void setMaxMessageSize(String maxMessageSize) {
    this.maxMessageSize = Objects.requireNonNullElse(maxMessageSize, this.maxMessageSize);
  }

  /** Returns how many recipients a message may have. */
  public String getMaxRecipients() {
    return maxRecipients;
  }

  /** Sets how many recipients a message may have, 100 to 100000 (RFC 5321, section 4.5.3.1.8). */
  public void setMaxRecipients(String maxRecipients) {
    this.maxRecipients = Objects.requireNonNullElse(maxRecipients, this.maxRecipients);
  }

  /** Returns how many mail transactions a session may have. */
  public String getMaxTransactionsPerSession() {
    return maxTransactionsPerSession;
  }

  /** Sets how many mail transactions a session may have, 1 to 1000000. */
  public void setMaxTransactionsPerSession(String maxTransactionsPerSession) {
    this.maxTransactionsPerSession =
        Objects.requireNonNullElse(maxTransactionsPerSession, this.maxTransactionsPerSession);
  }

  /** Returns after how many refused commands a session is closed. */
  public String getMaxErrorsPerSession() {
    return maxErrorsPerSession;
  }

  /** Sets after how many refused commands a session is closed, 1 to 1000. */
  public void setMaxErrorsPerSession(String maxErrorsPerSession) {
    this.maxErrorsPerSession =
        Objects.requireNonNullElse(maxErrorsPerSession, this.maxErrorsPerSession);
  }

  /** Returns how many sessions there may be at once. */
  public String getMaxSessions() {
    return maxSessions;
  }

  /** Sets how many sessions there may be at once, 1 to 100000. */
  public void setMaxSessions(String maxSessions) {
    this.maxSessions = Objects.requireNonNullElse(maxSessions, this.maxSessions);
  }

  /** Returns how many sessions one client address may have at once. */
  public String getMaxSessionsPerClient() {
    return maxSessionsPerClient;
  }

  /** Sets how many sessions one client address may have at once, 1 to 100000. */
  public void setMaxSessionsPerClient(String maxSessionsPerClient) {
    this.maxSessionsPerClient =
        Objects.requireNonNullElse(maxSessionsPerClient, this.maxSessionsPerClient);
  }

  /** Returns for how many seconds to wait for a command. */
  public String getCommandTimeout() {
    return commandTimeout;
  }

  /** Sets for how many seconds to wait for a command, 1 to 86400 (RFC 5321, section 4.5.3.2.7). */
  public void setCommandTimeout(String commandTimeout) {
    this.commandTimeout = Objects.requireNonNullElse(commandTimeout, this.commandTimeout);
  }

  /** Returns for how many seconds to wait for more of a message's content. */
  public String getDataTimeout() {
    return dataTimeout;
  }

  /**
   * Sets for how many seconds to wait for more of a message's content, 1 to 86400 (RFC 5321,
   * section 4.5.3.2.5).
   */
  public void setDataTimeout(String dataTimeout) {
    this.dataTimeout = Objects.requireNonNullElse(dataTimeout, this.dataTimeout);
  }

  /** Returns whether content may have a CR or LF outside a CRLF. */
  public String getAcceptBareNewlines() {
    return acceptBareNewlines;
  }

  /** Sets whether content may have a CR or LF outside a CRLF; it never ends a message. */
  public void setAcceptBareNewlines(String acceptBareNewlines) {
    this.acceptBareNewlines =
        Objects.requireNonNullElse(acceptBareNewlines, this.acceptBareNewlines);
  }

  /** Returns whether Return-Path and Received fields are put in front of the content. */
  public String getTraceFields() {
    return traceFields;
  }

  /**
   * Sets whether Return-Path and Received fields are put in front of the content (RFC 5321, section
   * 4.4).
   */
  public void setTraceFields(String traceFields) {
    this.traceFields = Objects.requireNonNullElse(traceFields, this.traceFields);
  }

  /** Returns up to how many octets the content of a message stays on the heap. */
  public String getContentThreshold() {
    return contentThreshold;
  }

  /**
   * Sets up to how many octets the content of a message stays on the heap, 0 to 16777216; longer
   * content goes to a file.
   */
  public void setContentThreshold(String contentThreshold) {
    this.contentThreshold = Objects.requireNonNullElse(contentThreshold, this.contentThreshold);
  }

  /** Returns the directory for files with content. */
  public String getContentDirectory() {
    return contentDirectory;
  }

  /** Sets the directory for files with content; the one for temporary files if empty. */
  public void setContentDirectory(String contentDirectory) {
    this.contentDirectory = Objects.requireNonNullElse(contentDirectory, this.contentDirectory);
  }

  /** Returns how many octets all content together may have at once. */
  public String getContentBudget() {
    return contentBudget;
  }

  /**
   * Sets how many octets all content together may have at once, on the heap and on disk; at least
   * maxMessageSize.
   */
  public void setContentBudget(String contentBudget) {
    this.contentBudget = Objects.requireNonNullElse(contentBudget, this.contentBudget);
  }

  /** Returns how many threads carry the sessions. */
  public String getEventLoops() {
    return eventLoops;
  }

  /** Sets how many threads carry the sessions, 1 to 64. */
  public void setEventLoops(String eventLoops) {
    this.eventLoops = Objects.requireNonNullElse(eventLoops, this.eventLoops);
  }

  /** Returns how many messages are delivered to beans at once. */
  public String getMaxDeliveries() {
    return maxDeliveries;
  }

  /** Sets how many messages are delivered to beans at once, 1 to 1000. */
  public void setMaxDeliveries(String maxDeliveries) {
    this.maxDeliveries = Objects.requireNonNullElse(maxDeliveries, this.maxDeliveries);
  }

  /** Returns for how many seconds a message waits for a bean that is busy. */
  public String getDeliveryWait() {
    return deliveryWait;
  }

  /**
   * Sets for how many seconds a message waits for a bean that is busy, 0 to 540; then the sender is
   * told to try again later.
   */
  public void setDeliveryWait(String deliveryWait) {
    this.deliveryWait = Objects.requireNonNullElse(deliveryWait, this.deliveryWait);
  }

  /**
   * Returns for how many seconds recipients wait after a bean has come, for those that follow it.
   */
  public String getSettleTime() {
    return settleTime;
  }

  /**
   * Sets for how many seconds recipients wait after a bean has come, for those that follow it, 0 to
   * 60.
   */
  public void setSettleTime(String settleTime) {
    this.settleTime = Objects.requireNonNullElse(settleTime, this.settleTime);
  }

  /**
   * Returns for how many seconds open mail transactions and deliveries may go on when the last bean
   * goes.
   */
  public String getDrainTimeout() {
    return drainTimeout;
  }

  /**
   * Sets for how many seconds open mail transactions and deliveries may go on when the last bean
   * goes, 0 to 3600.
   */
  public void setDrainTimeout(String drainTimeout) {
    this.drainTimeout = Objects.requireNonNullElse(drainTimeout, this.drainTimeout);
  }

  /** Returns whether clients are told to come again later until the mail server is resumed. */
  public String getStartPaused() {
    return startPaused;
  }

  /**
   * Sets whether clients are told to come again later, from the start on until the administered
   * object is used to resume.
   */
  public void setStartPaused(String startPaused) {
    this.startPaused = Objects.requireNonNullElse(startPaused, this.startPaused);
  }
}
